r"""Pseudonyms in the place of External IDs, in a file that is passed on and has to say the same.

An External ID (the UbiQuity Account ID is one) is written in other letters and digits: each letter
is exchanged for another one, in both its cases alike, each digit for another digit, all else stays.
So what differs in one place still differs there, and what is damaged (spaces, case, ``=``, quotes)
is still a damaged form: the diagnosis of the exchanged files says what that of the files said. The
exchange is drawn anew for each bundle from ``seed``; of 22 letters and digits of base64 there are
more than 2^60 that it could have been. IDs of words that have nothing of the customer's have an
exchange of their own: a word is guessed by its pattern, and would give the other letters away.

The rest of a file is looked through as well: a message or a tag may repeat an ID, whole, cut,
in small letters, wrapped or in the other alphabet of base64. An ID that looks random is found by
any eight of its characters; one that is made of words is found where it stands alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.core.documents.damage import damage_in
from app.core.documents.external_ids import is_own, is_placeholder
from app.core.fields.database_id import check_database_id
from app.core.frozen import frozen
from app.core.guide import PLACEHOLDER_DATABASE_ID
from app.core.problem import Severity

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"
_KEY: Final = "sts:externalid"
_OF_DRAFT: Final = "database_id"

_KEPT: Final = rf"(?i:{PLACEHOLDER_DATABASE_ID})|\$\{{[^}}]*\}}|%[0-9A-Fa-f]{{2}}"
"""In an External ID: the guide's placeholder, a variable of AWS's, a character in percent."""

_SIGN: Final = r"%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\/|&#[0-9]{1,4};|&#[Xx][0-9A-Fa-f]{1,4};|(?s:.)"
"""One character, be it written as an address, JSON or a web page writes it."""

_PIECE: Final = 8
"""Characters by which a random ID is found in other text."""

_ALIKE: Final = 4
"""Characters in a row that an ID has of another one that it may be a mistake for."""

_BASE64_ID: Final = r"[A-Za-z0-9+/_-]{21}[AQgw]"
_RANDOM: Final = r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9+/_=-]{16,}"
_WORD: Final = r"[A-Z]?[a-z]{3,}"
_NOT_BEFORE: Final = r"(?<![\w+@/.-])"
_NOT_AFTER: Final = r"(?![.,:]{0,3}[\w+=@/-])"
"""What joins an ID of words to a longer name; a sentence may end behind it."""

_LEFT_OUT: Final = "masked"
"""Stands in the place of an ID in another writing: an exchange of its signs would tell of it."""

_SHORTEST_OTHERWISE: Final = 16
_OF_ADDRESSES: Final = str.maketrans("+/", "-_")
_DRAWS: Final = 2000
"""Tries for an exchange that makes a Database ID of a Database ID; one in forty does."""

_WORDS_OF_FORMATS: Final = frozenset(
    {
        "format", "version", "state", "as", "outcome", "external_id", "decision", "severity",
        "evidence", "code", "verdict", "kind", "manager", "algorithm", "object_ownership", "who",
        "doc", "what", "action", "actions", "operations", "Effect", "Action", "NotAction",
        "Version", "region", "account", "name", "bucket", "prefix", "s3:prefix", "resource",
    }
)  # fmt: skip
"""Keys whose values are AWS's words or ours, or names, and never an ID that is made of words."""


@frozen
class Pseudonyms:
    """The exchange for one bundle. ``ids`` are the External IDs that are hidden."""

    own: str
    """The UbiQuity Account ID."""
    ids: tuple[str, ...]
    table: Mapping[int, int]
    table_of_others: Mapping[int, int]
    pieces: frozenset[str]
    """Runs of ``_PIECE`` characters of the random ones, or more where these are a word, in the
    form that ``_SMALL`` makes."""
    alone: str
    """A pattern for those that are found where they stand alone; empty without any."""
    otherwise: str
    """A pattern for the random ones in other writings, as a GUID; empty without any."""

    def of(self, external_id: str) -> str:
        """Return what stands in the place of an External ID, be it damaged or a pattern."""
        table = self.table if _is_related(external_id, self.own) else self.table_of_others
        parts, end = [], 0
        for kept in re.finditer(_KEPT, external_id):
            parts += [external_id[end : kept.start()].translate(table), _kept(kept[0], table)]
            end = kept.end()
        return "".join([*parts, external_id[end:].translate(table)])

    def in_text(self, text: str) -> str:
        """Return any text with the pseudonyms in the place of the IDs that it repeats."""
        exchanged = self.in_name(text)
        if not self.alone or text.startswith("arn:"):
            return exchanged
        return re.sub(self.alone, lambda found: self.of(found[0]), exchanged)

    def in_name(self, text: str) -> str:
        """Return a bucket's or a folder's name, in which a word is no ID."""
        if self.otherwise and len(text) >= _SHORTEST_OTHERWISE:
            text = re.sub(self.otherwise, _LEFT_OUT, text)
        if not self.pieces or len(text) < _PIECE or self._holds_none(text):
            return text
        signs = [found[0] for found in re.finditer(_SIGN, text)]
        seen = [(place, char) for place, t in enumerate(signs) if (char := _plain(t)).isprintable()
                and not char.isspace()]  # fmt: skip
        line = "".join(char for _, char in seen).translate(_SMALL)
        hidden = {
            seen[place][0]
            for size in {len(piece) for piece in self.pieces}
            for at in range(len(line) - size + 1)
            if line[at : at + size] in self.pieces
            for place in range(at, at + size)
        }
        if not hidden:
            return text
        return "".join(
            self._exchange(sign) if place in hidden else sign for place, sign in enumerate(signs)
        )

    def _holds_none(self, text: str) -> bool:
        """Tell quickly that a plain text holds no piece of an ID, as nearly all texts do."""
        line = "".join(text.split()).translate(_SMALL)
        is_plain = line.isprintable() and not any(sign in line for sign in ("%", "\\", "&#"))
        return is_plain and not any(piece in line for piece in self.pieces)

    def _exchange(self, sign: str) -> str:
        char = _plain(sign)
        return char.translate(self.table) if char.isalnum() else sign

    def in_json(self, value: object) -> object:
        """Return a JSON value with the pseudonyms in it, in texts and in keys."""
        return self._json(value, "")

    def _json(self, value: object, key: str) -> object:
        if isinstance(value, str):
            return self._string(value, key)
        if isinstance(value, Mapping):
            return {self._name(str(k)): self._json(v, str(k)) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self._json(entry, key) for entry in value]
        return value

    def _name(self, key: str) -> str:
        """Return a key: a tag's may be an ID; ours and AWS's are words."""
        return key if key.isalpha() else self.in_text(key)

    def _string(self, text: str, key: str) -> str:
        if key.lower() == _KEY or key == _OF_DRAFT:
            return self.of(text)
        if key in _WORDS_OF_FORMATS:
            return self.in_name(text)
        return self.of(text) if text in self.ids else self.in_text(text)


def pseudonyms(database_id: str, values: Iterable[object], seed: bytes) -> Pseudonyms:
    """Return the exchange that hides ``database_id`` and each External ID in the JSON ``values``.

    ``seed`` is random and secret; the same one gives the same exchange.
    """
    ids = tuple(
        dict.fromkeys(
            text
            for text in (database_id, *(found for value in values for found in _ids_in(value)))
            if text and not is_placeholder(text)
        )
    )
    random = [text for text in ids if is_random(text)]
    lines = ["".join(char for char in text if not char.isspace()) for text in random]
    pieces = (piece for line in lines for piece in _pieces(line))
    alone = [text for text in ids if text not in random and _can_stand_alone(text, database_id)]
    joined = "|".join(re.escape(text) for text in sorted(alone, key=len, reverse=True))
    pattern = f"{_NOT_BEFORE}(?:{joined}){_NOT_AFTER}" if alone else ""
    return Pseudonyms(
        own=database_id,
        ids=ids,
        table=_table(database_id, seed),
        table_of_others=_table("", seed + b"others"),
        pieces=frozenset(piece.translate(_SMALL) for piece in pieces),
        alone=pattern,
        otherwise="|".join(dict.fromkeys(form for line in lines for form in _other_writings(line))),
    )


_SMALL: Final = str.maketrans(f"{_LETTERS.upper()}-_", f"{_LETTERS}+/")
"""All that is looked for is in small letters, and in one of the two alphabets of base64."""


def _kept(text: str, table: Mapping[int, int]) -> str:
    """Return what has a meaning of its own in an External ID; a letter in percent is exchanged."""
    if not text.startswith("%"):
        return text
    char = chr(int(text[1:], 16))
    return f"%{ord(char.translate(table)):02X}" if char.isalnum() else text


def _is_related(external_id: str, own: str) -> bool:
    """Tell whether an ID has to do with the customer's: it is like it, or a pattern for it.

    One that looks random is another database's, and gives no letters away either. A short one
    could become the customer's by chance if it had another exchange.
    """
    if len(external_id) < _PIECE or is_own(external_id, own) or is_random(external_id):
        return True
    if damage_in(own, external_id):
        return True
    text, line = external_id.lower(), own.lower()
    return any(text[at : at + _ALIKE] in line for at in range(len(text) - _ALIKE + 1))


def _plain(sign: str) -> str:
    """Return the character that stands in a text, however it is escaped there."""
    if len(sign) == 1:
        return sign
    if sign[-1] == "/":
        return "/"
    if sign[-1] == ";":
        digits = sign[2:-1]
        return chr(int(digits[1:], 16) if digits[0] in "Xx" else int(digits))
    return chr(int(sign.lstrip("%\\u"), 16))


def _ids_in(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, str) and (key.lower() == _KEY or key == _OF_DRAFT):
        yield value
    elif isinstance(value, Mapping):
        for inner, entry in value.items():
            yield from _ids_in(entry, str(inner))
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _ids_in(entry, key)


def _pieces(line: str) -> Iterator[str]:
    """Yield the pieces by which an ID is found: none is a word, which a bucket may be named by."""
    for at in range(len(line) - _PIECE + 1):
        start, end = at, at + _PIECE
        while end < len(line) and re.fullmatch(_WORD, line[start:end]):
            end += 1
        while start and re.fullmatch(_WORD, line[start:end]):
            start -= 1
        yield line[start:end]


def _other_writings(line: str) -> Iterator[str]:
    """Yield patterns for what a random ID is in hexadecimal digits, as a GUID, and in base64."""
    from base64 import b64encode, urlsafe_b64decode
    from uuid import UUID

    text = line.encode()
    hexes = [text.hex()]
    if re.fullmatch(_BASE64_ID, line):
        raw = urlsafe_b64decode(f"{line.translate(_OF_ADDRESSES)}==")
        hexes += [raw.hex(), str(UUID(bytes=raw)), str(UUID(bytes_le=raw))]
    yield from (f"(?i:{re.escape(form)})" for form in hexes)
    for before in range(3):  # base64 has four characters for three bytes, wherever these begin
        groups, rest = divmod(before + len(text), 3)
        form = b64encode(b" " * before + text).decode()[4 if before else 0 : 4 * groups]
        first, last = (3 if before else 0), (rest + 1 if rest else 0)
        yield f"[A-Za-z0-9+/]{{{first}}}{re.escape(form)}[A-Za-z0-9+/]{{{last}}}"


def is_random(text: str) -> bool:
    """Tell an ID that nobody made up from one of words, which other text may be made of too."""
    if re.fullmatch(_BASE64_ID, text):
        return True
    in_words = sum(map(len, re.findall(_WORD, text)))
    return re.fullmatch(_RANDOM, text.strip()) is not None and 2 * in_words <= len(text)


def _can_stand_alone(text: str, database_id: str) -> bool:
    """Tell whether a text that holds this ID is about it: a plain word may stand in any sentence.

    The draft's own is looked for all the same.
    """
    return any(map(str.isalnum, text)) and (text == database_id or not text.strip().isalpha())


def _table(database_id: str, seed: bytes) -> Mapping[int, int]:
    """Return the exchange of letters and digits, none of which stays what it is.

    It makes a Database ID of ``database_id``, as good or as odd as that one.
    """
    draws = _numbers(seed)
    codes, shape = _codes(database_id), re.fullmatch(_BASE64_ID, database_id) is not None
    table: Mapping[int, int] = {}
    for _ in range(_DRAWS):
        letters, digits = _exchanged(_LETTERS, draws), _exchanged(_DIGITS, draws)
        table = str.maketrans(
            f"{_LETTERS}{_LETTERS.upper()}{_DIGITS}", f"{letters}{letters.upper()}{digits}"
        )
        name = database_id.translate(table)
        if shape and re.fullmatch(_BASE64_ID, name):
            break
        if not shape and _codes(name) == codes:
            break
    return table


def _codes(database_id: str) -> list[str]:
    problems = check_database_id(database_id).problems
    return [problem.code for problem in problems if problem.severity is not Severity.NOTE]


def _exchanged(chars: str, draws: Iterator[int]) -> str:
    """Return ``chars`` in another order in which none has its own place."""
    while True:
        mixed = _mixed(chars, draws)
        if all(one != other for one, other in zip(chars, mixed, strict=True)):
            return mixed


def _mixed(chars: Sequence[str], draws: Iterator[int]) -> str:
    left, mixed = list(chars), []
    while left:
        mixed.append(left.pop(next(draws) % len(left)))
    return "".join(mixed)


def _numbers(seed: bytes) -> Iterator[int]:
    """Yield numbers without an end, of 32 bits, that only who has the ``seed`` can tell."""
    from hashlib import sha256

    round_ = 0
    while True:
        block = sha256(seed + round_.to_bytes(8, "big")).digest()
        for at in range(0, len(block), 4):
            yield int.from_bytes(block[at : at + 4], "big")
        round_ += 1
