"""A script run from one start, and what is wrong with that."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.draft import Draft
from app.practice.server import PracticeAws
from tests.script_starts.judging import Truth, truth, whole_account, wrongs, wrongs_of_check
from tests.script_starts.shell import Ended, Shell
from tests.script_starts.starts import Start


@dataclass(frozen=True)
class Episode:
    """How a run from a start ended: the account after it, and what is wrong."""

    draft: Draft
    ended: Ended
    after: Truth
    wrong: list[str]


def episode(aws: PracticeAws, shell: Shell, start: Start, *, looks: bool) -> Episode:
    """Run the script to its end, where it ``looks`` with ``--check`` before."""
    stage = start.begin(aws)
    with stage.props:
        draft, keys = stage.draft, stage.keys
        before = whole_account(aws)
        checked = shell.run(draft, keys, check=True) if looks else None
        seen = whole_account(aws)
        planned = truth(aws, draft, keys).left_to_do
        ended = shell.run(draft, keys)
        after = truth(aws, draft, keys)
        wrong = list(wrongs(shell.script, ended, draft, seen, after))
        if ended.made and not planned:
            wrong.append(f"it made {ended.made}, where the plan makes nothing")
        if checked is not None:
            same = before == seen
            wrong += wrongs_of_check(shell.script, checked, draft, same, after, ended)
    return Episode(draft, ended, after, wrong)


def killed(aws: PracticeAws, shell: Shell, start: Start, alive: Episode) -> Iterator[str]:
    """Kill it after each call amid its changes, run it again; yield where that ends otherwise."""
    for number in alive.ended.around_its_changes():
        stage = start.begin(aws)
        with stage.props:
            first = shell.run(stage.draft, stage.keys, killed_after=number)
            again = shell.run(stage.draft, stage.keys)
            if first.status == 0 or whole_account(aws) != alive.after.account:
                yield f"killed after call {number}, {first.calls[-1]}: {again.said}"
