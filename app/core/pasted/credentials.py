"""Reading AWS credentials out of whatever was pasted.

Source of the forms: AWS's access portal ("Command line or programmatic access": environment
variables for each shell, a profile, single values), ``aws configure export-credentials`` and the
answer of ``aws sts`` (the facts, ``paste_formats.json``). In all of them a name stands
before each value, so the names are looked for and the rest is taken for decoration.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from app.core.conventions import paragraph
from app.core.frozen import frozen, replace
from app.core.i18n import mark, tr
from app.core.pasted.cleaning import StrayCharacter, stray_kind
from app.core.pasted.key_tables import KeyRow, is_of_root, read_table, sections
from app.core.pasted.value_after_name import CredentialPart, value_after
from app.core.secret_shapes import has_secret_shape

MOST_TEXT: Final = 100_000
"""Characters that are looked at: credentials take a few thousand."""

_ID, _SECRET, _TOKEN, _EXPIRY = CredentialPart
_NAMES: Final = re.compile(
    r"(?<![a-z0-9])(?:aws[ _-]?)?(?:"
    r"(?P<id>access[ _-]?key[ _-]?id|access[ _-]?key(?=[\"']?\s*[:=]))"
    r"|(?P<secret>secret[ _-]?access[ _-]?key|secret[ _-]?key(?=[\"']?\s*[:=]))"
    r"|(?P<token>(?:session|security)[ _-]?token)"
    r"|(?P<expiry>(?:x_security_token_expires|(?:credential|session)?[ _-]?expiration))"
    r")(?![a-z0-9_-])",
    re.IGNORECASE,
)
_ACCOUNT: Final = re.compile(
    r"^\s*\[(?:profile )?(\d{12})_|arn:aws[a-z-]*:sts::(\d{12}):(?:assumed-role|federated-user)/",
    re.MULTILINE,
)
_COMMENT: Final = re.compile(
    # A line of a token that was wrapped may begin with // too.
    r"^[ >]*(?:#|;|//(?![A-Za-z0-9+/=]*\x22?;?$)|::|rem ).*$",
    re.IGNORECASE | re.MULTILINE,
)
_ESCAPED: Final = re.compile(r"\\u00([0-9a-fA-F]{2})|\\(/)")
_EPOCH: Final = re.compile(r"(?<![0-9])1[0-9]{9}(?:[0-9]{3})?(?![0-9])")
"""Seconds, or milliseconds as Identity Center counts (GetRoleCredentials)."""
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?"
)
_BARE: Final = {
    _ID: re.compile(r"(?<![A-Za-z0-9+/=_-])A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9+/=_-])"),
    _SECRET: re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])"),
    _TOKEN: re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{98,}={0,2}(?![A-Za-z0-9+/=_-])"),
}
_SHORTEST_SECRET: Final = 16
_KEY_ID: Final = re.compile(r"[A-Z0-9_]{16,128}")
_QUOTES: Final = dict.fromkeys(map(ord, "'“”„‟‘’‚‛«»＂＇"), '"')


@frozen
class PastedCredentials:
    """Credentials as they were pasted; the two secrets are in no ``repr``.

    ``expires_at`` is UTC and there only where the text tells it, as is ``account_id``. ``of_root``
    tells that AWS wrote them down as the keys of an account's root user.
    """

    access_key_id: str
    secret_access_key: str
    session_token: str | None = None
    expires_at: datetime | None = None
    account_id: str | None = None
    of_root: bool = False

    @property
    def is_lasting(self) -> bool:
        """True for a long-lived access key, which works until somebody takes it away."""
        return self.session_token is None

    @property
    def key_hint(self) -> str:
        """The access key id with its middle hidden."""
        return key_hint(self.access_key_id)

    def __repr__(self) -> str:
        return f"PastedCredentials({self.key_hint!r})"


@frozen
class NamedCredentials:
    """One of several credentials in a text, under the user or profile that stands beside it."""

    name: str
    credentials: PastedCredentials


@frozen
class PasteProblem:
    """Why a pasted text is no credentials: a key of the words below, and never the text.

    ``choices`` are the credentials of a text that holds several, to choose one of.
    """

    codes: tuple[str, ...]
    choices: tuple[NamedCredentials, ...] = ()

    @property
    def text(self) -> str:
        """What is wrong and what to do, in the installed language."""
        return paragraph(*(tr(_WORDS[code]) for code in self.codes))


_WORDS: Final[Mapping[str, str]] = {
    "empty": mark("Nothing was pasted yet."),
    "none": mark("There are no AWS credentials in this text. Copy all lines of one option."),
    "no-id": mark("The access key ID is missing."),
    "no-secret": mark("The secret access key is missing."),
    "no-token": mark("The session token is missing."),
    "whole": mark("Copy all lines again, and paste them together."),
    "odd-id": mark("The access key ID is not whole. Copy all lines again."),
    "several": mark("This holds more than one access key. Paste one of them."),
    "choose": mark("This holds the access keys of several users or profiles. Choose one."),
    "password": mark(
        "This is a password for AWS’s web pages, and holds no access key. Create one in AWS: IAM > "
        "Users > the user’s name > Security credentials > Create access key."
    ),
    "smtp": mark(
        "This is a name and password for sending e-mail (SMTP). AWS takes no such password here: "
        "an access key and its secret key are needed."
    ),
    "ended": mark("These credentials have ended. Copy fresh ones from the same place."),
}
_MISSING: Final = ((_ID, "no-id"), (_SECRET, "no-secret"), (_TOKEN, "no-token"))


def key_hint(access_key_id: str) -> str:
    """Return the access key id with its middle hidden: ``ASIA…7890``."""
    return f"{access_key_id[:4]}…{access_key_id[-4:]}" if len(access_key_id) > 8 else "…"


def read_credentials(text: str) -> PastedCredentials | PasteProblem:
    """Return the credentials that ``text`` holds, or what is missing or odd in it.

    Never raises. White space, quotation marks, comments, the order of the lines and what
    stands between them don't matter; a value that was wrapped over lines is put together.
    Lines that are commented out count only where nothing else is there.
    """
    plain = _plain(text[:MOST_TEXT])
    if not plain.strip():
        return PasteProblem(("empty",))
    table = read_table(plain)
    if table is not None and table.rows:
        return _from_rows(table.rows)
    credentials = _from_text(plain)
    if table is not None and isinstance(credentials, PasteProblem):
        return PasteProblem((table.other,)) if table.other else credentials
    return credentials


def _from_rows(rows: Sequence[KeyRow]) -> PastedCredentials | PasteProblem:
    return _one_of([(row.user or key_hint(row.key_id), _of_row(row)) for row in rows])


def _of_row(row: KeyRow) -> PastedCredentials | PasteProblem:
    values = {_ID: [row.key_id], _SECRET: [row.secret], _TOKEN: [row.token]}
    parts = {part: [text for text in texts if text] for part, texts in values.items()}
    credentials = _credentials(parts, "")
    if isinstance(credentials, PasteProblem):
        return credentials
    account_id = row.account_id or None
    return replace(credentials, account_id=account_id, of_root=row.of_root)


def _from_text(plain: str) -> PastedCredentials | PasteProblem:
    values = _by_name(_COMMENT.sub("", plain)) or _by_name(plain) or _by_looks(plain)
    if not values:
        return PasteProblem(("none",))
    credentials = _credentials(values, plain)
    if isinstance(credentials, PastedCredentials):
        return credentials
    if credentials.codes == ("several",):
        named = [(name, _from_text(text)) for name, text in sections(plain)]
        whole = [(name, one) for name, one in named if isinstance(one, PastedCredentials)]
        return _one_of(whole) if whole else credentials
    # The names of a web page stand apart from its values.
    bare = _credentials(_by_looks(plain), plain)
    return bare if isinstance(bare, PastedCredentials) else credentials


def _one_of(
    named: Sequence[tuple[str, PastedCredentials | PasteProblem]],
) -> PastedCredentials | PasteProblem:
    """Return the only credentials among ``named``, or that one of several has to be chosen."""
    whole = [(name, one) for name, one in named if isinstance(one, PastedCredentials)]
    if not whole:
        return named[0][1]
    different = list({one.access_key_id: (name, one) for name, one in reversed(whole)}.values())
    if len(different) == 1:
        return different[0][1]
    return PasteProblem(
        ("choose",), tuple(NamedCredentials(name, one) for name, one in reversed(different))
    )


def holds_credentials(text: str) -> bool:
    """Tell whether ``text`` holds AWS credentials or a part of them, and so must not be kept."""
    credentials = read_credentials(text)
    if isinstance(credentials, PastedCredentials):
        return True
    return not {"none", "empty"}.intersection(credentials.codes) or has_secret_shape(text)


def holds_secret(text: str) -> bool:
    """Tell whether ``text`` holds a secret of AWS's, and so can't be meant for a field.

    Narrower than ``holds_credentials``: a folder may well be called ``session_token``.
    """
    if isinstance(read_credentials(text), PastedCredentials) or has_secret_shape(text):
        return True
    values = _by_name(_plain(text[:MOST_TEXT]))
    named = [*values.get(_SECRET, ()), *values.get(_TOKEN, ())]
    return any(len(value) >= _SHORTEST_SECRET and _is_mixed(value) for value in named)


def _is_mixed(value: str) -> bool:
    return all(any(kind(c) for c in value) for kind in (str.isdigit, str.isupper, str.islower))


def _plain(text: str) -> str:
    """Return ``text`` with one kind of space, line break and quotation mark, none invisible."""
    kinds = {StrayCharacter.INVISIBLE: "", StrayCharacter.LINE_BREAK: "\n"}
    spelled = "".join(
        character if (kind := stray_kind(character)) is None else kinds.get(kind, " ")
        for character in text.replace("\0", "")  # UTF-16 that was read as another encoding
    ).translate(_QUOTES)
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else "/", spelled)


def _by_name(plain: str) -> dict[CredentialPart, list[str]]:
    """Return the different values of each part, by the names before them."""
    values: dict[CredentialPart, list[str]] = {}
    for part, value in _named(plain):
        if value and value not in values.setdefault(part, []):
            values[part].append(value)
    return values if any(values.get(part) for part in (_ID, _SECRET, _TOKEN)) else {}


def _by_looks(plain: str) -> dict[CredentialPart, list[str]]:
    """Return the values that stand there bare, where an access key id is among them."""
    values = {part: list(dict.fromkeys(shape.findall(plain))) for part, shape in _BARE.items()}
    return values if values[_ID] else {}


def _named(plain: str) -> Iterator[tuple[CredentialPart, str]]:
    names = list(_NAMES.finditer(plain))
    ends = [*(name.start() for name in names), len(plain)][1:]
    for name, end in zip(names, ends, strict=True):
        part = CredentialPart(str(name.lastgroup))
        segment = plain[name.end() : end]
        if part == _EXPIRY:
            moment = _MOMENT.search(segment) or _EPOCH.search(segment)
            yield part, moment[0] if moment else ""
        else:
            yield part, value_after(segment, part)


def _credentials(
    values: Mapping[CredentialPart, Sequence[str]], plain: str
) -> PastedCredentials | PasteProblem:
    if any(len(values.get(part, ())) > 1 for part in (_ID, _SECRET, _TOKEN)):
        return PasteProblem(("several",))
    key_id, secret, token = (_first(values, part) for part in (_ID, _SECRET, _TOKEN))
    absent = [code for part, code in _MISSING if not values.get(part) and part != _TOKEN]
    # Keys that STS makes begin with ASIA (IAM User Guide, "IAM identifiers", unique id prefixes).
    if key_id.startswith("ASIA") and not token:
        absent.append("no-token")
    if absent:
        return PasteProblem((*absent, "whole"))
    if not _KEY_ID.fullmatch(key_id):
        return PasteProblem(("odd-id",))
    account = _ACCOUNT.search(plain)
    return PastedCredentials(
        key_id,
        secret,
        token or None,
        _moment(_first(values, _EXPIRY)),
        (account[1] or account[2]) if account else None,
        of_root=is_of_root(plain),
    )


def _first(values: Mapping[CredentialPart, Sequence[str]], part: CredentialPart) -> str:
    return next(iter(values.get(part, ())), "")


def _moment(text: str) -> datetime | None:
    try:
        if text.isdecimal():
            return datetime.fromtimestamp(int(text[:10]), UTC)
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
