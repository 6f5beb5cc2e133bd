"""Starts the program: ``python -m app`` and the command ``ubiquity-s3-setup``."""

import gc
import os
import sys
from io import TextIOWrapper

CUT_SHORT = 1
"""The exit status where nobody reads the output any more."""


def main() -> int:
    """Run the command line of this process and return its exit status."""
    # Nothing made while modules load is rubbish: looking for some costs a tenth of the start.
    gc.disable()
    from app.commands.cli import run

    gc.enable()
    # A console may lack a character, and a name of a file may be no text: that stops nothing.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = run(sys.argv[1:])
        if sys.stdout is not None:  # as in a program without a console
            sys.stdout.flush()
    except BrokenPipeError:
        # ``… | head``: its reader has left. Python would try once more at its end, and say so.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT_SHORT
    return status


if __name__ == "__main__":
    sys.exit(main())
