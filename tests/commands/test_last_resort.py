"""A fault of the program's own: exit status 3, one message, a report in a file, nothing raw."""

import asyncio
import errno
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

from app.aws.account import CustomerAccount
from app.commands import last_resort
from app.commands.output import print_json, say
from app.commands.to_the_end import to_the_end
from app.core.change import Change
from app.practice.server import PracticeAws
from app.system.own_folders import data_folder
from tests.commands.called import DRAFT, SNAPSHOT, Called, call
from tests.commands.practice_account import draft_for, sign_in, written

ROOT: Final = Path(__file__).parents[2]
CANARY: Final = "Kanarienvogel/4711+AAAA"
CHECK: Final = ("check", "--draft", DRAFT, "--snapshot", SNAPSHOT)

Bytes = pytest.CaptureFixture[bytes]


@pytest.fixture(autouse=True)
def no_run_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_resort, "_RUNS", [])


def _reports() -> list[Path]:
    return sorted((data_folder() / "reports").glob("*.txt"))


def _fault(kind: type[BaseException]) -> Callable[..., NoReturn]:
    def fail(*_arguments: object, **_more: object) -> NoReturn:
        raise kind(CANARY)

    return fail


def _endless(*_arguments: object, **_more: object) -> int:
    return _endless()


def _in_a_task(*_arguments: object, **_more: object) -> int:
    async def main() -> int:
        asyncio.create_task(_fail_beside())  # noqa: RUF006 - nobody looks after it
        await asyncio.sleep(0)
        return 0

    return to_the_end(main())


async def _fail_beside() -> None:
    raise ValueError(CANARY)


def _in_a_thread(*_arguments: object, **_more: object) -> int:
    async def main() -> int:
        thread = threading.Thread(target=_fault(ValueError))
        thread.start()
        thread.join()
        return 0

    return to_the_end(main())


def _cancelled(*_arguments: object, **_more: object) -> int:
    async def main() -> int:
        raise asyncio.CancelledError(CANARY)

    return to_the_end(main())


def _after_the_result(*_arguments: object, **_more: object) -> int:
    print_json({"early": CANARY})
    raise ValueError(CANARY)


def assert_own_fault(called: Called, saved: int = 1) -> None:
    """See one message that says what it means and where the report is, which tells no secret."""
    assert (called.status, called.out) == (3, b"")
    lines = called.err.splitlines()
    assert lines[0] == "This program made a mistake of its own, and stopped."
    assert "Traceback" not in called.err
    assert CANARY not in called.err
    reports = _reports()
    assert len(reports) == saved
    for report in reports:
        assert CANARY not in report.read_text(encoding="utf-8")
    if saved:
        assert len(lines) == 3
        assert str(reports[-1]) in lines[2]
        assert "app/commands" in reports[-1].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "fail",
    [
        _fault(ValueError),
        _fault(MemoryError),
        _fault(SystemExit),
        _fault(BrokenPipeError),  # of a connection, not of the terminal
        _endless,
        _in_a_task,
        _in_a_thread,
        _cancelled,
        _after_the_result,
    ],
)
def test_a_fault_anywhere(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes, fail: Callable[..., int]
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("app.commands.self_check.print_self_check", fail)
        called = call(capsysbinary, "self-check", "--json")
    assert_own_fault(called)
    assert "Nothing was changed in AWS." in called.err
    assert call(capsysbinary, *CHECK, "--json").status == 1  # the program works again


def test_a_part_that_is_missing(monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes) -> None:
    with monkeypatch.context() as broken:
        broken.setitem(sys.modules, "app.commands.explain", None)
        assert_own_fault(call(capsysbinary, "explain", "--text", CANARY))
    assert call(capsysbinary, "explain", "--text", CANARY).status == 0


def test_a_report_that_can_not_be_saved_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    data_folder().parent.mkdir(parents=True)
    data_folder().write_text("a file is in the way", encoding="utf-8")
    monkeypatch.setattr("app.commands.self_check.print_self_check", _fault(ValueError))
    called = call(capsysbinary, "self-check")
    assert_own_fault(called, saved=0)
    assert "The report could not be saved." in called.err
    assert "builtins.ValueError" in called.err.splitlines()
    assert "in fail" in called.err
    data_folder().unlink()
    assert_own_fault(call(capsysbinary, "self-check"))


def test_only_the_latest_reports_are_kept(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    folder = data_folder() / "reports"
    folder.mkdir(parents=True)
    for day in range(10, 25):
        (folder / f"report-202001{day}T000000-1.txt").write_text("old", encoding="utf-8")
    monkeypatch.setattr("app.commands.self_check.print_self_check", _fault(ValueError))
    called = call(capsysbinary, "self-check")
    assert len(_reports()) == 10
    assert str(_reports()[-1]) in called.err


def test_a_fault_in_the_middle_of_a_run(
    aws: PracticeAws, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes, tmp_path: Path
) -> None:
    sign_in(monkeypatch, aws.admin)
    arguments = ("apply", "--draft", written(draft_for(aws), tmp_path), "--yes", "--json")
    make, count = CustomerAccount.apply, 0

    async def apply(self: CustomerAccount, change: Change) -> Any:  # noqa: ANN401
        nonlocal count
        count += 1
        if count == 2:
            raise ValueError(CANARY)
        return await make(self, change)

    with monkeypatch.context() as broken:
        broken.setattr(CustomerAccount, "apply", apply)
        called = call(capsysbinary, *arguments)
    assert (called.status, called.out) == (3, b"")
    assert "Nothing more is changed in AWS account" in called.err
    assert "“ubiquity-s3-setup apply --draft FILE”" in called.err
    assert "Nothing was changed" not in called.err
    assert CANARY not in called.err
    again = call(capsysbinary, *arguments)
    assert (again.status, again.json["state"]) == (0, "finished")


def _noisy(*_arguments: object, **_more: object) -> int:
    """Do what libraries do: log, and print."""
    logging.getLogger("botocore").warning(CANARY)
    print(CANARY)  # noqa: T201 - what is not to be heard
    print(CANARY, file=sys.stderr)  # noqa: T201
    say("the result")
    return 0


def test_what_libraries_say_is_not_heard(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    monkeypatch.setattr("app.commands.self_check.print_self_check", _noisy)
    called = call(capsysbinary, "self-check")
    assert (called.status, called.text, called.err) == (0, "the result\n", "")


# The program as a process


def _process(
    start: str, *arguments: str, stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-c", start, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "always"},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )


_LATE: Final = """
import sys
from app.__main__ import main
class Late:
    def __del__(self):
        raise ValueError("Kanarienvogel/4711+AAAA")
import app.commands.check, warnings
check = app.commands.check.print_check
def warned(*given, **more):
    warnings.warn("Kanarienvogel/4711+AAAA", ResourceWarning)
    return check(*given, **more)
app.commands.check.print_check = warned
sys.kept = Late()
sys.exit(main())
"""


def test_a_warning_and_what_goes_wrong_while_the_process_ends_are_not_heard() -> None:
    done = _process(_LATE, *CHECK, "--json")
    assert (done.returncode, done.stderr) == (1, b"")


_DAMAGED: Final = """
import sys
sys.modules[sys.argv[1]] = None
from app.__main__ import main
del sys.argv[1]
sys.exit(main())
"""


@pytest.mark.parametrize("part", ["app.commands.cli", "app.core.i18n", "app.commands.terminal"])
def test_a_program_that_can_not_even_start(part: str) -> None:
    done = _process(_DAMAGED, part, *CHECK)
    assert (done.returncode, done.stdout) == (3, b"")
    (line,) = done.stderr.decode("utf-8").splitlines()
    assert "is damaged" in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a disk that is full")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_an_output_that_can_not_be_written(more: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = _process(
            "import sys; from app.__main__ import main; sys.exit(main())",
            *CHECK,
            *more,
            stdout=full.fileno(),
        )
    reason = os.strerror(errno.ENOSPC)
    assert done.returncode == 1
    assert done.stderr.decode("utf-8") == f"The output could not be written: {reason}.\n"


def test_without_a_console() -> None:
    start = (
        "import sys; sys.stdout = sys.stderr = None; from app.__main__ import main; "
        "sys.exit(main())"
    )
    for more in ((), ("--json",)):
        done = _process(start, *CHECK, *more)
        assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
