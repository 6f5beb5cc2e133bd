"""How commands read their input and answer: results on standard output, the rest on the other.

What is printed for people is given line by line (``terminal``).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from app.commands.exit_status import WRONG_INPUT
from app.commands.terminal import terminal
from app.core.formats.reading import InputProblem, on_one_line
from app.core.formats.writing import file_text
from app.core.i18n import tr

if TYPE_CHECKING:
    from app.core.formats.draft_json import DraftFile

_LINES_AT_MOST: Final = 6
"""formats.md: one clear message of at most six lines."""


def print_json(document: Mapping[str, object]) -> None:
    """Print exactly one JSON document on standard output, once the command has ended well."""
    print_document(file_text(document))


def print_document(text: str) -> None:
    """Print a file's text, for a tool and not for people, once the command has ended well."""
    terminal().keep(text)


def say(*lines: str) -> None:
    """Print lines of the result on standard output."""
    terminal().say(*lines)


def tell(*lines: str) -> None:
    """Print progress and messages, which are not the result, on standard error."""
    terminal().tell(*lines)


def complain(message: str) -> int:
    """Print one line on standard error and return the exit status for wrong input."""
    tell(on_one_line(message))
    return WRONG_INPUT


def refuse(*lines: str) -> int:
    """Say on standard error why nothing was begun; return the exit status for wrong input."""
    tell(*lines[:_LINES_AT_MOST])
    return WRONG_INPUT


def write_output(path: str, text: str) -> str | None:
    """Write ``text`` into the file at ``path``; return the sentence where that is not possible."""
    from pathlib import Path

    from app.files.writing import write_text

    try:
        write_text(Path(path), text)
    except (OSError, ValueError) as error:
        sentence = tr("{file}: the file can’t be written: {reason}. Choose another place.")
        return sentence.format(file=path, reason=reason_of(error))
    return None


def reason_of(error: OSError | ValueError) -> str:
    """Return the system's own words for what stopped the reading or writing of a file."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def read_draft_at(path: str) -> "DraftFile | InputProblem":
    """Read the draft at ``path``."""
    from app.core.formats.draft_json import read_draft
    from app.files.inputs import read_input

    text = read_input(path)
    return text if isinstance(text, InputProblem) else read_draft(text, path)
