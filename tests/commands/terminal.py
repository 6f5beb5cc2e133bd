"""A terminal at which somebody answers the questions of a command."""

import io
import sys

import pytest


class Terminal(io.StringIO):
    """Standard input that counts as a terminal; ``text`` is what is typed, line by line."""

    def isatty(self) -> bool:
        return True


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Let somebody sit at the terminal who gives ``answers``."""
    monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{answer}\n" for answer in answers)))
