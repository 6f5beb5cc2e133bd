"""The files about newer versions: where is asked, what is answered, and what came of it.

``ubiquity-s3-setup/update-source`` lies in the program's resources: an address and a public key.
``…/signed-update`` is what that address answers: a statement as text, and the signature of its
bytes. ``…/update`` is the statement, ``…/update-look`` what this computer keeps of the last look.
"""

import binascii
from base64 import b64decode, b64encode
from datetime import datetime
from typing import Final, NamedTuple

from app.core.formats.reading import FormatError, InputProblem, JsonObject, read_file
from app.core.formats.writing import file_text, moment_text
from app.core.i18n import tr
from app.core.newer_version import (
    Look,
    LookProblem,
    UpdateSource,
    VersionStatement,
    is_address,
    is_version,
)

SOURCE: Final = "ubiquity-s3-setup/update-source"
SIGNED: Final = "ubiquity-s3-setup/signed-update"
STATEMENT: Final = "ubiquity-s3-setup/update"
LOOK: Final = "ubiquity-s3-setup/update-look"
VERSION: Final = 1

_CONTEXT: Final = b"ubiquity-s3-setup/update\n"
"""Stands before what is signed, so that nothing else that is signed with the key passes for it."""


class Signed(NamedTuple):
    """A statement's text, and the signature of ``signed_bytes`` of it."""

    text: str
    signature: bytes


def signed_bytes(text: str) -> bytes:
    """Return the bytes that are signed for the statement ``text``."""
    return _CONTEXT + text.encode()


def dump_source(source: UpdateSource) -> str:
    """Return the text of the file that says where is asked."""
    key = b64encode(source.public_key).decode()
    top = {"format": SOURCE, "version": VERSION, "address": source.address, "public_key": key}
    return file_text(top)


def read_source(text: str, name: str) -> UpdateSource | InputProblem:
    """Read where is asked; ``name`` is the file's."""
    return read_file(text, name, _source)


def _source(top: JsonObject) -> UpdateSource:
    top.expect_format(SOURCE, VERSION)
    return UpdateSource(_address(top, "address"), _bytes(top, "public_key"))


def dump_signed(signed: Signed) -> str:
    """Return the text that is answered."""
    signature = b64encode(signed.signature).decode()
    top = {"format": SIGNED, "version": VERSION, "statement": signed.text, "signature": signature}
    return file_text(top)


def read_signed(text: str) -> Signed | InputProblem:
    """Read an answer; nothing of what it says has been verified yet."""
    return read_file(text, "update", _signed)


def _signed(top: JsonObject) -> Signed:
    top.expect_format(SIGNED, VERSION)
    statement = top.text("statement")
    try:
        statement.encode()
    except UnicodeEncodeError as error:  # half a character: nobody can have signed it
        raise FormatError(str(error)) from error
    return Signed(statement, _bytes(top, "signature"))


def dump_statement(statement: VersionStatement) -> str:
    """Return the text of a statement, which is to be signed."""
    return file_text({"format": STATEMENT, "version": VERSION, **_statement_fields(statement)})


def read_statement(text: str) -> VersionStatement | InputProblem:
    """Read a statement whose signature was verified."""
    return read_file(text, "update", _top_statement)


def _top_statement(top: JsonObject) -> VersionStatement:
    top.expect_format(STATEMENT, VERSION)
    return _statement(top)


def _statement(top: JsonObject) -> VersionStatement:
    version = top.text("newest")
    if not is_version(version):
        raise FormatError(tr("“{place}” is no version.").format(place=top.at("newest")))
    published, expires = top.moment("published"), top.moment("expires")
    return VersionStatement(version, published, expires, _address(top, "page"))


def _statement_fields(statement: VersionStatement) -> dict[str, object]:
    return {
        "newest": statement.version,
        "published": moment_text(statement.published),
        "expires": moment_text(statement.expires),
        "page": statement.page,
    }


def dump_look(look: Look) -> str:
    """Return the text of the file that keeps the last look."""
    return file_text(
        {
            "format": LOOK,
            "version": VERSION,
            "at": moment_text(look.at),
            "problem": look.problem.value if look.problem else None,
            "statement": _statement_fields(look.statement) if look.statement else None,
        }
    )


def read_look(text: str, name: str) -> Look | InputProblem:
    """Read what is kept of the last look; ``name`` is the file's."""
    return read_file(text, name, _look)


def _look(top: JsonObject) -> Look:
    top.expect_format(LOOK, VERSION)
    at: datetime = top.moment("at")
    problem = top.optional_choice("problem", tuple(LookProblem))
    statement = top.optional_place("statement")
    return Look(
        at,
        LookProblem(problem) if problem else None,
        _statement(statement) if statement else None,
    )


def _address(top: JsonObject, key: str) -> str:
    address = top.text(key)
    if not is_address(address):
        raise FormatError(tr("“{place}” is no HTTPS address.").format(place=top.at(key)))
    return address


def _bytes(top: JsonObject, key: str) -> bytes:
    try:
        return b64decode(top.text(key), validate=True)
    except (binascii.Error, ValueError) as error:
        raise FormatError(tr("“{place}” is no Base64.").format(place=top.at(key))) from error
