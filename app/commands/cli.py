"""The command line: a second face of the flows that the window shows.

The commands and their outputs are an interface (formats.md). The exit status is 0 as wished, 1
when a step failed, 2 when the input is wrong and 3 when the program itself failed: in both,
standard error has one clear message; for the former, and with ``--json``, standard output stays
empty.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from app import __version__
from app.commands.exit_status import FAILED, INTERRUPTED
from app.commands.loading import loading
from app.commands.options import Given, Option, WrongUsage, parse, usage
from app.commands.output import refuse, say, tell
from app.commands.terminal import OutputLost, ReaderLeft, only_way_out
from app.core.formats.reading import on_one_line
from app.core.i18n import mark, tr


class Command(NamedTuple):
    """One command: what it is for, what it does with its options, and the options."""

    purpose: str
    act: Callable[[Given], int]
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
    if not arguments:
        return _wizard({})
    name, *rest = arguments
    if name in {"-h", "--help"}:
        say(*_help())
        return 0
    if name == "--version":
        say(f"ubiquity-s3-setup {__version__}")
        return 0
    command = COMMANDS.get(name)
    if command is None:
        names = ", ".join(COMMANDS)
        sentence = tr("There is no command “{name}”. The commands are: {names}.")
        raise WrongUsage(sentence.format(name=name, names=names))
    if "--help" in rest or "-h" in rest:
        say(*usage(name, tr(command.purpose), command.options))
        return 0
    return command.act(parse(command.options, rest))


def _help() -> list[str]:
    return [
        tr("Sets up the connection between UbiQuity and your Amazon S3 bucket."),
        "",
        tr("Without a command the wizard opens. The commands are:"),
        *(f"  {name:<11} {tr(command.purpose)}" for name, command in COMMANDS.items()),
        "",
        tr("“ubiquity-s3-setup COMMAND --help” tells the options of each."),
    ]


def _wizard(_given: Given) -> int:
    from app.bootstrap import run_wizard

    return run_wizard(practice=False)


def _practice(given: Given) -> int:
    name = given.get("scenario")
    if name is not None:
        from app.commands.scenario import list_or_refuse

        status = list_or_refuse(name)
        if status is not None:
            return status
    from app.bootstrap import run_wizard

    return run_wizard(practice=True, scenario=name)


def _policies(given: Given) -> int:
    from app.commands.policies import print_policies

    return print_policies(
        given["draft"], given.get("format", "json"), given.get("out"), as_json="json" in given
    )


def _needs(given: Given) -> int:
    from app.commands.needs import print_needs

    return print_needs(given["draft"], given.get("how", "create"), as_json="json" in given)


def _check(given: Given) -> int:
    with loading():
        from app.commands.check import CheckSource, print_check

    source = CheckSource(given.get("snapshot"), given.get("block"), given.get("profile"))
    return print_check(given["draft"], source, given.get("save-snapshot"), as_json="json" in given)


def _plan(given: Given) -> int:
    from app.commands.plan import print_plan

    return print_plan(
        given["draft"], given.get("snapshot"), given.get("profile"), as_json="json" in given
    )


def _apply(given: Given) -> int:
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


def _revoke(given: Given) -> int:
    from app.commands.manner import Manner
    from app.commands.revoke import print_revoke
    from app.core.choices import Choice, Choices, RevokeWay

    how = RevokeWay(given.get("how", "delete-role"))
    chosen = {Choice.END_SESSIONS} if "end-sessions" in given else set()
    manner = Manner(yes="yes" in given, as_json="json" in given)
    choices = Choices(frozenset(chosen))
    return print_revoke(given.get("draft"), given.get("profile"), how, choices, manner)


def _explain(given: Given) -> int:
    from app.commands.explain import print_explanation

    return print_explanation(given["text"], as_json="json" in given)


def _tour(given: Given) -> int:
    scale = _scale(given.get("scale", "1"))
    from pathlib import Path

    from app.bootstrap import run_tour

    out, screen = Path(given["out"]), _screen(given["screen"]) if "screen" in given else None
    return run_tour(out, dark="dark" in given, scale=scale, screen=screen, tell=say)


def _self_check(given: Given) -> int:
    from app.commands.self_check import print_self_check

    return print_self_check(as_json="json" in given)


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

COMMANDS: Final = {
    "practice": Command(
        mark("the wizard on the practice AWS"), _practice, (Option("scenario", "NAME"),)
    ),
    "policies": Command(
        mark("the documents for a draft"),
        _policies,
        (
            _DRAFT,
            Option("format", "FORMAT", choices=("json", "bash", "powershell", "html")),
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
            _DRAFT,
            Option("snapshot", "FILE", excludes=("block", "profile")),
            Option("block", "FILE", excludes=("profile",)),
            _PROFILE,
            _JSON,
            Option("save-snapshot", "FILE"),
        ),
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
    "self-check": Command(mark("check this installation"), _self_check, (_JSON,)),
}
