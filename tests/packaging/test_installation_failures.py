from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path("a clone")
OFFLINE = "The components could not be downloaded: there is no connection"
NOT_OURS = "A downloaded file is not the one that this version of the program was tested with"
ENDING = "ERROR: No matching distribution found for six==1.17.0"
NOT_MADE = "A component is not made for this computer: no-such-component."


@pytest.mark.parametrize(
    ("output", "beginning"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full."),
        ("[WinError 112] There is not enough space on the disk", "The disk is full."),
        ("[Errno 30] Read-only file system: 'a'", "a clone can't be written to."),
        ("Error: [Errno 13] Permission denied: 'a'", "a clone can't be written to."),
        (
            f"ProxyError('Cannot connect to proxy.', NewConnectionError('refused'))\n{ENDING}",
            "The network's proxy refuses the download",
        ),
        (
            f"SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))\n{ENDING}",
            "The certificate of the download server is not trusted here",
        ),
        ("ReadTimeoutError: Read timed out.", OFFLINE),
        (f"'NewConnectionError: [Errno 11001] getaddrinfo failed'\n{ENDING}", OFFLINE),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", NOT_OURS),
        ("ERROR: No matching distribution found for no-such-component==1", NOT_MADE),
        ("ERROR: a-1.whl is not a supported wheel on this platform.", "A component is not made"),
        ("No module named ensurepip", "This Python lacks the part"),
        ("one\nERROR: the reason\n[notice] a new release of pip", "Setting up failed: ERROR: the"),
        ("one\nthe last words\n\n", "Setting up failed: the last words"),
        ("", "Setting up failed: no reason was given"),
    ],
)
def test_each_cause_has_its_sentence(
    installation_failures: ModuleType, output: str, beginning: str
) -> None:
    said = installation_failures.explain(output, ROOT, None)
    assert said.startswith(beginning)
    assert "\n" not in said


def test_the_log_is_named_where_there_is_one(installation_failures: ModuleType) -> None:
    said = installation_failures.explain("", ROOT, ROOT / "set-up.log")
    assert said.splitlines()[1] == f"The whole output is in {ROOT / 'set-up.log'}"


def pip(*words: str, **variables: str) -> str:
    """Return what the real pip says to this, whatever this computer's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    environment = {**kept, "PIP_CONFIG_FILE": os.devnull, "NO_PROXY": "*", **variables}
    command = [sys.executable, "-I", "-m", "pip", "install", "--dry-run", "--no-user", *words]
    ended = subprocess.run(  # noqa: S603
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ended.returncode != 0
    return ended.stdout


def test_pip_without_a_connection(installation_failures: ModuleType) -> None:
    # Port 9 (discard) of this computer answers nobody. Without a retry, pip wouldn't say so.
    output = pip("--retries", "1", "no-such-component==1", PIP_INDEX_URL="http://127.0.0.1:9")
    assert installation_failures.explain(output, ROOT, None).startswith(OFFLINE)


def test_pip_without_a_fitting_component(installation_failures: ModuleType) -> None:
    output = pip("--no-index", "no-such-component==1")
    assert installation_failures.explain(output, ROOT, None).startswith(NOT_MADE)


def test_pip_with_a_file_that_was_changed_on_the_way(
    installation_failures: ModuleType, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "changed-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("changed-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: changed\n")
    lock = tmp_path / "lock"
    lock.write_text(f"changed==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    words = ("--no-index", "--find-links", str(tmp_path), "--require-hashes", "-r", str(lock))
    assert installation_failures.explain(pip(*words), ROOT, None).startswith(NOT_OURS)
