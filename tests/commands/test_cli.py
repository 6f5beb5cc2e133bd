"""The command line as a whole: help, version, wrong words, and the program as a process."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from app import __version__
from app.commands import cli
from app.system.one_instance import Handover, OneInstance
from tests.commands.called import DRAFT, SNAPSHOT, assert_wrong_input, call, files_of
from tests.helpers.snapshots import good

ROOT: Final = Path(__file__).parents[1]
CHECK: Final = ("check", "--draft", DRAFT, "--snapshot", SNAPSHOT)
COMMANDS: Final = tuple(cli.COMMANDS)

Bytes = pytest.CaptureFixture[bytes]


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help_names_every_command(capsysbinary: Bytes, word: str) -> None:
    called = call(capsysbinary, word)
    assert (called.status, called.err) == (0, "")
    named = [line.split()[0] for line in called.text.splitlines() if line.startswith("  ")]
    assert named == list(COMMANDS)
    assert "with --share" in called.text


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_shows_its_options(capsysbinary: Bytes, name: str) -> None:
    called = call(capsysbinary, name, "--help")
    assert (called.status, called.err) == (0, "")
    assert called.text.startswith(f"ubiquity-s3-setup {name}")
    for option in cli.COMMANDS[name].options:
        shown = f"[{option.value}…]" if option.operands else f"--{option.name}"
        assert shown in called.text


def test_version(capsysbinary: Bytes) -> None:
    called = call(capsysbinary, "--version")
    assert (called.status, called.err) == (0, "")
    assert called.text == f"ubiquity-s3-setup {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["cheque"],
            "There is no command “cheque”. The commands are: practice, policies, needs, check",
        ),
        ([""], "There is no command “”."),
        (["--json"], "There is no command “--json”."),
        (["Check"], "There is no command “Check”."),
        (["--share", "check"], "“check” is not an option of this command."),
        (["--share=yes"], "--share takes no value."),
        (["--share", "--share"], "--share is given twice."),
        (["\n".join("abcdefghij")], "There is no command “a\\nb\\nc\\nd\\ne\\nf\\ng\\nh\\ni\\nj”."),
        (["check"], "This is missing: --draft FILE."),
        (["check", "--draft"], "--draft needs a value: FILE."),
        (["check", "--draft", DRAFT, "--profile", ""], "--profile needs a value: NAME."),
        (["check", "--draft", DRAFT, "--jsn"], "“--jsn” is not an option of this command."),
        (["check", "--draft", DRAFT, "--draft", DRAFT], "--draft is given twice."),
        ([*CHECK, "--profile", "p"], "--snapshot and --profile can’t be given together."),
        ([*CHECK, "--json=yes"], "--json takes no value."),
        (["policies"], "This is missing: --draft FILE."),
        (["policies", "--draft", DRAFT, "--format", "yaml"], "--format should be one of json"),
        (["plan"], "This is missing: --draft FILE."),
        (
            ["plan", "--draft", DRAFT, "--snapshot", SNAPSHOT, "--profile", "p"],
            "--snapshot and --profile can’t be given together.",
        ),
        (["apply"], "This is missing: --draft FILE."),
        (["apply", "--undo=no"], "--undo takes no value."),
        (["apply", "--draft", DRAFT, "--how", "x"], "“--how” is not an option of this command."),
        (["revoke", "--how", "x"], "--how should be one of delete-role, change-trust"),
        (["explain"], "This is missing: --text TEXT."),
        (["explain", "AccessDenied"], "“AccessDenied” is not an option of this command."),
        (["explain", "--text"], "--text needs a value: TEXT."),
        (["practice", "--scenario"], "--scenario needs a value: NAME."),
        (["tour"], "This is missing: --out DIR."),
        (["tour", "--out", "x", "--scale", "9"], "--scale should be a number from 1 to 4."),
        (["tour", "--out", "x", "--scale", "nan"], "--scale should be a number from 1 to 4."),
        (["tour", "--out", "x", "--scale", "big"], "--scale should be a number from 1 to 4."),
        (["self-check", "x"], "“x” is not an option of this command."),
    ],
)
def test_wrong_words(capsysbinary: Bytes, arguments: list[str], said: str) -> None:
    assert_wrong_input(call(capsysbinary, *arguments), said, "See: ubiquity-s3-setup --help")


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], {}),
        (["--share"], {"share": True}),
        (["practice"], {"practice": True}),
        (["practice", "--share"], {"practice": True, "share": True}),
        (
            ["practice", "--scenario", "role.missing"],
            {"practice": True, "scenario": "role.missing"},
        ),
        (["a.json"], {"files": ("a.json",)}),
        (["--share", "my draft.json", "/b/c"], {"files": ("my draft.json", "/b/c"), "share": True}),
        (["./check"], {"files": ("./check",)}),
        (["C:\\x", "--share"], {"files": ("C:\\x",), "share": True}),
        (["is there"], {"files": ("is there",)}),
    ],
)
def test_the_wizard_is_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], asked: dict[str, object]
) -> None:
    opened: list[dict[str, object]] = []

    def run_wizard(instance: OneInstance, **how: object) -> int:
        instance.give_up()
        opened.append(how)
        return 0

    (tmp_path / "is there").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("app.bootstrap.wizard.run_wizard", run_wizard)
    assert cli.run(arguments) == 0
    usual = {"practice": False, "scenario": None, "share": False, "files": ()}
    assert opened == [{**usual, **asked}]


def test_a_second_start_opens_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[Handover] = []

    def take(_self: OneInstance, what: Handover) -> bool:
        handed.append(what)
        return True

    monkeypatch.setattr(OneInstance, "is_taken_over", take)
    monkeypatch.setattr(
        "app.bootstrap.wizard.run_wizard", lambda *_who, **_how: pytest.fail("opened")
    )
    assert cli.run(["--share", "a.json"]) == 0
    assert handed == [Handover((str(Path("a.json").absolute()),), share=True)]


def test_a_stopped_command_says_so(monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes) -> None:
    def stop(*_arguments: object, **_more: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.commands.self_check.print_self_check", stop)
    called = call(capsysbinary, "self-check")
    assert (called.status, called.out, called.err) == (130, b"", "Stopped.\n")


# The program as a process


def _process(
    *arguments: str, folder: Path = ROOT, **settings: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "app", *arguments],
        cwd=folder,
        env=_environment(settings),
        capture_output=True,
        check=False,
        timeout=60,
    )


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **settings}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["--version"], 0), (CHECK, 1), ([*CHECK, "--json"], 1), (["explain", "--text", ""], 0)],
)
def test_the_program_answers(tmp_path: Path, arguments: list[str], status: int) -> None:
    done = _process(*arguments, folder=tmp_path)
    assert (done.returncode, done.stderr) == (status, b"")
    assert done.stdout.endswith(b"\n")


def test_the_program_refuses(tmp_path: Path) -> None:
    done = _process("check", "--draft", "nowhere.json", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    message = "nowhere.json: the file can’t be read: No such file or directory."
    assert done.stderr.decode("utf-8").splitlines() == [message]


def test_a_sound_setup_is_ready(tmp_path: Path) -> None:
    done = _process("check", *files_of(good(), tmp_path))
    assert (done.returncode, done.stderr) == (0, b"")


_IMPORTED = """
import runpy, sys
sys.argv = ["app", *sys.argv[1:]]
try:
    runpy.run_module("app", run_name="__main__")
except SystemExit as end:
    assert end.code == 1, end.code
heavy = {"PySide6", "shiboken6", "qasync", "boto3", "botocore", "moto", "asyncio", "argparse",
         "dataclasses", "inspect", "pathlib", "logging", "keyring", "app.bootstrap",
         "binascii", "decimal", "difflib", "gettext", "hashlib", "ipaddress", "locale", "random",
         "shutil", "string", "subprocess", "tempfile", "textwrap", "threading", "traceback",
         "urllib", "uuid"}
rooms = {"app.aws", "app.exports", "app.flow.run", "app.flow.wizard", "app.practice",
         "app.system.catalogue", "app.system.resources", "app.ui",
         "app.wiring", "app.core.changes", "app.core.explain", "app.core.needs",
         "app.core.planning", "app.core.revoking"}
print(sorted((heavy | rooms) & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_check_of_a_snapshot_file_imports_nothing_heavy(more: tuple[str, ...]) -> None:
    # Coverage and the like come in by sitecustomize: -S keeps them, and site-packages, out.
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-S", "-c", _IMPORTED, *CHECK, *more],
        env=_environment({}),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stderr.decode("utf-8").strip() == "[]"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE and no such pipes")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_nobody_reads_on(more: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(  # noqa: S603 - this very program
            [sys.executable, "-m", "app", *CHECK, *more],
            cwd=ROOT,
            env=_environment({}),
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8"])
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (CHECK, 1),
        (["explain", "--text", "An error occurred (AccessDenied): sts:AssumeRole"], 0),
        (["cheque"], 2),
    ],
)
def test_a_console_that_lacks_characters(arguments: list[str], status: int, encoding: str) -> None:
    done = _process(*arguments, PYTHONIOENCODING=encoding)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr
    assert (done.stdout or done.stderr).decode(encoding).strip()


def test_json_is_utf_8_on_any_console() -> None:
    done = _process(*CHECK, "--json", PYTHONIOENCODING="ascii")
    assert "UbiQuity’s account" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names that are not text")
def test_a_name_that_is_no_text_can_be_said(tmp_path: Path) -> None:
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    done = _process("policies", "--draft", DRAFT, "--out", folder)
    assert done.returncode == 0
    assert b"trust-policy.json" in done.stdout
