"""Where the programs are that a person's own terminal would find.

A program that the desktop started has the system's short PATH: what a package manager or the
person installed (Homebrew, ``~/.local/bin``, aws-vault, saml2aws) is not in it. So the usual
folders and what the login shell says are put behind it. On Windows the desktop's PATH is whole.
"""

import contextlib
import functools
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Final

_USUAL: Final = (
    "~/.local/bin",
    "~/bin",
    "/opt/homebrew/bin",
    "/usr/local/bin",
    "/opt/local/bin",
    "/home/linuxbrew/.linuxbrew/bin",
    "/snap/bin",
    "/usr/bin",
    "/bin",
    "/usr/sbin",
    "/sbin",
)
_MARK: Final = "--ubiquity-s3-setup--"
_PATIENCE: Final = 5.0
"""Seconds that a login shell may take; one that waits for somebody is given up."""


def wide_path(environment: Mapping[str, str]) -> str:
    """Return PATH with the login shell's and the usual folders behind it. May block for seconds."""
    own = environment.get("PATH", os.defpath)
    if sys.platform == "win32":
        return own
    shell = login_shell_path(environment.get("SHELL", ""))
    # Not pathlib's, which raises where nobody knows a home (a container's user without one).
    usual = map(os.path.expanduser, _USUAL)
    return os.pathsep.join(_once((*own.split(os.pathsep), *shell, *usual)))


def _once(folders: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(folder for folder in folders if folder)


@functools.cache
def login_shell_path(shell: str) -> tuple[str, ...]:
    """Return the folders of PATH in ``shell`` (a path) as a terminal starts it; asked once.

    Empty where there is no such shell, or where it gives no answer within seconds.
    """
    if not os.access(shell, os.X_OK):
        return ()
    # Start-up files may print anything: the answer stands between two marks.
    script = f"echo {_MARK}; /usr/bin/env; echo {_MARK}"
    printed = _output([shell, "-l", "-i", "-c", script])
    lines = printed.partition(f"{_MARK}\n")[2].partition(f"{_MARK}\n")[0].splitlines()
    paths = [line.removeprefix("PATH=") for line in lines if line.startswith("PATH=")]
    return tuple(paths[0].split(os.pathsep)) if paths else ()


def _output(command: list[str]) -> str:
    """Return what ``command`` prints, in a session of its own: a shell may want the terminal."""
    quiet = subprocess.DEVNULL
    try:
        with subprocess.Popen(  # noqa: S603 - the person's own shell
            command, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, start_new_session=True
        ) as process:
            try:
                return process.communicate(timeout=_PATIENCE)[0].decode(errors="replace")
            except subprocess.TimeoutExpired as error:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                # What a start-up file left running holds the output open; the answer is there.
                printed = error.output
                return printed.decode(errors="replace") if isinstance(printed, bytes) else ""
    except OSError:
        return ""
