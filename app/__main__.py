"""Starts the program: ``python -m app`` and the command ``ubiquity-s3-setup``."""

import atexit
import sys

# As in app.commands.exit_status, which may be what is missing.
_OWN_FAULT = 3
_INTERRUPTED = 130


def main() -> int:
    """Run the command line of this process and return its exit status."""
    if getattr(sys, "frozen", False):  # where ``check`` uses several processes, this is one of them
        from multiprocessing import freeze_support

        freeze_support()
    if sys.argv[1:] == ["--count-for-parent"]:  # app.aws.counting.own_program.COUNT
        from app.aws.counting.worker import work

        return work()
    if sys.argv[1:2] == ["--check-for-parent"]:  # app.wiring.installation.in_a_child.CHECK
        from app.commands.part_looks import work as look

        return look(sys.argv[2:])
    try:
        from app.commands.loading import leave_the_rest, loading

        with loading():
            from app.commands.cli import run
            from app.commands.terminal import hear_nothing_more
        status = run(sys.argv[1:])
        atexit.register(hear_nothing_more)
        leave_the_rest()
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
