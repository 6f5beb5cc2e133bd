"""Runs the scripts for other hands from every start, under bash with the real AWS CLI.

    nice .venv/bin/python -m tests.script_starts [--only TEXT] [--kills] [--part 1/2]

The CloudShell program and the bash script each begin from every start of the plan's tests and from
the account of every rehearsal, with and without a key in the draft; first with ``--check``. With
``--kills`` the script is killed (SIGKILL) after each of its calls from the one before its first
change to its last change, and run again. It prints a table, and what is wrong. Exit status 1 where
anything is.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from app.practice.server import PracticeAws
from tests.helpers.aws_cli import aws_cli
from tests.script_starts.episode import episode, killed
from tests.script_starts.shell import SCRIPTS, Shell
from tests.script_starts.starts import Start, every_start


def main() -> int:
    """Run what is asked for, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.script_starts")
    parser.add_argument("--script", choices=SCRIPTS)
    parser.add_argument("--only", default="", help="the starts in whose names this stands")
    parser.add_argument("--kills", action="store_true", help="kill it too, amid its changes")
    parser.add_argument("--no-check", action="store_true", help="don't run it with --check first")
    parser.add_argument("--part", default="1/1", help="one of several parts, as 1/2")
    asked = parser.parse_args()
    part, parts = map(int, asked.part.split("/"))
    starts = [start for start in every_start() if asked.only in start.name][part - 1 :: parts]
    counted: Counter[str] = Counter()
    with PracticeAws() as aws, aws_cli() as cli:
        for script in [asked.script] if asked.script else SCRIPTS:
            with tempfile.TemporaryDirectory(prefix="script-starts") as home:
                shell = Shell(script, cli, aws.endpoint_url, Path(home))
                for start in starts:
                    counted.update(
                        _row(aws, shell, start, looks=not asked.no_check, kills=asked.kills)
                    )
    print("; ".join(f"{number} {what}" for what, number in counted.items()))
    return 1 if counted["wrong"] else 0


def _row(aws: PracticeAws, shell: Shell, start: Start, *, looks: bool, kills: bool) -> Counter[str]:
    """Run the script from one start, print its row, and count it."""
    began = time.monotonic()
    alive = episode(aws, shell, start, looks=looks)
    wrong = [*alive.wrong, *(killed(aws, shell, start, alive) if kills else ())]
    seconds = time.monotonic() - began
    key = "with key" if any(entry.kms_key_arn for entry in alive.draft.buckets) else "no key"
    print(f"{shell.script:10} {start.name:28} {key:8} {alive.after.verdict:10} ", end="")
    print(f"made {len(alive.ended.made)}  {alive.ended.said[:110]}  ({seconds:.1f} s)")
    if alive.after.verdict is not alive.after.in_sight:
        print(f"    {alive.after.in_sight} but for the files and the organisation")
    for each in wrong:
        print(f"    WRONG: {each}")
    sys.stdout.flush()
    counted = Counter(("starts", alive.after.verdict))
    counted["kills"] = len(alive.ended.around_its_changes()) if kills else 0
    counted["wrong"] = len(wrong) > 0
    return counted


if __name__ == "__main__":
    sys.exit(main())
