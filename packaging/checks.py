"""Everything that CI runs, by ``.venv``'s Python: checks of the code, the tests, the package.

What follows on the command line goes to pytest; the package is made and tried where nothing
follows. All of them run whatever came before; the exit status is 0 only if none failed. The last
line counts tests and checks together.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Check(NamedTuple):
    """One check of the code: its name for people, and its command."""

    name: str
    command: tuple[str, ...]


class Count(NamedTuple):
    """How many passed, failed and were skipped."""

    passed: int
    failed: int
    skipped: int = 0

    def line(self) -> str:
        """Return the closing line."""
        counted = f"{self.passed} passed, {self.failed} failed"
        return f"{counted}, {self.skipped} skipped" if self.skipped else counted


def tool(name: str) -> str:
    """Return where the environment of this Python keeps a program."""
    return str(Path(sys.executable).with_name(f"{name}.exe" if os.name == "nt" else name))


def packaging_script(name: str) -> tuple[str, str]:
    """Return the command that runs a script of this folder."""
    return sys.executable, str(ROOT / "packaging" / name)


CHECKS = (
    Check("Code style (ruff check)", (tool("ruff"), "check", ".")),
    Check("Code format (ruff format)", (tool("ruff"), "format", "--check", ".")),
    Check("Types (mypy)", (sys.executable, "-m", "mypy")),
    Check("Layers (import-linter)", (tool("lint-imports"),)),
)
TESTS = "Tests (pytest)"
DIST = ROOT / "build" / "checked"
PACKAGE = (
    Check("Package (build.py)", (*packaging_script("build_steps.py"), "--out", str(DIST))),
    Check("Packaged program (try_package.py)", (*packaging_script("try_package.py"), str(DIST))),
)
"""The program that needs no Python: made within its limits, and tried."""


def main(arguments: list[str]) -> int:
    """Run all checks, then the tests with these arguments; return the exit status."""
    results = [(check.name, run_check(check)) for check in CHECKS]
    tests = run_tests(arguments)
    results.append((TESTS, not tests.failed))
    results += run_package(arguments)
    heading("Summary")
    for name, passed in results:
        print(f"{'passed' if passed else 'FAILED'}  {name}")
    total = together([passed for name, passed in results if name != TESTS], tests)
    print(total.line(), flush=True)
    return 1 if total.failed else 0


def run_check(check: Check) -> bool:
    """Run one check; return whether it passed."""
    heading(check.name)
    return succeeds(list(check.command), dict(os.environ))


def run_package(arguments: list[str]) -> list[tuple[str, bool]]:
    """Make the packaged program and try it; return both results.

    Whoever asks for some of the tests alone is told that this is left out.
    """
    if arguments:
        heading("Package")
        print("Left out, since only some of the tests were asked for.", flush=True)
        return []
    return [(check.name, run_check(check)) for check in PACKAGE]


def run_tests(arguments: list[str]) -> Count:
    """Run pytest, never on the screen, and return its count; a run that broke counts one failed."""
    heading(TESTS)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # Each worker would compile all of the tests, and each of their processes all of the program.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "tests.xml")
        # One more side by side than there are processors: at times each waits for a process.
        workers = str((os.cpu_count() or 1) + 1)
        command = [sys.executable, "-m", "pytest", "-n", workers, *arguments]
        command.append(f"--junit-xml={report}")
        ended_well = succeeds(command, environment)
        text = report.read_text(encoding="utf-8", errors="replace") if report.exists() else ""
    return count(text, ended_well=ended_well)


def count(report: str, *, ended_well: bool) -> Count:
    """Return the count of a JUnit report, which must agree with how pytest ended."""
    suite = re.search(r"<testsuite .*?>", report)
    figures = dict(re.findall(r'(\w+)="(\d+)"', suite[0])) if suite else {}
    total, errors, failures, skipped = (
        int(figures.get(name, 0)) for name in ("tests", "errors", "failures", "skipped")
    )
    failed = errors + failures
    passed = total - failed - skipped
    return Count(passed, 0 if ended_well else max(failed, 1), skipped)


def together(checks: list[bool], tests: Count) -> Count:
    """Return the tests' count with each check counted as one more."""
    passed = tests.passed + checks.count(True)
    return Count(passed, tests.failed + checks.count(False), tests.skipped)


def succeeds(command: list[str], environment: dict[str, str]) -> bool:
    """Run a command at the top of the clone; return whether it ended well."""
    try:
        return subprocess.call(command, cwd=ROOT, env=environment) == 0
    except OSError as error:
        print(error, flush=True)
        return False


def heading(text: str) -> None:
    """Print a heading that stands out in a log."""
    print(f"\n== {text} {'=' * max(3, 70 - len(text))}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
