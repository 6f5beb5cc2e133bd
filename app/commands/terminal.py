"""The terminal: the one edge through which a command's text leaves the program.

A command gives lines, never a text that is joined already. A character that can't be seen in one of
them is shown escaped, its line breaks too: other people's text, which stands in what AWS has, in
files and in arguments, can move no cursor and begin no line. While a command runs, whatever else
writes to the standard streams (a library's warning, a log, a traceback) is not heard, so that
nothing gets out past this edge.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, TextIO

from app.core.wording.characters import escaped, escaped_json


class ReaderLeft(Exception):  # noqa: N818 - ``… | head`` is no fault
    """Nobody reads standard output any more."""


class OutputLost(Exception):  # noqa: N818 - a full disk is no fault of ours
    """Standard output could not be written; the message is the system's reason."""


class Terminal:
    """Standard output for the result, standard error for whatever else is said.

    A stream may be None, as in a program without a console: then nothing is written there.
    """

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self._out = out
        self._err = err
        self._document: str | None = None

    def say(self, *lines: str) -> None:
        """Print lines of the result.

        Raises ``ReaderLeft`` or ``OutputLost`` where they can't be printed.
        """
        if self._out is not None:
            with _told_apart(self._out):
                _write(self._out, "".join(f"{escaped(line)}\n" for line in lines))

    def keep(self, document: str) -> None:
        """Take the one JSON document that is the result; ``deliver`` prints it."""
        self._document = document

    def deliver(self) -> None:
        """Print the document that was kept, if any was; raises as ``say`` does."""
        document, self._document = self._document, None
        if self._out is not None and document is not None:
            with _told_apart(self._out):
                # UTF-8 whatever the console's own encoding, since tools read this.
                self._out.flush()
                self._out.buffer.write(escaped_json(document).encode("utf-8"))
                self._out.buffer.flush()

    def tell(self, *lines: str, end: str = "\n") -> None:
        """Print what is not the result; where nobody reads that, the command goes on."""
        if self._err is None:
            return
        try:
            _write(self._err, "\n".join(map(escaped, lines)) + end)
        except (OSError, ValueError):
            _give_up(self._err)

    @property
    def can_write_over(self) -> bool:
        """Whether what is told shows on a terminal, where a line can be told over the last."""
        with suppress(ValueError):  # it was closed
            return self._err is not None and self._err.isatty()
        return False

    def ask(self, question: str) -> str:
        """Print ``question`` beside the result, and return the line that is answered."""
        self.tell(f"{question} ", end="")
        # input() would write to standard output.
        return sys.stdin.readline().strip()

    def ask_unseen(self, question: str) -> str | None:
        """Print ``question`` on the terminal itself; return the answer, which is not shown there.

        None where the input has ended. Blocks, and may be called in a thread.
        """
        from getpass import getpass
        from locale import getpreferredencoding

        prompt = _for_encoding(f"{escaped(question)} ", getpreferredencoding(False))
        try:
            return getpass(prompt).strip()
        except EOFError:
            return None


class _Unheard(io.TextIOBase):
    """Stands where the standard streams were: what is written to it is not printed."""

    encoding = "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


_ROUTES: Final[list[Terminal]] = []
"""The terminal of the command that runs; empty where none does."""


def terminal() -> Terminal:
    """Return the terminal of the command that runs, or one over this process's streams."""
    return _ROUTES[-1] if _ROUTES else Terminal(sys.stdout, sys.stderr)


@contextmanager
def only_way_out() -> Iterator[Terminal]:
    """Let a terminal be all that writes to the standard streams until the end of the block."""
    out, err = sys.stdout, sys.stderr
    _ROUTES.append(Terminal(out, err))
    sys.stdout, sys.stderr = _Unheard(), _Unheard()
    try:
        yield _ROUTES[-1]
    finally:
        _ROUTES.pop()
        sys.stdout, sys.stderr = out, err


@contextmanager
def _told_apart(stream: TextIO) -> Iterator[None]:
    """Raise what stops the writing to standard output as one of the two things that it can be."""
    try:
        yield
    except BrokenPipeError as error:
        _give_up(stream)
        raise ReaderLeft from error
    except (OSError, ValueError) as error:  # ValueError: it was closed
        _give_up(stream)
        raise OutputLost(getattr(error, "strerror", None) or str(error)) from error


def hear_nothing_more() -> None:
    """Let nothing be printed any more: what a library says while the process ends is no result."""
    sys.stdout, sys.stderr = _Unheard(), _Unheard()


def _write(stream: TextIO, text: str) -> None:
    """Write ``text``, with an escape for each character that the console's encoding lacks."""
    stream.write(_for_encoding(text, stream.encoding or "utf-8"))
    stream.flush()


def _for_encoding(text: str, encoding: str) -> str:
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _give_up(stream: TextIO) -> None:
    """Let Python's end of the process not try ``stream`` once more, and complain."""
    with suppress(OSError, ValueError):  # a stream without a handle, or a closed one
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
