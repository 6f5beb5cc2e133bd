"""Starts the program from a fresh clone, or runs all of its tests.

``python3 packaging/start.py`` sets up ``.venv`` and opens the wizard on the practice AWS;
``python3 packaging/start.py test`` sets up the same way and runs everything that CI runs.

This file is also what tells the owner of an unsupported Python so: it must stay readable to
Python 3.6. Everything else is imported only after the version was found to be right.
"""

import os
import subprocess
import sys
from pathlib import Path

SUPPORTED = ((3, 11), (3, 12), (3, 13))
COMMAND = "ubiquity-s3-setup"
ROOT = Path(__file__).resolve().parent.parent

USAGE = """\
python3 packaging/start.py               set up, then open the wizard on the practice AWS
python3 packaging/start.py test [...]    set up, then run all checks and tests; what follows
                                         goes to pytest"""
NO_SCREEN = """\
This computer has no screen, so the tour is run instead: it goes through the window unseen, on the
practice AWS, and saves a picture of each page in {pictures}"""


def main(arguments: "list[str]") -> int:
    """Do what the command line asks; return the exit status (2: it can't be done that way)."""
    if arguments[:1] in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    if arguments and arguments[0] != "test":
        return stop("There is no such command here. What there is:\n" + USAGE, 2)
    problem = python_problem(sys.implementation.name, sys.version_info[:2], arguments)
    if problem:
        return stop(problem, 2)
    # A console that can't show a character of a path must not end the start.
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return start(arguments)
    except KeyboardInterrupt:
        return stop("Stopped. The same command goes on from here.", 130)


def stop(message: str, status: int) -> int:
    """Say on standard error why it ends here, and return the exit status."""
    sys.stderr.write(message + "\n")
    return status


def python_problem(
    implementation: str, version: "tuple[int, ...]", arguments: "list[str]"
) -> "str | None":
    """Return why this Python can't run the program and what to do, or None if it can."""
    if implementation == "cpython" and version in SUPPORTED:
        return None
    this = "Python {}.{}".format(*version)
    if implementation != "cpython":
        this = f"{implementation} ({this})"
    needed = f"This program needs Python 3.11, 3.12 or 3.13, and this is {this}."
    better = supported_command()
    if better:
        command = " ".join([better, "packaging/start.py", *arguments])
        return f"{needed} Use this command: {command}"
    return f"{needed} Install one of them (python.org has all three), then use it for this command."


def supported_command() -> "str | None":
    """Return a command of this computer that is a supported Python, the newest first."""
    for major, minor in reversed(SUPPORTED):
        words = ["py", f"-{major}.{minor}"] if os.name == "nt" else [f"python{major}.{minor}"]
        # It is run, not only found: pyenv puts commands on the path that only say "not found".
        if succeeds([*words, "--version"]):
            return " ".join(words)
    return None


def succeeds(command: "list[str]") -> bool:
    """Return whether this command can be run and ends well."""
    try:
        quiet = subprocess.DEVNULL
        return subprocess.call(command, stdin=quiet, stdout=quiet, stderr=quiet) == 0
    except OSError:
        return False


def start(arguments: "list[str]") -> int:
    """Set up what is missing, then run the wizard, the tour or the tests."""
    testing = arguments[:1] == ["test"]
    screen = has_screen(sys.platform, os.environ)
    problem = set_up(window=screen and not testing, testing=testing)
    if problem:
        return stop(problem, 1)
    return run(*task(arguments, screen=screen))


def set_up(*, window: bool, testing: bool, building: bool = False) -> "str | None":
    """Provide the system's libraries and ``.venv``; return why that failed, or None."""
    import installation_failures
    import linux_packages
    import virtual_environment

    if sys.platform.startswith("linux"):
        problem = linux_packages.provide(window=window, tests=testing, building=building)
        if problem:
            return problem
    failure = virtual_environment.prepare(ROOT)
    if failure is None:
        return None
    return installation_failures.explain(failure.output, ROOT, failure.log)


def has_screen(platform: str, environment: "os._Environ[str] | dict[str, str]") -> bool:
    """Return whether a window can be shown; only a Linux may have nothing to show it on."""
    shown = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return bool(shown) or not platform.startswith("linux")


def task(arguments: "list[str]", *, screen: bool) -> "tuple[list[str], dict[str, str]]":
    """Return the command to run in ``.venv``, and its environment."""
    environment = dict(os.environ)
    environment.pop("PYTHONHOME", None)
    environment.pop("PYTHONPATH", None)
    if arguments[:1] == ["test"]:
        checks = ROOT / "packaging" / "checks.py"
        return [program("python"), str(checks), *arguments[1:]], environment
    # On Windows, Python before 3.13 can't follow .venv's own pointer to a folder whose name has
    # letters of another language.
    environment["PYTHONPATH"] = str(ROOT)
    # Naming Python spares the script's own first line, which can't carry every path.
    command = [program(COMMAND)] if os.name == "nt" else [program("python"), program(COMMAND)]
    if screen:
        return [*command, "practice"], environment
    environment["QT_QPA_PLATFORM"] = "offscreen"
    pictures = str(ROOT / "tour-pictures")
    print(NO_SCREEN.format(pictures=pictures), flush=True)
    return [*command, "tour", "--out", pictures], environment


def program(name: str) -> str:
    """Return where ``.venv`` keeps a program."""
    if os.name == "nt":
        return str(ROOT / ".venv" / "Scripts" / (name + ".exe"))
    return str(ROOT / ".venv" / "bin" / name)


def run(command: "list[str]", environment: "dict[str, str]") -> int:
    """Run the command in our place where the system can do that, else wait for its status."""
    if os.name != "nt":
        # Replaced, not waited for: signals then reach the program and nothing else.
        os.execve(command[0], command, environment)  # noqa: S606 (no shell is wanted)
    return subprocess.call(command, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
