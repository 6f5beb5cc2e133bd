"""Signs the statement that tells programs of a newer version; for whoever releases.

    python3 packaging/sign_update.py --new-key ADDRESS OUT
        makes a key pair. The private half goes to OUT/update-key.pem (keep it, and out of git),
        the public one with ADDRESS into resources/update-source.json, which each build has.
    python3 packaging/sign_update.py VERSION PAGE OUT
        writes OUT: what has to lie at ADDRESS. It counts for 400 days from now: sign it anew with
        each release, and at least once a year.

The private key is given by the environment: UBIQUITY_UPDATE_KEY is the PEM text itself, or
UBIQUITY_UPDATE_KEY_FILE a file with it. Needs ``.venv``: run it with ``.venv/bin/python``.
"""

from __future__ import annotations

import os
import sys
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from awscrt.crypto import EC, ECExportFormat  # noqa: E402

from app.aws.console_sign_in.dpop import ProofKey  # noqa: E402
from app.aws.transport.signatures import is_signed  # noqa: E402
from app.core.formats.reading import InputProblem  # noqa: E402
from app.core.formats.update_json import (  # noqa: E402
    Signed,
    dump_signed,
    dump_source,
    dump_statement,
    read_source,
    read_statement,
    signed_bytes,
)
from app.core.newer_version import UpdateSource, VersionStatement, problem_of  # noqa: E402

LASTS = timedelta(days=400)
SOURCE = ROOT / "resources" / "update-source.json"
BEGIN, END = "-----BEGIN EC PRIVATE KEY-----", "-----END EC PRIVATE KEY-----"


class NoStatementError(Exception):
    """Why there is no statement, as one sentence."""


def main(arguments: list[str]) -> int:
    """Make a key pair, or sign a statement; return the exit status."""
    try:
        if arguments[:1] == ["--new-key"] and len(arguments) == 3:
            print(new_key(arguments[1], Path(arguments[2]), SOURCE))
        elif len(arguments) == 3:
            print(sign(arguments[0], arguments[1], Path(arguments[2]), SOURCE, dict(os.environ)))
        else:
            print(__doc__)
            return 2
    except NoStatementError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def new_key(address: str, folder: Path, source: Path) -> str:
    """Make a pair of keys, and return where they are."""
    private = folder / "update-key.pem"
    if private.exists():
        raise NoStatementError(
            f"{private} is there already: a new key makes all builds deaf to it."
        )
    pem = ProofKey().pem
    public = key_in({"UBIQUITY_UPDATE_KEY": pem}).export_key(ECExportFormat.SPKI)
    text = dump_source(UpdateSource(address, public))
    problem = read_source(text, source.name)
    if isinstance(problem, InputProblem):
        raise NoStatementError(problem.text)
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(pem)
    source.write_text(text, encoding="utf-8")
    return f"The private key is {private}; the address and the public key are in {source}."


def sign(version: str, page: str, out: Path, source: Path, environment: dict[str, str]) -> str:
    """Write the signed statement to ``out``, and return what it tells."""
    if not source.exists():
        raise NoStatementError(f"{source} is missing: make a key pair with --new-key first.")
    update_source = read_source(source.read_text(encoding="utf-8"), source.name)
    if isinstance(update_source, InputProblem):
        raise NoStatementError(update_source.text)
    now = datetime.now(UTC).replace(microsecond=0)
    statement = VersionStatement(version, now, now + LASTS, page)
    text = dump_statement(statement)
    problem = read_statement(text)
    if isinstance(problem, InputProblem):
        raise NoStatementError(problem.text)
    if problem_of(statement, update_source, None, now):
        raise NoStatementError(f"{page} is not on the host of {update_source.address}.")
    signature = key_in(environment).sign(sha256(signed_bytes(text)).digest())
    if not is_signed(update_source.public_key, signed_bytes(text), signature):
        raise NoStatementError(f"The private key is not the one that belongs to {source}.")
    out.write_text(dump_signed(Signed(text, signature)), encoding="utf-8")
    return f"{out}: version {version}, until {statement.expires:%Y-%m-%d}."


def key_in(environment: dict[str, str]) -> EC:
    """Return the private key that the environment gives."""
    text, file = environment.get("UBIQUITY_UPDATE_KEY"), environment.get("UBIQUITY_UPDATE_KEY_FILE")
    try:
        text = text or (Path(file).read_text(encoding="ascii") if file else "")
    except OSError as error:
        raise NoStatementError(f"{file} can't be read: {error.strerror}.") from error
    if not text:
        raise NoStatementError(
            "There is no key to sign with: set UBIQUITY_UPDATE_KEY or UBIQUITY_UPDATE_KEY_FILE."
        )
    try:
        return EC.new_key_from_der_data(b64decode(text.replace(BEGIN, "").replace(END, "")))
    except (ValueError, RuntimeError) as error:
        raise NoStatementError("The key to sign with is no EC key in PEM.") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
