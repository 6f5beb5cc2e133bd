"""Starts the program: ``python -m app`` and the command ``ubiquity-s3-setup``."""

import gc
import sys


def main() -> int:
    """Run the command line of this process and return its exit status."""
    # Nothing made while modules load is rubbish: looking for some costs a tenth of the start.
    gc.disable()
    from app.cli import run

    gc.enable()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
