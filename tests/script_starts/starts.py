"""From where the scripts are run: each start of the plan's tests, the account of each rehearsal."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.practice.account import Keys
from app.practice.people import Person
from app.practice.scenarios.scenario import Scenario, set_up
from app.practice.scenarios.scenario_list import scenario_codes, scenario_of
from app.practice.scenarios.sign_ins import WithKeys
from app.practice.scenarios.stage import LOCKED
from app.practice.server import PracticeAws
from tests.helpers.practice_starts import DRAFT, STARTS

_BESIDE_THE_ACCOUNT: Final = "env."
"""Rehearsals of the network on the way there: their account is an ordinary one."""


@dataclass(frozen=True)
class Stage:
    """An account that is set up: the draft, whoever is signed in, and what is to be closed."""

    draft: Draft
    keys: Keys
    props: ExitStack


@dataclass(frozen=True)
class Start:
    """A start by its ``name``.

    ``other_key``: its draft names no key where its own does, and a key where that does not.
    """

    name: str
    arrange: Callable[[PracticeAws], Stage]
    other_key: bool = False

    def begin(self, aws: PracticeAws) -> Stage:
        """Set the account up anew."""
        stage = self.arrange(aws)
        draft = with_other_key(stage.draft) if self.other_key else stage.draft
        return Stage(draft, stage.keys, stage.props)


def every_start() -> Iterator[Start]:
    """Yield all of them with their own draft, then all with or without a key, other than that."""
    starts = [Start(name, _practice_start(name)) for name in STARTS]
    for code in scenario_codes():
        scenario = scenario_of(code)
        assert scenario is not None
        starts.append(Start(code, _rehearsal(scenario)))
    yield from starts
    for start in starts:
        yield Start(start.name, start.arrange, other_key=True)


def _practice_start(name: str) -> Callable[[PracticeAws], Stage]:
    def arrange(aws: PracticeAws) -> Stage:
        aws.reset()
        STARTS[name](Person(aws.endpoint_url, aws.admin))
        return Stage(DRAFT, aws.admin, ExitStack())

    return arrange


def _rehearsal(scenario: Scenario) -> Callable[[PracticeAws], Stage]:
    def arrange(aws: PracticeAws) -> Stage:
        rehearsal = set_up(scenario, aws)
        aws.faults.silent = False  # the AWS CLI waits for a minute at each call, and tells that
        way = rehearsal.sign_in
        own = isinstance(way, WithKeys) and not scenario.code.startswith(_BESIDE_THE_ACCOUNT)
        keys = way.keys if own and isinstance(way, WithKeys) else aws.admin
        return Stage(rehearsal.draft, keys, rehearsal.props)

    return arrange


def with_other_key(draft: Draft) -> Draft:
    """Return the draft without its keys; with the encrypted bucket and its key, if it has none."""
    if any(entry.kms_key_arn for entry in draft.buckets):
        return replace(draft, buckets=tuple(replace(e, kms_key_arn=None) for e in draft.buckets))
    others: list[BucketEntry] = [e for e in draft.buckets if e.name != LOCKED.name]
    return replace(draft, buckets=(*others, LOCKED))
