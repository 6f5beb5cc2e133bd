"""Starts the program: ``python -m app`` and the command ``ubiquity-s3-setup``."""

import sys

from app.cli import run


def main() -> int:
    """Run the command line of this process and return its exit status."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
