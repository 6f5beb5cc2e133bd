"""Taking out of a text what may be a secret, so that the rest of it can be shown.

For what another program says on its standard error: it may print a token, a password or a whole
address with both. Rather too much is taken out than too little.
"""

import re
from typing import Final

from app.core.secret_shapes import GONE, as_kept

_MOST: Final = 400
_NAMED: Final = re.compile(
    r"((?:pass(?:word|wd|phrase|code)?|secret|token|credential|cookie|assertion|authorization|bearer"
    r"|(?:api|access|private)?[_-]?key)[\w-]*[\"']?\s*(?:[:=]|\s)\s*[\"']?)(?:basic |bearer )?"
    r"[^\s\"',;]*[\d+/=][^\s\"',;]*",
    re.IGNORECASE,
)
_QUERY: Final = re.compile(r"([?#])[^\s\"']{4,}")
_USER: Final = re.compile(r"(://)[^\s/@]+@")
_KEY_ID: Final = re.compile(r"\bA[A-Z]{2}A[A-Z0-9]{12,}")
_RUN: Final = re.compile(r"[A-Za-z0-9+/=_%~-]{20,}")
_FOLDERS: Final = re.compile(r"(?:[A-Za-z]:)?(?:/[A-Za-z._-]{1,30}){2,}")


def without_secrets(text: str) -> str:
    """Return ``text`` on one line, without what may be a secret, cut where it gets long."""
    line = " ".join(as_kept(text).split())
    line = _NAMED.sub(rf"\1{GONE}", line)
    line = _QUERY.sub(rf"\1{GONE}", line)
    line = _USER.sub(rf"\1{GONE}@", line)
    line = _KEY_ID.sub(GONE, line)
    line = _RUN.sub(lambda run: run[0] if _is_plain(run[0]) else GONE, line)
    return line if len(line) <= _MOST else line[: _MOST - 1] + GONE


def _is_plain(run: str) -> bool:
    """Tell whether a long run of letters is a word, a name or a path rather than a secret."""
    if _FOLDERS.fullmatch(run):
        return True
    mixed = any(c.isdigit() for c in run) or "+" in run or "=" in run
    parts = re.split(r"[/_%~-]", run)
    shouts = any(re.search(r"[a-z][A-Z].*[a-z][A-Z]", part) for part in parts)
    return not mixed and not shouts and all(len(part) <= 30 for part in parts)
