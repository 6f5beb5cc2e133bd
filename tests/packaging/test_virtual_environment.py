from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


class Steps:
    """Stands for running commands: notes them, and leaves behind what they would."""

    def __init__(self, root: Path, program: Path) -> None:
        self.root = root
        self.program = program
        self.commands: list[list[str]] = []
        self.fails_at = ""
        self.interrupted_at = ""

    def __call__(self, command: list[str], log: Path) -> str | None:
        kind = self.kind(command)
        self.commands.append(command)
        if kind == self.interrupted_at:
            raise KeyboardInterrupt
        if kind == self.fails_at:
            return f"{kind} failed, see {log.name}"
        self.program.parent.mkdir(parents=True, exist_ok=True)
        if kind == "venv":
            self.program.with_stem("python").touch()
        if kind == "itself":
            self.program.touch()
        return None

    def kinds(self) -> list[str]:
        """Return what was run since last asked."""
        kinds = [self.kind(command) for command in self.commands]
        self.commands.clear()
        return kinds

    @staticmethod
    def kind(command: list[str]) -> str:
        if "venv" in command:
            return "venv"
        if "compileall" in command:
            return "compiled"
        if command[-1] == "compile":
            return "translated"
        if command[-1].endswith("pyside_support.py"):
            return "quick"
        return "itself" if "--editable" in command else "locked"


ALL_STEPS = ["venv", "locked", "itself", "compiled", "quick", "translated"]
PIP_STEPS = ["locked", "itself", "compiled", "quick", "translated"]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    clone = tmp_path / "a clone für 日本"
    (clone / "packaging").mkdir(parents=True)
    (clone / "packaging" / "requirements.lock").write_text("one==1\n", encoding="utf-8")
    (clone / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return clone


@pytest.fixture
def steps(clone: Path, virtual_environment: ModuleType) -> Steps:
    return Steps(clone, virtual_environment._program(clone, virtual_environment.COMMAND))


@pytest.fixture
def ready(clone: Path, steps: Steps, virtual_environment: ModuleType) -> Path:
    assert virtual_environment.prepare(clone, steps) is None
    assert steps.kinds() == ALL_STEPS
    return clone


def test_a_first_start_does_everything_and_says_so(
    clone: Path,
    steps: Steps,
    virtual_environment: ModuleType,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert virtual_environment.prepare(clone, steps) is None
    assert steps.kinds() == ALL_STEPS
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("Setting up. This is done once")
    assert told[-1] == "Set up."


def test_a_second_start_does_nothing_and_says_nothing(
    ready: Path,
    steps: Steps,
    virtual_environment: ModuleType,
    capsys: pytest.CaptureFixture[str],
) -> None:
    capsys.readouterr()
    assert virtual_environment.prepare(ready, steps) is None
    assert steps.kinds() == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("changed", ["packaging/requirements.lock", "pyproject.toml"])
def test_changed_components_are_brought_up_to_date(
    ready: Path, steps: Steps, virtual_environment: ModuleType, changed: str
) -> None:
    (ready / changed).write_text("two==2\n", encoding="utf-8")
    assert virtual_environment.prepare(ready, steps) is None
    assert steps.kinds() == PIP_STEPS
    assert virtual_environment.prepare(ready, steps) is None
    assert steps.kinds() == []


def test_words_of_another_language_are_compiled_where_they_have_changed(
    ready: Path,
    steps: Steps,
    virtual_environment: ModuleType,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By the real program, which the set-up only starts: a pull brings words, not components."""
    translations = virtual_environment.translations
    catalogue = ready / "resources/translations/de/LC_MESSAGES/ubiquity-s3-setup.po"
    catalogue.parent.mkdir(parents=True)
    capsys.readouterr()
    for word in ("Weiter", "Vorwärts"):
        catalogue.write_text(f'msgid "Next"\nmsgstr "{word}"\n', encoding="utf-8")
        assert virtual_environment.prepare(ready, steps) is None
        assert steps.kinds() == ["translated"]
        assert translations.compile_stale(ready) == [catalogue]
        assert virtual_environment.prepare(ready, steps) is None
        assert steps.kinds() == []
    assert capsys.readouterr().out == ""
    catalogue.unlink()
    assert translations.compile_stale(ready) == []
    assert not catalogue.with_suffix(".mo").exists()


def test_a_moved_clone_is_made_anew(
    ready: Path, steps: Steps, virtual_environment: ModuleType
) -> None:
    moved = ready.rename(ready.with_name("moved"))
    assert virtual_environment.prepare(moved, steps) is None
    assert steps.kinds() == ALL_STEPS


def test_another_python_is_made_anew(
    ready: Path,
    steps: Steps,
    virtual_environment: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(virtual_environment.platform, "machine", lambda: "another-processor")
    assert virtual_environment.prepare(ready, steps) is None
    assert steps.kinds() == ALL_STEPS


@pytest.mark.parametrize("lost", ["python", "ubiquity-s3-setup"])
def test_a_lost_program_is_made_anew(
    ready: Path, steps: Steps, virtual_environment: ModuleType, lost: str
) -> None:
    virtual_environment._program(ready, lost).unlink()
    assert virtual_environment.prepare(ready, steps) is None
    assert steps.kinds() == ALL_STEPS


@pytest.mark.skipif(os.name == "nt", reason="Windows copies Python")
def test_a_link_to_a_removed_python_is_made_anew(
    ready: Path, virtual_environment: ModuleType
) -> None:
    python = virtual_environment._program(ready, "python")
    python.unlink()
    python.symlink_to(ready / "removed")
    assert virtual_environment.state(ready) is virtual_environment.State.UNUSABLE


@pytest.mark.parametrize("stamp", [b"", b"\n", b"\xff\xfe", b"0123 4567", b"x" * 4096])
def test_a_damaged_stamp_is_made_anew(
    ready: Path, steps: Steps, virtual_environment: ModuleType, stamp: bytes
) -> None:
    (ready / ".venv" / virtual_environment.STAMP).write_bytes(stamp)
    assert virtual_environment.prepare(ready, steps) is None
    assert steps.kinds() == ALL_STEPS


@pytest.mark.parametrize("step", ALL_STEPS)
def test_what_fails_is_told_and_made_anew(
    clone: Path, steps: Steps, virtual_environment: ModuleType, step: str
) -> None:
    steps.fails_at = step
    failure = virtual_environment.prepare(clone, steps)
    assert failure.output == f"{step} failed, see set-up.log"
    assert failure.log == clone / ".venv" / "set-up.log"
    assert steps.kinds() == ALL_STEPS[: ALL_STEPS.index(step) + 1]
    steps.fails_at = ""
    assert virtual_environment.prepare(clone, steps) is None
    assert steps.kinds() == ALL_STEPS


@pytest.mark.parametrize("step", PIP_STEPS)
def test_what_is_interrupted_is_made_anew(
    ready: Path, steps: Steps, virtual_environment: ModuleType, step: str
) -> None:
    (ready / "pyproject.toml").write_text("changed", encoding="utf-8")
    steps.interrupted_at = step
    with pytest.raises(KeyboardInterrupt):
        virtual_environment.prepare(ready, steps)
    steps.kinds()
    steps.interrupted_at = ""
    assert virtual_environment.prepare(ready, steps) is None
    assert steps.kinds() == ALL_STEPS


def test_a_place_that_cannot_be_written_is_told_before_anything_runs(
    clone: Path, steps: Steps, virtual_environment: ModuleType
) -> None:
    (clone / ".venv").write_text("in the way", encoding="utf-8")
    failure = virtual_environment.prepare(clone, steps)
    assert str(clone / ".venv") in failure.output
    assert failure.log is None
    assert steps.kinds() == []


def test_a_clone_without_its_lock_file_is_told(
    clone: Path, steps: Steps, virtual_environment: ModuleType
) -> None:
    (clone / "packaging" / "requirements.lock").unlink()
    assert "requirements.lock" in virtual_environment.prepare(clone, steps).output


def test_only_what_the_lock_file_names_is_installed(
    clone: Path, steps: Steps, virtual_environment: ModuleType
) -> None:
    virtual_environment.prepare(clone, steps)
    venv, locked, itself, compiled, quick, translated = steps.commands
    assert venv[0] == getattr(sys, "_base_executable", sys.executable)
    assert venv[-2:] == ["--clear", str(clone / ".venv")]
    assert "--require-hashes" in locked
    assert locked[-2:] == ["-r", str(clone / virtual_environment.LOCK)]
    assert {"--no-index", "--no-deps", "--no-build-isolation"} <= set(itself)
    assert compiled[-1] == str(clone / "app")
    assert quick[-1] == str(clone / "packaging" / "pyside_support.py")
    assert translated[-2:] == [str(clone / "packaging" / "translations.py"), "compile"]
    assert not [word for word in locked + itself if "://" in word or "index-url" in word]


@pytest.mark.parametrize(
    ("status", "expected"), [(0, None), (3, "Retrying (Retry(total=1)\nlast words ü\n")]
)
def test_output_is_logged_and_returned_only_where_it_failed(
    tmp_path: Path,
    virtual_environment: ModuleType,
    capsys: pytest.CaptureFixture[str],
    status: int,
    expected: str | None,
) -> None:
    log = tmp_path / "set-up.log"
    log.write_text("before\n", encoding="utf-8")
    script = (
        "import sys; sys.stdout.reconfigure(encoding=sys.argv[2]);"
        "print('Retrying (Retry(total=1)'); print('last words ü'); sys.exit(int(sys.argv[1]))"
    )
    encoding = "utf-8" if os.name != "nt" else "cp1252"
    command = [sys.executable, "-c", script, str(status), encoding]
    assert virtual_environment.run_logged(command, log) == expected
    kept = log.read_text(encoding="utf-8")
    assert kept == "before\nRetrying (Retry(total=1)\nlast words ü\n"
    assert capsys.readouterr().out == "  no answer, trying again\n"


def test_a_silent_failure_is_a_failure(tmp_path: Path, virtual_environment: ModuleType) -> None:
    command = [sys.executable, "-c", "raise SystemExit(1)"]
    assert virtual_environment.run_logged(command, tmp_path / "log") == "no output"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "  Downloading pyside6_essentials-6.11.3-cp310-abi3-win_amd64.whl (80.3 MB)\n",
            "  downloading pyside6_essentials (80.3 MB)",
        ),
        ("  Downloading six-1.17.0-py2.py3-none-any.whl (11 kB)\n", None),
        ("  Downloading moto-5.2.5-py3-none-any.whl (7.2 MB)\n", None),
        ("Installing collected packages: six, moto\n", "  installing"),
        ("WARNING: Retrying (Retry(total=4, connect=None)) after", "  no answer, trying again"),
        ("Collecting six==1.17.0\n", None),
        ("", None),
    ],
)
def test_only_what_takes_its_time_is_told(
    virtual_environment: ModuleType, line: str, told: str | None
) -> None:
    assert virtual_environment.progress(line) == told
