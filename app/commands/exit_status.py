"""The exit statuses of the command line (formats.md); 0 is "as wished"."""

from typing import Final

FAILED: Final = 1
"""A step failed, or AWS is not as wished."""
WRONG_INPUT: Final = 2
"""Standard output stays empty, and standard error has one clear message."""
INTERRUPTED: Final = 130
"""Somebody pressed Ctrl-C."""
OWN_FAULT: Final = 3
"""The program itself failed: one message says so, and where its report is."""
