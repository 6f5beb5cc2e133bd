"""Starts the program: ``python -m app`` and the command ``ubiquity-s3-setup``."""

import atexit
import gc
import sys

# As in app.commands.exit_status, which may be what is missing.
_OWN_FAULT = 3
_INTERRUPTED = 130


def main() -> int:
    """Run the command line of this process and return its exit status."""
    try:
        # Nothing made while modules load is rubbish: looking for some costs a tenth of the start.
        gc.disable()
        from app.commands.cli import run
        from app.commands.terminal import hear_nothing_more

        gc.enable()
        status = run(sys.argv[1:])
        atexit.register(hear_nothing_more)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - parts of the program itself are missing
        if sys.stderr is not None:
            name = type(error).__name__
            words = f"This program is damaged, and can't start ({name}). Install it anew."
            sys.stderr.write(f"{words}\n")
        return _OWN_FAULT
    return status


if __name__ == "__main__":
    sys.exit(main())
