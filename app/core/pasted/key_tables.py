"""Access keys in the tables that AWS lets people download, and in files with several of them.

Sources: IAM User Guide, "Manage access keys for IAM users" and "Create an IAM user"
(``accessKeys.csv``, ``<user>_accessKeys.csv``, ``new_user_credentials.csv``, ``credentials.csv``),
"Create access keys for the root user" (``rootkey.csv``), and "How IAM users sign in to AWS" for the
address that names the account; Excel saves a table with the separator of the country.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.core.frozen import frozen
from app.core.likeness import letters

_SEPARATORS: Final = ",;\t|"
_COLUMNS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("accesskeyid", "accesskey", "awsaccesskeyid", "awsaccesskey"), "id"),
    **dict.fromkeys(
        ("secretaccesskey", "secretkey", "awssecretkey", "awssecretaccesskey"), "secret"
    ),
    **dict.fromkeys(("sessiontoken", "awssessiontoken"), "token"),
    **dict.fromkeys(("username", "user", "iamusername"), "user"),
    **dict.fromkeys(("consoleloginlink", "consolesigninurl", "consolesigninlink", "url"), "link"),
    **dict.fromkeys(("password", "consolepassword", "temporarypassword"), "password"),
    **dict.fromkeys(("smtpusername", "smtppassword"), "smtp"),
}
"""What a column holds, by the letters of its heading."""

_ROOT: Final = ("awsaccesskeyid", "awssecretkey")
"""The headings that AWS gives to the root user's keys alone."""

_ACCOUNT: Final = re.compile(r"//([0-9]{12})\.signin\.")
_SECTION: Final = re.compile(r"^[ \t]*\[(?:profile )?([^\]\n]+)\][ \t]*$", re.MULTILINE)
_ROOT_LINES: Final = re.compile(r"^\s*AWSAccessKeyId\s*=.*\n\s*AWSSecretKey\s*=", re.MULTILINE)


@frozen
class KeyRow:
    """One row of a table, as it stands there; what it lacks is empty.

    ``of_root`` tells that the headings are those of the root user's keys.
    """

    key_id: str = ""
    secret: str = ""
    token: str = ""
    user: str = ""
    account_id: str = ""
    of_root: bool = False

    def __repr__(self) -> str:
        """Return it without the secrets."""
        return f"KeyRow({self.user!r})"


@frozen
class KeyTable:
    """A table with a heading that AWS gives. ``other`` is what it is where it has no key.

    ``password``: for the web pages of AWS; ``smtp``: for sending e-mail.
    """

    rows: tuple[KeyRow, ...] = ()
    other: str = ""


def read_table(plain: str) -> KeyTable | None:
    """Return the table in ``plain`` (a text as ``credentials`` makes it); None where it is none."""
    lines = [line.strip() for line in plain.split("\n")]
    lines = [line for line in lines if line]
    for start, line in enumerate(lines[:-1]):
        for separator in _SEPARATORS:
            kinds = [_COLUMNS.get(letters(cell), "") for cell in _cells(line, separator)]
            if len(kinds) > 1 and _is_heading(kinds):
                heads = [letters(cell) for cell in _cells(line, separator)]
                rows = [_cells(row, separator) for row in lines[start + 1 :]]
                return _table(kinds, [row for row in rows if len(row) > 1], set(heads))
    return None


def sections(plain: str) -> tuple[tuple[str, str], ...]:
    """Return the sections of a settings file in ``plain``: each name, and the text below it."""
    parts = _SECTION.split(plain)
    return tuple(zip(parts[1::2], parts[2::2], strict=True))


def is_of_root(plain: str) -> bool:
    """Tell whether ``plain`` holds the root user's keys as AWS writes them into ``rootkey.csv``."""
    return _ROOT_LINES.search(plain) is not None


def is_root_file(path: str) -> bool:
    """Tell whether a file is called as AWS calls the one with the root user's keys."""
    name = re.split(r"[/\\\\]", path)[-1].lower()
    return re.fullmatch(r"rootkey(?:[ _-]?\(?[0-9]+\)?)?\.csv(?:\.txt)?", name) is not None


def _cells(line: str, separator: str) -> list[str]:
    # One line at a time: a quotation mark that is never closed ends with it.
    return [cell.strip() for row in csv.reader([line], delimiter=separator) for cell in row]


def _is_heading(kinds: Sequence[str]) -> bool:
    named = set(kinds) - {""}
    return {"id", "secret"} <= named or named >= {"user", "password"} or "smtp" in named


def _table(kinds: Sequence[str], rows: Sequence[Sequence[str]], heads: set[str]) -> KeyTable:
    if "smtp" in kinds:
        return KeyTable(other="smtp")
    of_root = heads >= set(_ROOT)
    keys = tuple(row for cells in rows for row in _row(kinds, cells, of_root=of_root))
    return KeyTable(keys, "" if keys else "password" if "password" in kinds else "")


def _row(kinds: Sequence[str], cells: Sequence[str], *, of_root: bool) -> Iterator[KeyRow]:
    values = {kind: cell for kind, cell in zip(kinds, cells, strict=False) if kind}
    if not values.get("id") and not values.get("secret"):
        return
    account = _ACCOUNT.search(values.get("link", ""))
    yield KeyRow(
        values.get("id", ""),
        values.get("secret", ""),
        values.get("token", ""),
        values.get("user", ""),
        account[1] if account else "",
        of_root=of_root,
    )
