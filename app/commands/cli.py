"""The command line: a second face of the flows that the window shows.

The commands and their outputs are an interface (formats.md). The exit status is 0 as wished, 1
when a step failed, 2 when the input is wrong and 3 when the program itself failed: in both,
standard error has one clear message; for the former, and with ``--json``, standard output stays
empty.
"""

import os
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from app import __version__
from app.commands.exit_status import FAILED, INTERRUPTED
from app.commands.loading import loading
from app.commands.options import GivenOptions, Option, WrongUsage, operands_in, parse, usage
from app.commands.output import refuse, say, tell
from app.commands.terminal import OutputLost, ReaderLeft, only_way_out
from app.core.conventions import row
from app.core.formats.reading import on_one_line
from app.core.i18n import mark, tr
from app.files.reading import is_folder
from app.system.translations import install_language


class Command(NamedTuple):
    """One command: what it is for, what it does with its options, and the options."""

    purpose: str
    act: Callable[[GivenOptions], int]
    options: tuple[Option, ...] = ()


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit status; raises nothing."""
    with only_way_out() as terminal:
        try:
            status = _run(arguments)
            terminal.deliver()
        except WrongUsage as error:
            return refuse(on_one_line(str(error)), tr("See: ubiquity-s3-setup --help"))
        except KeyboardInterrupt:
            tell(tr("Stopped."))
            return INTERRUPTED
        except ReaderLeft:
            return FAILED
        except OutputLost as lost:
            tell(tr("The output could not be written: {reason}.").format(reason=lost))
            return FAILED
        except (Exception, SystemExit) as error:  # noqa: BLE001 - the last resort
            from app.commands.last_resort import report_fault

            return report_fault(error)
        return status


def _run(arguments: Sequence[str]) -> int:
    # What programs read stays in the program's own words.
    install_language("en" if "--json" in arguments else "")
    name, *rest = arguments or [""]
    if name in {"-h", "--help"}:
        say(*_help())
        return 0
    if name == "--version":
        say(f"ubiquity-s3-setup {__version__}")
        return 0
    command = COMMANDS.get(name)
    if not arguments or name.partition("=")[0] == f"--{_SHARE.name}" or _is_file(name):
        return _wizard(parse((_FILES, _SHARE), arguments))
    if command is None:
        names = row(COMMANDS)
        sentence = tr("There is no command “{name}”. The commands are: {names}.")
        raise WrongUsage(sentence.format(name=name, names=names))
    if "--help" in rest or "-h" in rest:
        say(*usage(name, tr(command.purpose), command.options))
        return 0
    given = parse(command.options, rest)
    if name not in _OF_AN_ACCOUNT or any(each in given for each in _OF_FILES):
        return command.act(given)
    from app.commands.noted import noted

    return noted(name, lambda: command.act(given))


def _help() -> list[str]:
    return [
        tr("Sets up the connection between UbiQuity and your Amazon S3 bucket."),
        "",
        tr("Without a command the wizard opens; with --share its details are hidden."),
        tr("With files it opens these: details, a snapshot, a support bundle, an answer."),
        tr("The commands are:"),
        *(f"  {name:<11} {tr(command.purpose)}" for name, command in COMMANDS.items()),
        "",
        tr("“ubiquity-s3-setup COMMAND --help” tells the options of each."),
    ]


def _is_file(name: str) -> bool:
    """Tell whether a word names a file, as a double click on one gives it, and no command."""
    return name not in COMMANDS and (
        any(character in name for character in "./\\:") or os.path.exists(name)  # noqa: PTH110
    )


def _wizard(given: GivenOptions) -> int:
    files = operands_in(given, "files")
    for word in files:
        if not _is_file(word):
            raise WrongUsage(tr("“{word}” is not an option of this command.").format(word=word))
    return _window("real", files, share="share" in given)


def _window(
    kind: str, files: tuple[str, ...] = (), scenario: str | None = None, *, share: bool
) -> int:
    """Open the window, or bring the one of its ``kind`` to the front that is open already."""
    with loading():
        from app.bootstrap.wizard import run_wizard
        from app.system.one_instance import OneInstance, to_hand_over

    instance = OneInstance(kind)
    if instance.is_taken_over(to_hand_over(files, share=share)):
        return 0

    is_practice = kind != "real"
    return run_wizard(instance, practice=is_practice, scenario=scenario, share=share, files=files)


def _practice(given: GivenOptions) -> int:
    name = given.get("scenario")
    if name is not None:
        from app.commands.scenario import list_or_refuse

        status = list_or_refuse(name)
        if status is not None:
            return status
    kind = "practice" if name is None else f"practice {name}"
    return _window(kind, scenario=name, share="share" in given)


def _policies(given: GivenOptions) -> int:
    from app.commands.policies import print_policies

    return print_policies(
        given["draft"], given.get("format", "json"), given.get("out"), as_json="json" in given
    )


def _needs(given: GivenOptions) -> int:
    from app.commands.needs import print_needs

    return print_needs(given["draft"], given.get("how", "create"), as_json="json" in given)


def _check(given: GivenOptions) -> int:
    snapshot = given.get("snapshot")
    files = operands_in(given, "files")
    if files or (snapshot is not None and is_folder(snapshot)):
        return _check_files(files or (snapshot or "",), given)
    with loading():
        from app.commands.check import CheckSource, print_check
        from app.commands.sources import is_bundle

    if "draft" not in given and not (snapshot is not None and is_bundle(snapshot)):
        raise WrongUsage(tr("This is missing: {options}.").format(options="--draft FILE"))
    source = CheckSource(snapshot, given.get("block"), given.get("profile"))
    save_to = given.get("save-snapshot")
    return print_check(given.get("draft"), source, save_to, as_json="json" in given)


def _check_files(files: tuple[str, ...], given: GivenOptions) -> int:
    """Check support bundles: one that is named is told in full, of several each has a line."""
    with loading():
        from app.commands.check import CheckSource, print_check
        from app.commands.check_files import MOST_PROCESSES, print_checks
        from app.commands.output import complain, read_draft_at
        from app.core.formats.reading import InputProblem

    for name in ("block", "profile", *(("snapshot",) if "files" in given else ())):
        if name in given:
            sentence = tr("--{name} is for one check, and support bundles are given.")
            raise WrongUsage(sentence.format(name=name))
    save_to, as_json = given.get("save-snapshot"), "json" in given
    processes = _count(given.get("processes", "1"), MOST_PROCESSES)
    if len(files) == 1 and not is_folder(files[0]):
        source = CheckSource(snapshot_path=files[0])
        return print_check(given.get("draft"), source, save_to, as_json=as_json)
    if save_to is not None:
        raise WrongUsage(tr("--save-snapshot is for one check, and several are asked for."))
    file = read_draft_at(given["draft"]) if "draft" in given else None
    if isinstance(file, InputProblem):
        return complain(file.text)
    draft = file.draft if file else None
    return print_checks(files, draft, processes=processes, as_json=as_json)


def _count(text: str, most: int) -> int:
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 1 <= count <= most:
        sentence = tr("--processes should be a number from 1 to {most}.")
        raise WrongUsage(sentence.format(most=most))
    return count


def _test(given: GivenOptions) -> int:
    from app.commands.test import print_test

    return print_test(
        given["draft"],
        given.get("profile"),
        count="count" in given,
        with_calls="calls" in given,
        as_json="json" in given,
    )


def _plan(given: GivenOptions) -> int:
    from app.commands.plan import print_plan

    return print_plan(
        given["draft"], given.get("snapshot"), given.get("profile"), as_json="json" in given
    )


def _apply(given: GivenOptions) -> int:
    draft, profile = given.get("draft"), given.get("profile")
    if draft is None and "undo" not in given:
        raise WrongUsage(tr("This is missing: {options}.").format(options="--draft FILE"))
    from app.commands.manner import Manner

    manner = Manner(yes="yes" in given, as_json="json" in given)
    if draft is None or "undo" in given:
        from app.commands.undo import print_undo

        return print_undo(draft, profile, manner)
    from app.commands.apply import print_apply

    return print_apply(draft, profile, manner)


def _revoke(given: GivenOptions) -> int:
    from app.commands.manner import Manner
    from app.commands.revoke import print_revoke
    from app.core.choices import Choice, Choices, RevokeWay

    how = RevokeWay(given.get("how", "delete-role"))
    chosen = {Choice.END_SESSIONS} if "end-sessions" in given else set()
    manner = Manner(yes="yes" in given, as_json="json" in given)
    choices = Choices(frozenset(chosen))
    return print_revoke(given.get("draft"), given.get("profile"), how, choices, manner)


def _phrase(given: GivenOptions) -> int:
    from app.commands.phrase import print_phrases

    return print_phrases(given["draft"], as_json="json" in given)


def _explain(given: GivenOptions) -> int:
    from app.commands.explain import print_explanation

    return print_explanation(given["text"], as_json="json" in given)


def _tour(given: GivenOptions) -> int:
    scale = _scale(given.get("scale", "1"))
    from pathlib import Path

    from app.bootstrap.tour import run_tour

    out, screen = Path(given["out"]), _screen(given["screen"]) if "screen" in given else None
    return run_tour(out, dark="dark" in given, scale=scale, screen=screen, tell=say)


def _forget(_given: GivenOptions) -> int:
    from app.commands.forget import forget_sign_ins

    return forget_sign_ins()


def _self_check(given: GivenOptions) -> int:
    from app.commands.self_check import print_self_check

    return print_self_check(given.get("picture"), as_json="json" in given)


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 1.0 <= scale <= 4.0:
        raise WrongUsage(tr("--scale should be a number from 1 to 4."))
    return scale


def _screen(text: str) -> tuple[int, int]:
    """Return width and height in pixels, as in 1366x768."""
    sides = text.split("x")
    if len(sides) != 2 or not all(s.isascii() and s.isdigit() and len(s) < 6 for s in sides):
        raise WrongUsage(tr("--screen should be a width and a height, for example 1366x768."))
    return int(sides[0]), int(sides[1])


_DRAFT: Final = Option("draft", "FILE", required=True)
_PROFILE: Final = Option("profile", "NAME")
_YES: Final = Option("yes")
_JSON: Final = Option("json")
_SHARE: Final = Option("share")
_FILES: Final = Option("files", "FILE", operands=True)

_OF_AN_ACCOUNT: Final = ("check", "test", "plan", "apply", "revoke")
_OF_FILES: Final = ("files", "snapshot", "block")
"""The commands that ask AWS, unless they are given one of these."""

COMMANDS: Final = {
    "practice": Command(
        mark("the wizard on the practice AWS"), _practice, (Option("scenario", "NAME"), _SHARE)
    ),
    "policies": Command(
        mark("the documents for a draft"),
        _policies,
        (
            _DRAFT,
            Option(
                "format",
                "FORMAT",
                choices=(
                    *("json", "cloudformation", "terraform"),
                    *("bash", "powershell", "cloudshell", "html"),
                ),
            ),
            Option("out", "DIR"),
            _JSON,
        ),
    ),
    "needs": Command(
        mark("the permissions that a person needs to set up, revoke or check"),
        _needs,
        (_DRAFT, Option("how", "WAY", choices=("create", "revoke", "check")), _JSON),
    ),
    "check": Command(
        mark("what works, what is wrong, and who can mend it"),
        _check,
        (
            Option("files", "BUNDLE", operands=True),
            Option("draft", "FILE"),
            Option("snapshot", "FILE", excludes=("block", "profile")),
            Option("block", "FILE", excludes=("profile",)),
            _PROFILE,
            _JSON,
            Option("save-snapshot", "FILE"),
            Option("processes", "N"),
        ),
    ),
    "test": Command(
        mark("the live connection test; nothing is changed"),
        _test,
        (_DRAFT, _PROFILE, Option("count"), Option("calls"), _JSON),
    ),
    "plan": Command(
        mark("what would change in AWS for a draft; nothing is changed"),
        _plan,
        (_DRAFT, Option("snapshot", "FILE", excludes=("profile",)), _PROFILE, _JSON),
    ),
    "apply": Command(
        mark("make the changes for a draft, or take back those of the last set-up"),
        _apply,
        (Option("draft", "FILE"), _PROFILE, Option("undo"), _YES, _JSON),
    ),
    "revoke": Command(
        mark("take UbiQuity’s access away"),
        _revoke,
        (
            _PROFILE,
            Option("draft", "FILE"),
            Option("how", "WAY", choices=("delete-role", "change-trust")),
            Option("end-sessions"),
            _YES,
            _JSON,
        ),
    ),
    "phrase": Command(
        mark("three words each to compare the account and the UbiQuity Account ID by on a call"),
        _phrase,
        (_DRAFT, _JSON),
    ),
    "explain": Command(
        mark("the troubleshooting for an error that was pasted"),
        _explain,
        (Option("text", "TEXT", required=True, may_be_empty=True), _JSON),
    ),
    "tour": Command(
        mark("walk the window and save a picture of each page"),
        _tour,
        (
            Option("out", "DIR", required=True),
            Option("dark"),
            Option("scale", "FACTOR"),
            Option("screen", "WIDTHxHEIGHT"),
        ),
    ),
    "forget": Command(mark("delete the sign-ins that were kept on this computer"), _forget),
    "self-check": Command(
        mark("check this installation"), _self_check, (_JSON, Option("picture", "FILE"))
    ),
}
