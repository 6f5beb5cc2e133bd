"""The command line: a second face of the flows that the window shows.

The commands and their outputs are an interface (formats.md). The exit status is 0 as wished, 1
when a step failed, 2 when the input is wrong: then standard output stays empty and standard
error has one clear message.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.core.i18n import tr

WRONG_INPUT: Final = 2


class WrongUsage(Exception):  # noqa: N818 - a wish that can't be fulfilled, not a fault
    """The command line can't be understood; the message is the whole sentence."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose mistakes are one clear message instead of a usage dump."""

    def error(self, message: str) -> "None":  # type: ignore[override]
        """Raise instead of exiting."""
        raise WrongUsage(message)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit status."""
    try:
        parsed = _parser().parse_args(arguments)
        status: int = parsed.run(parsed)
    except WrongUsage as error:
        text = tr("{problem}\nSee: ubiquity-s3-setup --help")
        print(text.format(problem=error), file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        print(tr("Stopped."), file=sys.stderr)
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="ubiquity-s3-setup",
        description=tr("Sets up the connection between UbiQuity and your Amazon S3 bucket."),
        allow_abbrev=False,
    )
    parser.set_defaults(run=_wizard)
    commands = parser.add_subparsers(title=tr("commands"), metavar="", parser_class=Parser)

    practice = commands.add_parser("practice", help=tr("the wizard on the practice AWS"))
    practice.set_defaults(run=_practice)

    policies = commands.add_parser("policies", help=tr("the documents for a draft"))
    policies.add_argument("--draft", required=True, type=Path, metavar="FILE")
    policies.add_argument("--format", choices=("json",), dest="form")
    policies.add_argument("--json", action="store_true")
    policies.add_argument("--out", type=Path, metavar="DIR")
    policies.set_defaults(run=_policies)

    _add_check(commands)

    tour = commands.add_parser("tour", help=tr("walk the window and save a picture of each page"))
    tour.add_argument("--out", required=True, type=Path, metavar="DIR")
    tour.add_argument("--dark", action="store_true")
    tour.add_argument("--scale", type=_scale, default=1.0)
    tour.set_defaults(run=_tour)

    check = commands.add_parser("self-check", help=tr("check this installation"))
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_self_check)
    return parser


def _add_check(commands: "argparse._SubParsersAction[Parser]") -> None:
    check = commands.add_parser("check", help=tr("what works, what is wrong, and who can mend it"))
    check.add_argument("--draft", required=True, type=Path, metavar="FILE")
    source = check.add_mutually_exclusive_group()
    source.add_argument("--snapshot", type=Path, metavar="FILE")
    source.add_argument("--profile", metavar="NAME")
    check.add_argument("--json", action="store_true")
    check.add_argument("--save-snapshot", type=Path, metavar="FILE")
    check.set_defaults(run=_check)

    explain = commands.add_parser("explain", help=tr("the troubleshooting for a pasted error"))
    explain.add_argument("--text", required=True, metavar="TEXT")
    explain.add_argument("--json", action="store_true")
    explain.set_defaults(run=_explain)


def _scale(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 1.0 <= value <= 4.0:
        raise argparse.ArgumentTypeError(tr("the scale should be a number from 1 to 4"))
    return value


def _wizard(_parsed: argparse.Namespace) -> int:
    from app.bootstrap import run_wizard

    return run_wizard(practice=False)


def _practice(_parsed: argparse.Namespace) -> int:
    from app.bootstrap import run_wizard

    return run_wizard(practice=True)


def _policies(parsed: argparse.Namespace) -> int:
    from app.commands.policies import print_policies

    return print_policies(parsed.draft, parsed.out)


def _check(parsed: argparse.Namespace) -> int:
    from app.commands.check import print_check

    return print_check(
        parsed.draft, parsed.snapshot, parsed.profile, parsed.save_snapshot, as_json=parsed.json
    )


def _explain(parsed: argparse.Namespace) -> int:
    from app.commands.explain import print_explanation

    return print_explanation(parsed.text, as_json=parsed.json)


def _tour(parsed: argparse.Namespace) -> int:
    from app.bootstrap import run_tour

    return run_tour(parsed.out, dark=parsed.dark, scale=parsed.scale)


def _self_check(parsed: argparse.Namespace) -> int:
    from app.commands.self_check import print_self_check

    return print_self_check(as_json=parsed.json)
