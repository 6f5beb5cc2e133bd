"""The review's choices, what a sign-in lacks, and what earlier runs left."""

import asyncio
import json
from dataclasses import replace

from app.core.change import ChangeKind
from app.core.choices import Choice, Choices
from app.core.documents.policies import trust_policy
from app.core.fields.aws_settings import BucketSettings
from app.core.fields.form import DetailsForm, form_of
from app.core.planning.plan import plan
from app.core.sign_in import ByProfile
from app.flow.run.memory_journals import MemoryJournals
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import SetupState
from app.flow.wizard.store import SetupStore
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    PLAIN,
    REGION,
    untouched,
    whole,
)
from tests.helpers.fakes import REFUSED, FakeAccounts, FakeCustomer, Gate, signed_in
from tests.helpers.records import unkept

OTHER = "Zq7JBlwfjUOUcQjd5gt7vw"


class Scene:
    """A store with the details filled in, over a fake account."""

    def __init__(self, aws: FakeCustomer | None = None) -> None:
        self.aws = aws or FakeCustomer()
        self.journals = MemoryJournals()
        self.store = SetupStore(practice=True)
        self.store.fill(form_of(PLAIN))
        self.accounts = FakeAccounts(signed_in(self.aws))
        self.actions = SetupActions(self.store, self.accounts, unkept(self.journals))
        self.changes = self.actions.changes

    @property
    def state(self) -> SetupState:
        return self.store.state

    @property
    def run(self) -> Run:
        assert self.state.creation.run is not None
        return self.state.creation.run


def _shared() -> FakeCustomer:
    return FakeCustomer(whole(replace(PLAIN, database_id=OTHER)))


# Choices


def test_a_choice_is_planned_anew_from_what_was_read() -> None:
    scene = Scene(_shared())

    async def play() -> None:
        await scene.changes.prepare()
        scene.changes.choose(Choice.REPLACE_TRUST, on=True)
        await scene.changes.plan_anew()

    asyncio.run(play())
    chosen = Choices(frozenset({Choice.REPLACE_TRUST}))
    assert scene.run.choices == scene.state.choices == chosen
    assert scene.run.plan == plan(PLAIN, scene.aws.snapshot, chosen)
    assert OTHER not in json.dumps(scene.run.plan.changes[0].after)
    asyncio.run(scene.changes.create())
    assert scene.aws.snapshot.role.trust_policy == trust_policy(DATABASE_ID)


def test_the_newest_wish_counts() -> None:
    scene = Scene()

    async def play() -> None:
        await scene.changes.prepare()
        scene.changes.require(None, {"Owner": "me"}, "")
        planning = asyncio.create_task(scene.changes.plan_anew())
        await asyncio.sleep(0)
        assert scene.state.busy is not None
        scene.changes.require(None, {"Owner": "you"}, "For UbiQuity")
        await planning

    asyncio.run(play())
    assert scene.run.choices.tags == {"Owner": "you"}
    role = next(c for c in scene.run.plan.changes if c.kind is ChangeKind.CREATE_ROLE)
    assert role.settings["description"] == "For UbiQuity"
    assert scene.state.busy is None


def test_whoever_cancels_the_planning_gets_the_earlier_wishes_back() -> None:
    scene = Scene(_shared())

    async def play() -> None:
        await scene.changes.prepare()
        scene.changes.choose(Choice.REPLACE_TRUST, on=True)
        planning = asyncio.create_task(scene.changes.plan_anew())
        await asyncio.sleep(0)
        planning.cancel()
        await asyncio.gather(planning, return_exceptions=True)

    asyncio.run(play())
    assert scene.state.choices == scene.run.choices == Choices()
    assert scene.state.busy is None


def test_nothing_is_made_of_a_plan_that_is_not_that_of_the_wishes() -> None:
    scene = Scene(_shared())

    async def play() -> None:
        await scene.changes.prepare()
        scene.changes.choose(Choice.REPLACE_TRUST, on=True)
        await scene.changes.create()

    asyncio.run(play())
    assert scene.aws.applied == []
    asyncio.run(scene.changes.plan_anew())
    asyncio.run(scene.changes.create())
    assert scene.aws.applied_kinds == [ChangeKind.UPDATE_TRUST_POLICY]


# Earlier runs


def _cut_short(scene: Scene) -> None:
    scene.aws.failures = {ChangeKind.CREATE_ROLE: [REFUSED]}

    async def play() -> None:
        await scene.changes.prepare()
        await scene.changes.create()

    asyncio.run(play())


def test_a_run_that_was_cut_short_is_taken_up_with_its_own_details() -> None:
    first = Scene()
    _cut_short(first)
    again = Scene(first.aws)
    again.store.edit("database_id", OTHER)
    again.actions = SetupActions(
        again.store, FakeAccounts(signed_in(first.aws)), unkept(first.journals)
    )
    asyncio.run(again.actions.past.look_for_interrupted())
    assert again.state.past.interrupted is not None
    again.actions.past.take_up()
    assert (again.state.page, again.state.draft) == ("create", PLAIN)
    asyncio.run(again.actions.changes.runs.go_on())
    assert again.run.is_complete
    assert plan(PLAIN, first.aws.snapshot).changes == ()


def test_a_new_run_leaves_the_one_before_as_it_stands() -> None:
    scene = Scene()
    _cut_short(scene)

    async def play() -> None:
        await scene.changes.prepare()
        await scene.changes.create()
        await scene.actions.past.look_for_interrupted()

    asyncio.run(play())
    assert scene.run.is_complete
    assert scene.state.past.interrupted is None
    # Both can be undone, the later first.
    for _ in range(2):
        asyncio.run(scene.actions.past.look_for_undoable())
        assert scene.state.past.undoable is not None
        scene.actions.revoking.runs.take_up(scene.state.past.undoable)
        asyncio.run(scene.actions.revoking.runs.undo())
    asyncio.run(scene.actions.past.look_for_undoable())
    assert scene.state.past.undoable is None
    assert scene.aws.snapshot.role == untouched(PLAIN).role
    assert scene.aws.snapshot.customer_policy == untouched(PLAIN).customer_policy


def test_a_run_is_left_for_good() -> None:
    scene = Scene()
    _cut_short(scene)
    asyncio.run(scene.changes.runs.leave())
    assert scene.state.creation.run is None
    asyncio.run(scene.actions.past.look_for_interrupted())
    assert scene.state.past.interrupted is None
    assert scene.journals.last_to_undo(ACCOUNT) is None


def test_the_practice_account_afresh_forgets_its_runs() -> None:
    scene = Scene()
    _cut_short(scene)
    asyncio.run(scene.actions.reset_practice())
    asyncio.run(scene.actions.past.look_for_interrupted())
    assert scene.state.past.interrupted is None
    assert scene.state.past.undoable is None
    assert scene.journals.unfinished(ACCOUNT) is None


# What somebody stopped


def test_a_reading_that_was_stopped_is_said_until_the_next() -> None:
    scene = Scene()
    scene.aws.gate = gate = Gate()

    async def play() -> None:
        reading = asyncio.create_task(scene.changes.prepare())
        await gate.arrival()
        assert not scene.state.reading_stopped
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        assert (scene.state.reading_stopped, scene.state.busy) == (True, None)
        gate.open()
        await scene.changes.prepare()

    asyncio.run(play())
    assert not scene.state.reading_stopped
    assert scene.run.plan.changes


def test_a_sign_in_that_was_stopped_leaves_who_was_signed_in() -> None:
    scene = Scene()
    asyncio.run(scene.changes.prepare())
    scene.accounts.gate = gate = Gate()

    async def play() -> None:
        signing_in = asyncio.create_task(scene.actions.account.sign_in(ByProfile()))
        await gate.arrival()
        signing_in.cancel()
        await asyncio.gather(signing_in, return_exceptions=True)
        assert "signed in as before" in scene.state.stopped
        gate.open()
        await scene.actions.account.sign_in(ByProfile())

    asyncio.run(play())
    assert scene.state.stopped == ""
    assert scene.state.signed_in is not None


def test_who_is_quicker_than_aws_gets_the_key_that_follows_from_the_bucket() -> None:
    """Next was pressed before AWS had told how the bucket is encrypted."""
    aws = FakeCustomer(untouched(ENCRYPTED))
    aws.settings[BUCKET] = BucketSettings(region=REGION, is_key_told=True, key_arn=KEY_ARN)
    scene = Scene(aws)

    async def play() -> None:
        await scene.actions.account.sign_in(ByProfile())
        scene.store.fill(DetailsForm())
        for field, text in (
            ("account_id", ACCOUNT),
            ("database_id", DATABASE_ID),
            ("buckets[0].name", BUCKET),
            ("buckets[0].region", REGION),
        ):
            scene.store.edit(field, text)
        await scene.changes.prepare()

    asyncio.run(play())
    assert scene.state.draft == ENCRYPTED
    assert scene.run.plan == plan(ENCRYPTED, aws.snapshot)
    assert ChangeKind.PUT_KEY_POLICY in {change.kind for change in scene.run.plan.changes}
    asyncio.run(scene.changes.prepare())
    assert aws.asked_about == [(BUCKET, None)]  # once
