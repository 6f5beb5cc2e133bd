"""What is wrong at one place of the AWS settings of this computer.

It travels as a value: on a profile in the list, and in a failure. In a snapshot a failure is a code
and a message alone, so the message carries it as a note at its end, from which the diagnosis, and a
replay at UbiQuity's support, reads it again.
"""

import re
from collections.abc import Mapping
from typing import Final

from app.core.frozen import frozen

_NOTE: Final = (
    r" \[(?:(?P<mistake>[a-z][a-z-]*)(?: “(?P<name>[^”]*)”)?, )?"
    r"(?:line (?P<line>[0-9]{1,9}) of )?(?P<file>[^“]*?)(?:; write “(?P<instead>[^”]*)”)?\]\Z"
)

_OLDER_NOTE: Final = r" \(line ([0-9]{1,9})\)\Z"
"""As it stands in snapshots of earlier versions."""


@frozen
class SettingsMistake:
    """One mistake: ``code`` is a key of ``MISTAKE_WORDS``, or empty where only the place is known.

    ``file`` is the path of the file, or the name of a variable of the environment. ``name`` is what
    it is about (a setting, a profile, a session), ``instead`` the line to write there. Neither ever
    holds a secret.
    """

    code: str
    file: str
    line: int | None = None
    name: str = ""
    instead: str = ""

    @property
    def params(self) -> Mapping[str, object]:
        """The values of the finding ``signin.config-broken`` that tell of it."""
        values = {
            "mistake": self.code,
            "file": self.file,
            "line": self.line,
            "name": self.name,
            "instead": self.instead,
        }
        return {name: value for name, value in values.items() if value}

    def noted(self, message: str) -> str:
        """Return ``message`` with this mistake as a note at its end, on one line."""
        if not self.code and not self.line:
            return message
        name = f" “{_inside(self.name)}”" if self.name else ""
        what = f"{self.code}{name}, " if self.code else ""
        line = f"line {self.line} of " if self.line else ""
        instead = f"; write “{_inside(self.instead)}”" if self.instead else ""
        return f"{message} [{what}{line}{_inside(self.file)}{instead}]"


def told_mistake(message: str) -> tuple[str, Mapping[str, object]]:
    """Return ``message`` without its note, and the values of the finding that the note tells."""
    note = re.search(_NOTE, message)
    if note is None:
        older = re.search(_OLDER_NOTE, message)
        return (message[: older.start()], {"line": int(older[1])}) if older else (message, {})
    line = note["line"]
    mistake = SettingsMistake(
        note["mistake"] or "",
        note["file"],
        int(line) if line else None,
        note["name"] or "",
        note["instead"] or "",
    )
    return message[: note.start()], mistake.params


def _inside(text: str) -> str:
    """Return ``text`` as it can stand in a note: on one line, without the marks of its ends."""
    return " ".join(text.replace("“", '"').replace("”", '"').split())
