"""Signs Windows programs: by ``signtool`` on Windows, by ``osslsigncode`` elsewhere.

``python packaging/windows/sign.py FILE …``. Whose signature it is, the environment says:

=====================================  ==========================================================
``UBIQUITY_SIGN_THUMBPRINT``           signtool: the SHA-1 thumbprint of a certificate in the
                                       person's store, which holds its key or names its token
``UBIQUITY_SIGN_PFX``                  osslsigncode: a file with the certificate and its key
``UBIQUITY_SIGN_PFX_PASSWORD_FILE``    osslsigncode: a file with nothing but its password
``UBIQUITY_SIGN_TIMESTAMP_URL``        the address of an RFC 3161 time stamp, so that the signature
                                       outlives its certificate; ``none`` for a test
=====================================  ==========================================================

No password stands on a command line, where other programs could read it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT)]

from bundle import names  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMESTAMP = "UBIQUITY_SIGN_TIMESTAMP_URL"
THUMBPRINT = "UBIQUITY_SIGN_THUMBPRINT"
PFX = "UBIQUITY_SIGN_PFX"
PASSWORD_FILE = "UBIQUITY_SIGN_PFX_PASSWORD_FILE"  # noqa: S105 - a name
UNSIGNED = "Nothing was signed: {reason}"


class CannotSignError(Exception):
    """Why nothing was signed, as a sentence for whoever builds."""


def main(arguments: list[str]) -> int:
    """Sign each file; return the exit status."""
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    try:
        for name in arguments:
            sign(Path(name), os.environ, windows=os.name == "nt")
            print(f"signed: {name}")
    except CannotSignError as problem:
        print(UNSIGNED.format(reason=problem), file=sys.stderr)
        return 1
    return 0


def sign(file: Path, environment: Mapping[str, str], *, windows: bool) -> None:
    """Sign ``file`` in place. Raises CannotSignError; the file is then as it was."""
    if not file.is_file():
        raise CannotSignError(f"there is no file {file}.")
    stamp = required(environment, TIMESTAMP, "the address of a time stamp (or none)")
    if windows:
        command = signtool(file, environment, stamp)
        run(command)
        return
    signed = file.with_name(f"{file.name}.signed")
    signed.unlink(missing_ok=True)  # osslsigncode writes over nothing
    try:
        run(osslsigncode(file, signed, environment, stamp))
        shutil.copymode(file, signed)
        signed.replace(file)
    finally:
        signed.unlink(missing_ok=True)


def signtool(file: Path, environment: Mapping[str, str], stamp: str) -> list[str]:
    """Return the command that signs on Windows. Raises CannotSignError."""
    thumbprint = required(environment, THUMBPRINT, "the thumbprint of the certificate")
    stamped = [] if stamp == "none" else ["/tr", stamp, "/td", "SHA256"]
    chosen = ["/sha1", thumbprint, "/fd", "SHA256", "/d", names.WINDOW_PROGRAM]
    return [program("signtool"), "sign", "/q", *chosen, *stamped, str(file)]


def osslsigncode(file: Path, signed: Path, environment: Mapping[str, str], stamp: str) -> list[str]:
    """Return the command that signs elsewhere, from ``file`` to ``signed``.

    Raises CannotSignError.
    """
    pfx = required(environment, PFX, "the file with the certificate and its key")
    password = required(environment, PASSWORD_FILE, "the file with the certificate's password")
    stamped = [] if stamp == "none" else ["-ts", stamp]
    chosen = ["-pkcs12", pfx, "-readpass", password, "-h", "sha256", "-n", names.WINDOW_PROGRAM]
    places = ["-in", str(file), "-out", str(signed)]
    return [program("osslsigncode"), "sign", *chosen, *stamped, *places]


def required(environment: Mapping[str, str], name: str, what: str) -> str:
    """Return a setting. Raises CannotSignError where it is missing or empty."""
    setting = environment.get(name, "")
    if not setting:
        raise CannotSignError(f"{name} is not set. Set it to {what}, and run it again.")
    return setting


def program(name: str) -> str:
    """Return where a program is. Raises CannotSignError."""
    found = shutil.which(name)
    if found is None:
        raise CannotSignError(f"the program {name} is not on the path. Install it first.")
    return found


def run(command: list[str]) -> None:
    """Run a command. Raises CannotSignError with the last thing that it said."""
    ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if ended.returncode:
        said = [line for line in (ended.stdout + ended.stderr).splitlines() if line.strip()]
        last = said[-1].strip() if said else "it gave no reason"
        raise CannotSignError(f"{Path(command[0]).stem} failed: {last}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
