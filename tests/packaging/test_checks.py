from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

SUITES = '<?xml version="1.0"?><testsuites name="pytest tests">'


@pytest.mark.parametrize(
    ("report", "ended_well", "expected"),
    [
        ('<testsuite errors="0" failures="0" skipped="0" tests="7">', True, (7, 0, 0)),
        ('<testsuite errors="1" failures="2" skipped="3" tests="10">', False, (4, 3, 3)),
        # pytest ended badly for another reason than a test: that is a failure too
        ('<testsuite errors="0" failures="0" skipped="0" tests="7">', False, (7, 1, 0)),
        ('<testsuite errors="0" failures="0" skipped="0" tests="0">', False, (0, 1, 0)),
        # it crashed before it could write its report
        ("", False, (0, 1, 0)),
    ],
)
def test_counting(
    checks: ModuleType, report: str, ended_well: bool, expected: tuple[int, int, int]
) -> None:
    assert checks.count(f"{SUITES}{report}", ended_well=ended_well) == expected


def test_a_real_run_is_counted_and_never_on_the_screen(
    checks: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "test_three.py").write_text(
        "import os, pytest\n"
        "def test_one(): assert os.environ['QT_QPA_PLATFORM'] == 'offscreen'\n"
        "def test_two(): assert False\n"
        "@pytest.mark.skip\n"
        "def test_three(): pass\n",
        encoding="utf-8",
    )
    arguments = [str(tmp_path), "-c", str(tmp_path / "pytest.ini"), "-p", "no:cacheprovider"]
    assert checks.run_tests(arguments) == (1, 1, 1)


def test_what_is_compiled_once_is_kept(checks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment says: hundreds of processes would each compile the program anew."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environments: list[dict[str, str]] = []

    def succeeds(_command: list[str], environment: dict[str, str]) -> bool:
        environments.append(environment)
        return True

    monkeypatch.setattr(checks, "succeeds", succeeds)
    checks.run_tests([])
    assert ["PYTHONDONTWRITEBYTECODE" in each for each in environments] == [False]


@pytest.mark.parametrize(
    ("statuses", "tests", "said", "last", "expected"),
    [
        ((0, 0), (5, 0, 0), ["passed", "passed", "passed"], "7 passed, 0 failed", 0),
        ((1, 0), (5, 0, 2), ["FAILED", "passed", "passed"], "6 passed, 1 failed, 2 skipped", 1),
        ((0, 0), (4, 1, 0), ["passed", "passed", "FAILED"], "6 passed, 1 failed", 1),
        ((2, 2), (0, 1, 0), ["FAILED", "FAILED", "FAILED"], "0 passed, 3 failed", 1),
    ],
)
def test_all_run_and_all_are_summed_up(
    checks: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    statuses: tuple[int, ...],
    tests: tuple[int, int, int],
    said: list[str],
    last: str,
    expected: int,
) -> None:
    commands = [(sys.executable, "-c", f"raise SystemExit({status})") for status in statuses]
    listed = tuple(checks.Check(f"check {at}", command) for at, command in enumerate(commands))
    asked: list[list[str]] = []

    def run_tests(arguments: list[str]) -> object:
        asked.append(arguments)
        return checks.Count(*tests)

    monkeypatch.setattr(checks, "CHECKS", listed)
    monkeypatch.setattr(checks, "run_tests", run_tests)
    assert checks.main(["-k", "draft"]) == expected
    assert asked == [["-k", "draft"]]
    names = ["check 0", "check 1", "Tests (pytest)"]
    summary = [f"{word}  {name}" for word, name in zip(said, names, strict=True)]
    assert capsys.readouterr().out.splitlines()[-4:] == [*summary, last]


@pytest.mark.parametrize(
    ("statuses", "status", "last"),
    [((0, 0), 0, "8 passed, 0 failed"), ((0, 1), 1, "7 passed, 1 failed")],
)
def test_without_arguments_the_package_is_made_and_tried(
    checks: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    statuses: tuple[int, ...],
    status: int,
    last: str,
) -> None:
    commands = [(sys.executable, "-c", f"raise SystemExit({status})") for status in statuses]
    package = tuple(checks.Check(f"package {at}", each) for at, each in enumerate(commands))
    one = checks.Check("check", (sys.executable, "-c", ""))
    monkeypatch.setattr(checks, "CHECKS", (one,))
    monkeypatch.setattr(checks, "PACKAGE", package)
    monkeypatch.setattr(checks, "run_tests", lambda _arguments: checks.Count(5, 0))
    assert checks.main([]) == status
    assert capsys.readouterr().out.splitlines()[-1] == last
    assert checks.main(["-k", "draft"]) == 0
    assert "Left out, since only some of the tests" in capsys.readouterr().out


def test_a_tool_that_is_not_there_is_a_failed_check(
    checks: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = checks.Check("Missing", (checks.tool("no-such-tool"),))
    assert checks.run_check(missing) is False
    assert "no-such-tool" in capsys.readouterr().out


def test_every_tool_is_of_this_environment(checks: ModuleType) -> None:
    named = {check.name: check.command for check in checks.CHECKS}
    assert list(named) == [
        "Code style (ruff check)",
        "Code format (ruff format)",
        "Types (mypy)",
        "Layers (import-linter)",
    ]
    assert named["Code style (ruff check)"] == (checks.tool("ruff"), "check", ".")
