"""Steps for whoever carries an export out: headings, numbered steps, and what is to be said."""

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import Final

from app.core.frozen import frozen
from app.core.wording.characters import escaped

_WIDTH: Final = 92


@frozen
class Steps:
    """A part of a text: its heading, what comes first, its numbered steps, what comes after."""

    heading: str
    before: Sequence[str] = ()
    steps: Sequence[str] = ()
    after: Sequence[str] = ()


def steps_text(title: str, parts: Iterable[Steps]) -> str:
    """Return the text of a file. What can't be seen in a value is shown escaped.

    A line that begins with spaces is kept as it is: a command, an ARN, a name of a file.
    """
    blocks = [_underlined(title, "=")]
    for part in parts:
        numbered = [_folded(text, f"{n}. ") for n, text in enumerate(part.steps, start=1)]
        blocks += [
            _underlined(part.heading, "-"),
            *(_folded(text) for text in part.before),
            "\n".join(numbered),
            *(_folded(text) for text in part.after),
        ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _underlined(heading: str, sign: str) -> str:
    line = escaped(heading)
    return f"{line}\n{sign * len(line)}"


def _folded(text: str, number: str = "") -> str:
    lines = []
    indent = " " * len(number)
    for place, line in enumerate(map(escaped, text.split("\n"))):
        first = indent if place else number
        is_kept = line.startswith(" ") or len(line) <= _WIDTH
        lines.append(
            f"{first}{line}"
            if is_kept
            else fill(
                line,
                _WIDTH,
                initial_indent=first,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    return "\n".join(lines)
