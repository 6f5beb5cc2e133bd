"""A pasted error, made comparable: AWS's words survive mail programs, logs and word wrap.

A text may be UbiQuity's message, a line of a log, what the AWS CLI or boto3 printed, S3's XML,
or an event of CloudTrail as JSON.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.core.explain.unwrapping import closed_up, unwrapped
from app.core.frozen import frozen

_LONGEST: Final = 50_000
"""What stands further down in a pasted log is not read."""

_DEEPEST: Final = 20

_STRAIGHT: Final = str.maketrans(
    {**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛‹›′`´", "'"), "\u2011": "-"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
)
_ESCAPED: Final = re.compile(
    r"((?<![A-Za-z])[A-Za-z]:\\(?!\\)[^\s\"'<>|]+)|\\{1,8}(?:u([0-9a-fA-F]{4})|([nrt\"'/]))"
)
"""What JSON and program sources write in place of a character; a path of Windows is none."""

_LINES_IN_JSON: Final = re.compile(r'": ?\\{0,7}"(?=[^"]{0,2000}\\n)')
_TEXTS_IN_A_LIST: Final = re.compile(r'", ?"(?=[^"]{0,2000}"\s{0,20}[],])')
_URL_ESCAPED: Final = re.compile(r"%(?:20|22|27|2[Ff]|3[Aa])")
_CODE: Final = re.compile(r"[A-Za-z][\w.]*")
_OPERATION: Final = re.compile(
    r"calling the (\w+) operation|operation error [\w ]{1,60}: (\w+)|event ?name\W{1,9}(\w+)",
    re.IGNORECASE,
)
_STATUS: Final = re.compile(r"error occurred \((\d{3})\)|status ?code\W{1,3}(\d{3})", re.IGNORECASE)


@frozen
class ErrorText:
    """One error of a pasted text.

    ``text`` has plain quotes and single spaces; ``letters`` is the same in lower case with
    nothing but letters and digits, so that quotes, wraps and case make no difference; ``codes``
    are the words that may be AWS's error codes, as written and in their order. Of an event of
    CloudTrail, ``source`` is the service (``s3.amazonaws.com``) and ``principal`` who called: an
    ARN, or ``anonymous``.
    """

    text: str
    letters: str
    codes: tuple[str, ...]
    operation: str = ""
    status: str = ""
    bucket: str | None = None
    source: str = ""
    principal: str = ""

    def says(self, phrase: str) -> bool:
        """Tell whether ``phrase``, which is letters and digits only, stands in the text."""
        return phrase in self.letters


def errors_in(text: str) -> tuple[ErrorText, ...]:
    """Return the errors of ``text``: the failed events of a CloudTrail log, or the whole text."""
    short = text[:_LONGEST]
    events = tuple(_event(event) for event in _failed_events(_json(short), _DEEPEST))
    return events or (_pasted(short),)


def _pasted(
    text: str,
    operation: str = "",
    bucket: str | None = None,
    source: str = "",
    principal: str = "",
) -> ErrorText:
    plain = _plain(text)
    clean, closed = (" ".join(way(plain).split()) for way in (unwrapped, closed_up))
    return ErrorText(
        text=clean,
        letters=letters_of(clean),
        codes=tuple(dict.fromkeys((*_codes(clean), *_codes(closed)))),
        operation=operation or _first_group(_OPERATION, clean) or _first_group(_OPERATION, closed),
        status=_first_group(_STATUS, clean) or _first_group(_STATUS, closed),
        bucket=bucket,
        source=source,
        principal=principal,
    )


def cleaned(text: str) -> str:
    """Return ``text`` with plain quotes, without frames and escapes, on a single line."""
    return " ".join(unwrapped(_plain(text)).split())


def _plain(text: str) -> str:
    """Return ``text`` with plain quotes, without escapes and HTML entities, its lines kept."""
    from html import unescape

    plain = unescape(unescape(text)).translate(_STRAIGHT)
    plain = _TEXTS_IN_A_LIST.sub("\n", _LINES_IN_JSON.sub(r"\g<0>\n", plain))
    if _URL_ESCAPED.search(plain):
        plain = _URL_ESCAPED.sub(lambda escape: chr(int(escape[0][1:], 16)), plain)
    return _ESCAPED.sub(_unescaped, _ESCAPED.sub(_unescaped, plain))


def _unescaped(escape: re.Match[str]) -> str:
    path, code, letter = escape.groups()
    if path:
        return path
    if code:
        number = int(code, 16)
        return " " if 0xD800 <= number <= 0xDFFF else chr(number).translate(_STRAIGHT)
    return {"n": "\n", "r": "\n", "t": " "}.get(letter, letter)


def letters_of(text: str) -> str:
    """Return the letters and digits of ``text`` in lower case, British spelling as American."""
    letters = "".join(char for char in text.lower() if char.isalnum())
    return letters.replace("authoris", "authoriz")


def _codes(text: str) -> tuple[str, ...]:
    words = (word.rstrip(".") for word in _CODE.findall(text))
    return tuple(dict.fromkeys(part for word in words for part in (word, word.rpartition(".")[2])))


def _first_group(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return next((group for group in match.groups() if group), "") if match else ""


def _json(text: str) -> object:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _failed_events(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    """Yield each failed event of CloudTrail; a lookup has them as JSON inside of JSON."""
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _failed_events(item, depth - 1)
    elif isinstance(value, dict):
        if value.get("errorCode"):
            yield value
            return
        inner = value.get("CloudTrailEvent")
        if isinstance(inner, str):
            yield from _failed_events(_json(inner), depth - 1)
        yield from _failed_events(list(value.values()), depth - 1)


def _event(event: Mapping[str, object]) -> ErrorText:
    parameters = event.get("requestParameters")
    bucket = parameters.get("bucketName") if isinstance(parameters, Mapping) else None
    return _pasted(
        f"{event.get('errorCode')}: {event.get('errorMessage') or ''}",
        operation=str(event.get("eventName") or ""),
        bucket=bucket if isinstance(bucket, str) else None,
        source=str(event.get("eventSource") or ""),
        principal=_caller(event.get("userIdentity")),
    )


def _caller(identity: object) -> str:
    """Return the ARN of an event's caller, or ``anonymous``; an empty text where it has neither.

    Source: CloudTrail User Guide, "CloudTrail userIdentity element".
    """
    if not isinstance(identity, Mapping):
        return ""
    if identity.get("accountId") == "anonymous":
        return "anonymous"
    arn = identity.get("arn")
    return arn if isinstance(arn, str) else ""
