"""What has the shape of a secret: told in a text, and taken out of one that is kept.

For texts that are AWS's own or a person's, in which names, ARNs and sentences have to stay to the
letter; what another program prints is judged more strictly (``pasted.without_secrets``). Sources:
IAM User Guide, "Secure access keys" (40 characters of base64); AWS STS API Reference,
``Credentials`` (a token of no fixed size); Signature Version 4, "Create a signed request" (a
refusal for a wrong signature repeats the whole canonical request, with its token); RFC 7519 (JWT).
"""

import re
from typing import Final

GONE: Final = "…"
"""What stands in the place of a secret."""

_MOST: Final = 4000
"""Characters that are kept of a message; AWS's longest sentences have a thousand."""

_LOOKED_AT: Final = 100_000
_SHORTEST: Final = 10
"""Characters of a name and a secret; in less there is none, and no pattern need be compiled."""

# As texts, which are compiled where a message is kept or a field is checked, not at each start.
_HEADERS: Final = (
    r"((?:x-amz-(?:security-token|sso_bearer_token|content-sha256-token)|(?:proxy-)?authorization"
    r"|(?:set-)?cookie)[\"']?[ \t]*:[ \t]*)[^\s][^\r\n]*"
)
_NAME: Final = (
    r"(?:x-amz-(?:security-token|signature|credential)|pass(?:word|wd|phrase)"
    r"|secret(?:[_ -]?access)?[_ -]?key|client[_ -]?secret|api[_ -]?key|signature|credential|bearer"
    r"|assertion|samlresponse|(?:session|security|access|refresh|id|sso|auth)[_ -]?token"
    r"|authorization)"
)
_NAMED: Final = rf"({_NAME}(?:[\"'][ \t]*[:=]|[ \t]*=)[ \t]*[\"']?)[^\s\"',;&…]+"
# A sentence may go on after a colon: what stands there is a word, not a value.
_SAID: Final = rf"({_NAME}[ \t]*:[ \t]*)(?=[^\s]*[\d+/=])[^\s\"',;&…]+"
_BEARER: Final = r"(\bbearer[ \t]+)[\w.~+/=-]{16,}"
_USER: Final = r"(://)[^\s/@]+@"
_JWT: Final = r"\beyJ[\w-]{8,}(?:\.[\w-]+){1,4}"
_RUN: Final = r"[A-Za-z0-9+/]{38,}={0,2}"
_URL_SAFE_RUN: Final = r"[A-Za-z0-9+/_%-]{80,}={0,2}"
_CHECKSUMS: Final = ("sha256-", "sha384-", "sha512-")
"""What stands before a checksum in a web page (Subresource Integrity, "hash-expression")."""
_WORD: Final = r"[A-Z]?[a-z]{3,}"
_WINDOW: Final = 40
_STEP: Final = 8


def has_secret_shape(text: str) -> bool:
    """Tell whether a secret key, a session token or a signed token stands in ``text``, bare."""
    looked_at = text[:_LOOKED_AT]
    return re.search(_JWT, looked_at) is not None or any(
        _is_random(run[0], words_at_most)
        for shape, words_at_most in ((_RUN, 0.7), (_URL_SAFE_RUN, 0.35))
        for run in re.finditer(shape, looked_at)
        if not looked_at.endswith(_CHECKSUMS, 0, run.start())
    )


def as_kept(text: str) -> str:
    """Return a message as it may be kept and sent on: without what has the shape of a secret.

    All else stays to the letter, but for the end of what is very long. What it returns stays as
    it is when it is given again.
    """
    if len(text) < _SHORTEST:
        return text
    kept = text[:_LOOKED_AT]
    for pattern in (_HEADERS, _NAMED, _SAID, _BEARER):
        kept = re.sub(pattern, rf"\1{GONE}", kept, flags=re.IGNORECASE)
    kept = re.sub(_USER, rf"\1{GONE}@", kept)
    kept = re.sub(_JWT, GONE, kept)
    kept = re.sub(_RUN, lambda run: _unless_random(run[0], 0.7), kept)
    kept = re.sub(_URL_SAFE_RUN, lambda run: _unless_random(run[0], 0.35), kept)
    return kept if len(kept) <= _MOST else kept[: _MOST - 1] + GONE


def _unless_random(run: str, words_at_most: float) -> str:
    return GONE if _is_random(run, words_at_most) else run


def _is_random(run: str, words_at_most: float) -> bool:
    """Tell a random text from folders and names, which are made of words and numbers.

    It is random where some forty characters in a row have small and capital letters and digits,
    and at most ``words_at_most`` of them are in words. Of random base64 a fifth is.
    """
    starts = range(0, max(len(run) - _WINDOW, 0) + _STEP, _STEP)
    return any(_is_mixed(run[at : at + _WINDOW], words_at_most) for at in starts)


def _is_mixed(part: str, words_at_most: float) -> bool:
    if len(part) < _WINDOW - 2:
        return False
    if not all(any(kind(c) for c in part) for kind in (str.isdigit, str.isupper, str.islower)):
        return False
    in_words = sum(_letters_in_words(piece) for piece in re.split(r"[/_%-]", part))
    return in_words <= words_at_most * len(part)


def _letters_in_words(piece: str) -> int:
    if piece.isdigit() or piece.isupper() or piece.islower():
        return len(piece)
    return sum(map(len, re.findall(_WORD, piece)))
