"""The lock that keeps two programs of one computer from changing one account at once."""

import subprocess
import sys
from pathlib import Path

from app.system.account_claim import AccountClaim
from tests.helpers.drafts import ACCOUNT

ROOT = Path(__file__).parents[2]

HOLDER = f"""
import sys
from pathlib import Path
from app.system.account_claim import AccountClaim

assert AccountClaim(Path(sys.argv[1]), "{ACCOUNT}").take() is None
print("held", flush=True)
sys.stdin.read()
"""


def test_only_one_has_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "journals" / f"{ACCOUNT}.lock"
    first, second = AccountClaim(path, ACCOUNT), AccountClaim(path, ACCOUNT)
    assert first.take() is None
    refused = second.take()
    assert refused is not None
    assert ACCOUNT in refused
    second.give_back()  # it has nothing to give
    assert second.take() == refused
    first.give_back()
    assert second.take() is None
    second.give_back()
    assert path.read_bytes() == b""


def test_a_killed_program_has_it_no_more(tmp_path: Path) -> None:
    path = tmp_path / f"{ACCOUNT}.lock"
    with subprocess.Popen(  # noqa: S603 - this program
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        claim = AccountClaim(path, ACCOUNT)
        assert claim.take() is not None
        holder.kill()
        holder.wait()
        assert claim.take() is None
        claim.give_back()


def test_a_folder_that_can_not_be_written_is_for_the_journal_to_tell(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    claim = AccountClaim(tmp_path / "file" / "journals" / "x.lock", ACCOUNT)
    assert claim.take() is None
    claim.give_back()
