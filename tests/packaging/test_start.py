from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

posix_only = pytest.mark.skipif(os.name == "nt", reason="fake programs are shell scripts")


def test_an_old_python_can_read_the_script(root: Path) -> None:
    source = (root / "packaging" / "start.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert "__future__" not in imported  # 3.6 lacks `annotations`


def test_that_check_would_notice_newer_words() -> None:
    with pytest.raises(SyntaxError):
        ast.parse("if (a := 1): pass", feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_supported_pythons(start: ModuleType, version: tuple[int, int]) -> None:
    assert start.python_problem("cpython", version, []) is None


@pytest.mark.parametrize(
    ("implementation", "version", "this"),
    [
        ("cpython", (3, 6), "Python 3.6"),
        ("cpython", (3, 10), "Python 3.10"),
        ("cpython", (3, 14), "Python 3.14"),
        ("pypy", (3, 11), "pypy (Python 3.11)"),
    ],
)
@pytest.mark.parametrize(
    ("better", "advice"),
    [
        (None, "Install one of them (python.org has all three), then use it for this command."),
        ("python3.12", "Use this command: python3.12 packaging/start.py test -k draft"),
    ],
)
def test_unsupported_pythons(
    start: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    implementation: str,
    version: tuple[int, int],
    this: str,
    better: str | None,
    advice: str,
) -> None:
    monkeypatch.setattr(start, "supported_command", lambda: better)
    assert start.python_problem(implementation, version, ["test", "-k", "draft"]) == (
        f"This program needs Python 3.11, 3.12 or 3.13, and this is {this}. {advice}"
    )


def test_an_unsupported_python_ends_before_anything_is_done(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "SUPPORTED", ((9, 9),))
    monkeypatch.setattr(start, "start", lambda _: pytest.fail("it went on"))
    assert start.main(["test"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("This program needs Python")


@posix_only
def test_only_a_command_that_works_is_proposed(
    start: ModuleType, programs: Callable[[str, str], Path]
) -> None:
    assert start.supported_command() is None
    programs("python3.11", "exit 0")
    programs("python3.12", "exit 0")
    programs("python3.13", "echo 'pyenv: python3.13: command not found'; exit 127")
    assert start.supported_command() == "python3.12"


def test_help_names_both_commands(root: Path) -> None:
    command = [sys.executable, str(root / "packaging" / "start.py"), "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert "python3 packaging/start.py  " in shown
    assert "python3 packaging/start.py test" in shown


@pytest.mark.parametrize("arguments", [["tests"], ["practice"], ["--verbose"]])
def test_an_unknown_word_is_refused(
    start: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert start.main(arguments) == 2
    assert (
        capsys.readouterr().err == f"There is no such command here. What there is:\n{start.USAGE}\n"
    )


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_where_there_is_a_screen(
    start: ModuleType, platform: str, variables: dict[str, str], expected: bool
) -> None:
    assert start.has_screen(platform, variables) is expected


def test_with_a_screen_the_wizard_opens(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    command, environment = start.task([], screen=True)
    assert command[-2:] == [start.program("ubiquity-s3-setup"), "practice"]
    assert "QT_QPA_PLATFORM" not in environment
    assert capsys.readouterr().out == ""


def test_without_a_screen_the_tour_runs_and_says_so(
    start: ModuleType, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command, environment = start.task([], screen=False)
    pictures = str(root / "tour-pictures")
    assert command[-4:] == [start.program("ubiquity-s3-setup"), "tour", "--out", pictures]
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    told = capsys.readouterr().out
    assert told.startswith("This computer has no screen, so the tour is run instead")
    assert pictures in told


def test_what_follows_test_goes_to_pytest(start: ModuleType, root: Path) -> None:
    command, _ = start.task(["test", "-k", "draft"], screen=True)
    checks = str(root / "packaging" / "checks.py")
    assert command == [start.program("python"), checks, "-k", "draft"]


@pytest.mark.parametrize(("arguments", "expected"), [([], "clone"), (["test"], None)])
def test_another_pythons_settings_are_left_behind(
    start: ModuleType,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    expected: str | None,
) -> None:
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    _, environment = start.task(arguments, screen=True)
    assert "PYTHONHOME" not in environment
    assert environment.get("PYTHONPATH") == (str(root) if expected else None)


@pytest.mark.parametrize(
    ("arguments", "display", "window"),
    [([], ":0", True), ([], "", False), (["test"], ":0", False)],
)
def test_only_a_window_needs_what_windows_need(
    start: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    display: str,
    window: bool,
) -> None:
    asked: list[bool] = []

    def set_up(*, window: bool, testing: bool) -> None:
        assert testing is (arguments == ["test"])
        asked.append(window)

    monkeypatch.setattr(start.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(start, "set_up", set_up)
    monkeypatch.setattr(start, "run", lambda *_: 7)
    assert start.main(arguments) == 7
    assert asked == [window]


def test_a_failed_set_up_is_one_message_and_status_1(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        start, "set_up", lambda window, testing: f"The disk is full ({window=}, {testing=})."
    )
    monkeypatch.setattr(start, "run", lambda *_: pytest.fail("it went on"))
    assert start.main(["test"]) == 1
    assert capsys.readouterr().err == "The disk is full (window=False, testing=True).\n"


def test_ctrl_c_is_no_traceback(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*, window: bool, testing: bool) -> None:
        raise KeyboardInterrupt(window, testing)

    monkeypatch.setattr(start, "set_up", interrupted)
    assert start.main([]) == 130
    assert capsys.readouterr().err == "Stopped. The same command goes on from here.\n"


@pytest.fixture
def ready_clone(root: Path, tmp_path: Path, virtual_environment: ModuleType) -> Path:
    """Return a clone that is set up already, with a program that only says how it was called."""
    clone = tmp_path / "a clone für 日本"
    shutil.copytree(
        root / "packaging", clone / "packaging", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(root / "pyproject.toml", clone)
    programs = clone / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    (programs / "ubiquity-s3-setup").write_text("import sys; print(sys.argv)\n", encoding="utf-8")
    stamp = "\n".join(virtual_environment._marks(clone))
    (clone / ".venv" / virtual_environment.STAMP).write_text(stamp, encoding="ascii")
    return clone


@posix_only
def test_a_second_start_only_starts_the_program(ready_clone: Path, tmp_path: Path) -> None:
    before = sorted(ready_clone.rglob("*"))
    # No program can be found, so neither pip nor apt-get can be what makes this work.
    environment = {"PATH": "", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    ended = subprocess.run(  # noqa: S603
        [sys.executable, str(ready_clone / "packaging" / "start.py")],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    script = str(ready_clone / ".venv" / "bin" / "ubiquity-s3-setup")
    words = ["practice"]
    if sys.platform.startswith("linux"):
        words = ["tour", "--out", str(ready_clone / "tour-pictures")]
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[-1] == str([script, *words])
    assert sorted(ready_clone.rglob("*")) == before
