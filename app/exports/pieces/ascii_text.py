"""Texts of ASCII alone, as scripts need them.

A script comes by mail, by chat and through consoles. Windows PowerShell 5.1 takes one without a
byte order mark for the system's code page, and curly quotes for its own. What can't be seen in an
editor (U+202E turns a line round) must not stand in what somebody is to run with all rights.
"""

import json
from collections.abc import Callable, Mapping

from app.core.documents.policies import Document


def ascii_json(document: Document) -> str:
    """Return ``document`` as people read it: each line begins with a blank or a bracket."""
    return json.dumps(document, indent=2)


def ascii_json_line(document: Mapping[str, object]) -> str:
    r"""Return ``document`` on one line, without a quotation mark of any shell but ``"``.

    In JSON ``\u0027`` is an apostrophe and ``\u0060`` a backtick, wherever they can stand.
    """
    text = json.dumps(document, separators=(",", ":"))
    return text.replace("'", "\\u0027").replace("`", "\\u0060")


def ascii_line(text: str) -> str:
    r"""Return ``text`` on one line of ASCII: what is none of it is escaped, as in ``\u202e``.

    Account, ARN and region are ASCII alone, or wrong: an escaped one is refused by AWS.
    """
    return _replaced(text, lambda char: char.encode("unicode_escape").decode("ascii"))


def _replaced(text: str, instead: Callable[[str], str]) -> str:
    return "".join(char if " " <= char <= "~" else instead(char) for char in text)
