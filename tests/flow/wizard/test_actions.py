"""The actions of the set-up over fakes of AWS: what they do, and what they tell meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest

from app.core.call_record import CallOutcome, CallRecord
from app.core.change import ChangeKind
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.fields.form import DetailsForm, form_of
from app.core.guide import POLICY_NAME, ROLE_NAME, UBIQUITY_ACCOUNT
from app.core.observation import (
    Identity,
    Observation,
    ObservationSource,
    ObservedOutcome,
)
from app.core.planning.plan import plan
from app.core.report import Evidence
from app.core.sign_in import ByProfile
from app.core.snapshot import CustomerPolicy, PolicyDocument, RoleFacts, Snapshot, State
from app.core.told.answer import ToldAnswer
from app.flow.call_log import tell_of
from app.flow.connection.checks import CheckKind, CheckState
from app.flow.connection.watch import WatchState
from app.flow.ports.accounts import SignedIn
from app.flow.ports.aws import ListedPage, Visit, Visits
from app.flow.run.guide_steps import STEP_CHANGES
from app.flow.run.progress import ChangeState
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.connection_state import Connection, Watch
from app.flow.wizard.state import Method, SetupState
from app.flow.wizard.store import SetupStore
from app.flow.wizard.ubiquity_answer import UbiquityAnswer
from tests.helpers.drafts import (
    BUCKET,
    ENCRYPTED,
    MOMENT,
    PLAIN,
    POLICY_ARN,
    ROLE_ARN,
    role_facts,
    untouched,
    whole,
)
from tests.helpers.fakes import (
    DENIED,
    NO_BUCKET,
    NOT_THERE,
    OFFLINE,
    REFUSED,
    FakeAccounts,
    FakeCustomer,
    FakeRoleSession,
    FakeUbiquity,
    Gate,
    signed_in,
)
from tests.helpers.records import unkept

STRANGER: Final = "210987654321"
STEPS: Final = ("role", "trust", "permissions")
UNDER_A_PATH: Final = ROLE_ARN.replace("role/", "role/data/")


class Scene:
    """A store with the details filled in, over a fake account."""

    def __init__(
        self,
        draft: Draft = ENCRYPTED,
        *,
        snapshot: Snapshot | None = None,
        ubiquity: FakeUbiquity | None = None,
        practice: bool = True,
    ) -> None:
        self.draft = draft
        self.aws = FakeCustomer(untouched(draft) if snapshot is None else snapshot)
        self.ubiquity = ubiquity or FakeUbiquity([DENIED])
        self.accounts = FakeAccounts(signed_in(self.aws, self.ubiquity), practice=practice)
        self.store = SetupStore(practice=practice)
        self.store.fill(form_of(draft))
        self.actions = SetupActions(self.store, self.accounts, unkept())
        self.seen: list[SetupState] = []
        self.store.subscribe(self.seen.append)

    @property
    def state(self) -> SetupState:
        return self.store.state

    @property
    def failure(self) -> AwsFailure | None:
        return self.state.failure

    def verify_no_failure(self) -> None:
        assert self.state.failure is None

    @property
    def busy(self) -> str | None:
        return self.state.busy

    def signs_in_with(self, *answers: SignedIn | AwsFailure) -> None:
        """Take other answers to the coming sign-ins."""
        self.accounts = FakeAccounts(*answers, practice=self.accounts.practice)
        self.actions = SetupActions(self.store, self.accounts, unkept())

    def run(self, *actions: Callable[[], Coroutine[None, None, object]]) -> None:
        """Run actions one after the other; none may leave the window busy."""

        async def all_of_them() -> None:
            for action in actions:
                await action()
                assert self.busy is None

        asyncio.run(all_of_them())

    def words(self) -> list[str]:
        """Return what was said to be done, each once."""
        return list(dict.fromkeys(state.busy for state in self.seen if state.busy))


def works(draft: Draft) -> FakeUbiquity:
    """Return UbiQuity's identity for which everything works, once."""
    pages = {(entry.name, entry.prefix): [ListedPage(3)] for entry in draft.buckets}
    return FakeUbiquity([FakeRoleSession(pages)])


# Regions


def test_regions_are_loaded() -> None:
    scene = Scene()
    scene.run(scene.actions.load_regions)
    assert "ap-southeast-2" in scene.store.known_regions


# Signing in


def test_signing_in() -> None:
    scene = Scene()
    scene.run(lambda: scene.actions.account.sign_in(ByProfile("work")))
    assert scene.accounts.asked == [ByProfile("work")]
    assert scene.state.signed_in is not None
    assert scene.words() == ["Signing in to AWS"]


def test_a_sign_in_that_fails_and_then_works() -> None:
    scene = Scene()
    expired = AwsFailure("sts:GetCallerIdentity", "ExpiredToken", "x", finding="signin.expired")
    scene.signs_in_with(expired, signed_in(scene.aws))
    scene.run(lambda: scene.actions.account.sign_in(ByProfile("work")))
    assert (scene.failure, scene.state.signed_in) == (expired, None)
    scene.run(lambda: scene.actions.account.sign_in(ByProfile("work")))
    scene.verify_no_failure()
    assert scene.state.signed_in is not None


# Reading and planning


def test_preparing_reads_and_plans() -> None:
    scene = Scene()
    scene.run(scene.actions.changes.prepare)
    creation = scene.state.creation.run
    assert creation is not None
    assert creation.plan == plan(ENCRYPTED, scene.aws.snapshot)
    assert len(creation.plan.changes) == 4
    assert not creation.finished
    assert scene.words() == ["Signing in to AWS", "Reading the practice account"]


def test_preparing_where_everything_is_there() -> None:
    scene = Scene(snapshot=whole(ENCRYPTED), practice=False)
    scene.run(scene.actions.changes.prepare)
    assert scene.state.creation.run is not None
    assert scene.state.creation.run.finished
    assert scene.words()[-1] == "Reading your AWS account"


def test_preparing_needs_details() -> None:
    scene = Scene()
    scene.store.fill(DetailsForm())
    scene.run(scene.actions.changes.prepare)
    assert scene.state.creation.run is None
    assert scene.accounts.asked == []


def test_the_wrong_account_is_told_and_nothing_read() -> None:
    scene = Scene()
    scene.signs_in_with(signed_in(scene.aws, account=STRANGER), signed_in(scene.aws))
    scene.run(scene.actions.changes.prepare)
    failure = scene.failure
    assert failure is not None
    assert failure.finding == "signin.wrong-account"
    assert dict(failure.params) == {"expected": ENCRYPTED.account_id, "found": STRANGER}
    assert scene.state.creation.run is None
    scene.run(
        lambda: scene.actions.account.sign_in(ByProfile("right")), scene.actions.changes.prepare
    )
    scene.verify_no_failure()
    assert scene.state.creation.run is not None


def test_a_sign_in_that_fails_leaves_no_plan() -> None:
    scene = Scene()
    scene.signs_in_with(OFFLINE, signed_in(scene.aws))
    scene.run(scene.actions.changes.prepare)
    assert (scene.failure, scene.state.creation.run) == (OFFLINE, None)
    scene.run(scene.actions.changes.prepare)
    scene.verify_no_failure()
    assert scene.state.creation.run is not None


def unreachable(draft: Draft, code: str) -> Snapshot:
    """Return what a reading without an answer comes to."""
    tried = Observation(
        MOMENT,
        Identity.CUSTOMER,
        "sts:GetCallerIdentity",
        ObservedOutcome.FAILED,
        code=code,
        message="no answer",
    )
    return replace(
        untouched(draft),
        role=RoleFacts(State.UNREADABLE),
        customer_policy=CustomerPolicy(State.UNREADABLE),
        observations=(tried,),
    )


def test_what_could_not_be_read_for_want_of_a_network_is_no_want_of_permission() -> None:
    scene = Scene(PLAIN, snapshot=unreachable(PLAIN, "EndpointConnectionError"))
    scene.run(scene.actions.changes.prepare)
    assert scene.failure is not None
    assert scene.failure.finding == "env.offline"
    scene.aws.snapshot = untouched(PLAIN)
    scene.run(scene.actions.changes.prepare)
    assert obstacles(scene) == []
    scene.verify_no_failure()


def test_what_may_not_be_read_is_named_alone() -> None:
    scene = Scene(PLAIN, snapshot=unreachable(PLAIN, "AccessDenied"))
    scene.run(scene.actions.changes.prepare)
    scene.verify_no_failure()
    assert set(obstacles(scene)) == {"check.unreadable", "signin.not-allowed"}


def obstacles(scene: Scene) -> list[str]:
    creation = scene.state.creation.run
    assert creation is not None
    return [obstacle.code for obstacle in creation.plan.cannot_mend]


# Creating


def test_creating_everything() -> None:
    scene = Scene()
    scene.run(scene.actions.changes.prepare, scene.actions.changes.create)
    creation = scene.state.creation.run
    assert creation is not None
    assert (creation.finished, creation.running, creation.stopped) == (True, False, False)
    assert [row.state for row in creation.progress] == [ChangeState.DONE] * 4
    assert plan(ENCRYPTED, scene.aws.snapshot).changes == ()
    assert any(state.creation.run and state.creation.run.running for state in scene.seen)
    assert scene.words()[-1] == "Making the changes"


def test_a_failure_half_way_then_reading_again_and_the_rest() -> None:
    scene = Scene()
    scene.aws.failures[ChangeKind.CREATE_ROLE] = [REFUSED]
    scene.run(scene.actions.changes.prepare, scene.actions.changes.create)
    creation = scene.state.creation.run
    assert creation is not None
    assert not creation.finished
    assert [row.state for row in creation.progress][:2] == [ChangeState.DONE, ChangeState.FAILED]
    scene.run(scene.actions.changes.prepare, scene.actions.changes.create)
    assert scene.state.creation.run is not None
    assert scene.state.creation.run.finished
    assert len(scene.state.creation.run.plan.changes) == 3


def test_creating_needs_a_plan_and_a_sign_in() -> None:
    scene = Scene()
    scene.run(scene.actions.changes.create)
    assert scene.aws.applied == []
    scene.run(scene.actions.changes.prepare)
    scene.store.change(lambda state: replace(state, signed_in=None))
    scene.run(scene.actions.changes.create)
    assert scene.aws.applied == []


def test_what_can_be_mended_is_whatever_else_stands_in_the_way() -> None:
    elsewhere = replace(role_facts(trust_policy(PLAIN.database_id)), arn=UNDER_A_PATH, path="/x/")
    scene = Scene(PLAIN, snapshot=replace(untouched(PLAIN), role=elsewhere))
    scene.run(scene.actions.changes.prepare)
    assert "role.path" in obstacles(scene)
    scene.run(scene.actions.changes.create)
    assert set(scene.aws.applied_kinds) <= {ChangeKind.CREATE_POLICY}
    # Once the role is gone, the rest is made.
    scene.aws.snapshot = untouched(PLAIN)
    scene.run(scene.actions.changes.prepare, scene.actions.changes.create)
    assert obstacles(scene) == []
    assert plan(PLAIN, scene.aws.snapshot).changes == ()


def test_an_old_test_counts_no_more_once_something_is_changed() -> None:
    scene = Scene(ubiquity=works(ENCRYPTED))
    scene.run(scene.actions.connection.test)
    assert scene.state.connection.result is not None
    scene.run(scene.actions.changes.prepare, scene.actions.changes.create)
    assert scene.state.connection.result is None


async def while_held(
    scene: Scene, action: Callable[[], Coroutine[None, None, object]], then: Callable[[], object]
) -> asyncio.Task[object]:
    """Begin ``action``, hold it at its first call of AWS, do ``then`` and let it go on."""
    scene.aws.gate = scene.ubiquity.gate = gate = Gate()
    task = asyncio.create_task(action())
    await gate.arrival()
    assert scene.busy is not None
    then()
    gate.open()
    return task


async def ended(task: Awaitable[object]) -> None:
    with pytest.raises(asyncio.CancelledError):
        await task


def test_stopping() -> None:
    scene = Scene()
    assert not scene.actions.stop()

    async def play() -> None:
        await scene.actions.changes.prepare()
        await (await while_held(scene, scene.actions.changes.create, scene.actions.stop))

    asyncio.run(play())
    creation = scene.state.creation.run
    assert creation is not None
    assert (creation.stopped, creation.finished, creation.running) == (True, False, False)
    assert [row.state for row in creation.progress].count(ChangeState.NOT_DONE) == 3
    assert "Stopping once the present change has ended" in scene.words()
    assert not scene.actions.stop()
    # Gone on with, the rest is made.
    scene.aws.gate = None
    scene.run(scene.actions.changes.prepare, scene.actions.changes.create)
    assert scene.state.creation.run is not None
    assert (scene.state.creation.run.stopped, scene.state.creation.run.finished) == (False, True)


ACTIONS: Final[dict[str, Callable[[SetupActions], Coroutine[None, None, object]]]] = {
    "prepare": lambda actions: actions.changes.prepare(),
    "create": lambda actions: actions.changes.create(),
    "step": lambda actions: actions.do_step("permissions"),
    "all steps": lambda actions: actions.do_all_steps(),
    "test": lambda actions: actions.connection.test(),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_a_cancelled_action_leaves_nothing_busy(name: str) -> None:
    scene = Scene(ubiquity=works(ENCRYPTED))

    async def play() -> None:
        await scene.actions.changes.prepare()
        action = ACTIONS[name]
        scene.aws.gate = scene.ubiquity.gate = gate = Gate()
        task = asyncio.create_task(action(scene.actions))
        await gate.arrival()
        assert scene.busy is not None
        task.cancel()
        await ended(task)

    asyncio.run(play())
    assert scene.busy is None
    assert scene.state.creation.run is None or not scene.state.creation.run.running
    result = scene.state.connection.result
    assert result is None or not result.finished
    assert scene.state.connection.stopped is (name == "test")
    assert scene.state.creation.done == frozenset()
    # And it can be done after all.
    scene.aws.gate = scene.ubiquity.gate = None
    action = ACTIONS[name]
    scene.run(scene.actions.changes.prepare, lambda: action(scene.actions))
    scene.verify_no_failure()


# The guide's steps in the practice AWS


def test_step_by_step() -> None:
    scene = Scene()
    scene.store.choose_method(Method.CONSOLE)
    for number, page in enumerate(STEPS, start=1):
        scene.run(lambda page=page: scene.actions.do_step(page))  # type: ignore[misc]
        assert scene.state.creation.done == set(STEPS[:number])
    assert plan(ENCRYPTED, scene.aws.snapshot).changes == ()
    assert scene.aws.applied_kinds == [
        ChangeKind.CREATE_ROLE,
        ChangeKind.CREATE_POLICY,
        ChangeKind.ATTACH_POLICY,
        ChangeKind.PUT_KEY_POLICY,
    ]
    assert "Doing this step in the practice AWS" in scene.words()


def test_all_steps_at_once() -> None:
    scene = Scene()
    scene.run(scene.actions.do_all_steps)
    assert scene.state.creation.done == set(STEP_CHANGES)
    assert plan(ENCRYPTED, scene.aws.snapshot).changes == ()


@pytest.mark.parametrize("page", ["trust", "permissions"])
def test_a_step_does_what_an_earlier_one_left_undone(page: str) -> None:
    scene = Scene(PLAIN)
    scene.run(lambda: scene.actions.do_step(page))
    assert scene.state.creation.done == {page}
    assert scene.aws.snapshot.role.state is State.FOUND
    assert scene.aws.snapshot.role.trust_policy == trust_policy(PLAIN.database_id)
    if page == "permissions":
        assert plan(PLAIN, scene.aws.snapshot).changes == ()


@pytest.mark.parametrize(
    ("there", "blocked", "code", "target"),
    [
        (
            {"role": replace(role_facts(trust_policy(PLAIN.database_id)), arn=UNDER_A_PATH)},
            STEPS,
            "role.path",
            UNDER_A_PATH,
        ),
        ({"role": RoleFacts(State.UNREADABLE)}, STEPS, "check.unreadable", ROLE_ARN),
    ],
)
def test_what_stands_in_the_way_of_a_step(
    there: dict[str, object], blocked: tuple[str, ...], code: str, target: str
) -> None:
    taken = replace(untouched(PLAIN), **there)  # type: ignore[arg-type]
    for page in STEPS:
        scene = Scene(PLAIN, snapshot=taken)
        scene.run(lambda page=page, scene=scene: scene.actions.do_step(page))  # type: ignore[misc]
        failure = scene.failure
        if page not in blocked:
            assert failure is None
            assert scene.state.creation.done == {page}
            continue
        assert failure is not None
        assert (failure.finding, failure.message) == (code, target)
        assert scene.state.creation.done == frozenset()
        assert scene.aws.applied == []
        # Cleared away, the step can be done.
        scene.aws.snapshot = untouched(PLAIN)
        scene.run(lambda page=page, scene=scene: scene.actions.do_step(page))  # type: ignore[misc]
        scene.verify_no_failure()
        assert scene.state.creation.done == {page}


def test_all_steps_stop_at_the_first_that_fails() -> None:
    scene = Scene(PLAIN)
    scene.aws.failures[ChangeKind.CREATE_POLICY] = [REFUSED]
    scene.run(scene.actions.do_all_steps)
    assert scene.failure == REFUSED
    assert scene.state.creation.done == {"role", "trust"}
    scene.run(scene.actions.do_all_steps)
    scene.verify_no_failure()
    assert scene.state.creation.done == set(STEPS)


def test_a_step_in_the_wrong_account() -> None:
    scene = Scene(PLAIN)
    scene.signs_in_with(signed_in(scene.aws, account=STRANGER))
    scene.run(scene.actions.do_all_steps)
    assert scene.failure is not None
    assert scene.failure.finding == "signin.wrong-account"
    assert (scene.aws.applied, scene.state.creation.done) == ([], frozenset())


def test_starting_the_practice_account_afresh() -> None:
    scene = Scene(PLAIN, ubiquity=works(PLAIN))
    scene.run(
        scene.actions.changes.prepare, scene.actions.changes.create, scene.actions.do_all_steps
    )
    scene.run(scene.actions.connection.test, scene.actions.reset_practice)
    state = scene.state
    assert scene.accounts.resets == 1
    assert (state.creation.run, state.connection.result, state.creation.done, state.signed_in) == (
        None,
        None,
        frozenset(),
        None,
    )
    assert state.draft == PLAIN


# Testing


def as_support(ubiquity: FakeUbiquity) -> Scene:
    """Return the scene as UbiQuity's support, who can't read the customer's account."""
    scene = Scene(ubiquity=ubiquity, practice=False)
    sign_in = signed_in(FakeCustomer(), ubiquity, UBIQUITY_ACCOUNT)
    scene.store.change(lambda state: replace(state, signed_in=sign_in))
    return scene


def test_a_test_that_works() -> None:
    scene = as_support(works(ENCRYPTED))
    scene.run(scene.actions.connection.test)
    assert scene.state.connection.result is not None
    assert scene.state.connection.result.worked
    assert scene.words() == ["Testing the connection"]
    shown = [state.connection.result for state in scene.seen if state.connection.result]
    assert len(shown) > 3
    assert not shown[0].finished


def test_a_test_that_fails_and_then_works_and_what_was_before_stays_beside_it() -> None:
    role = FakeRoleSession({(BUCKET, ""): [NO_BUCKET, ListedPage(2)]})
    scene = as_support(FakeUbiquity([DENIED, role]))
    first_failures = []
    for _ in range(3):
        scene.run(scene.actions.connection.test)
        result = scene.state.connection.result
        assert result is not None
        failed = result.first_failure
        first_failures.append(failed.kind if failed else None)
    assert first_failures == [CheckKind.ASSUME, CheckKind.LIST, None]
    before = scene.state.connection.before
    assert before is not None
    assert before.before is None
    assert before.result is not None
    assert not before.result.worked


def test_the_customers_test_reads_and_lists_and_says_nothing_of_ubiquity() -> None:
    scene = Scene(snapshot=whole(ENCRYPTED), ubiquity=works(ENCRYPTED))
    scene.run(scene.actions.connection.test)
    connection = scene.state.connection
    assert connection.result is not None
    assert (connection.result.finished, connection.worked) == (True, False)
    assert (connection.awaits_ubiquity, connection.is_seen) == (True, False)
    assert scene.ubiquity.asked == []
    assert scene.state.signed_in is not None


def test_a_test_needs_details_and_a_sign_in() -> None:
    scene = Scene()
    scene.signs_in_with(OFFLINE)
    scene.run(scene.actions.connection.test)
    assert not scene.state.connection.awaits_ubiquity
    assert scene.state.signed_in is None
    assert scene.state.connection.checked is not None
    assert [f.code for f in scene.state.connection.checked.report.findings] == ["env.offline"]
    # Where nothing was signed AWS is asked without: the network is known all the same.
    nobody = AwsFailure("sts:GetCallerIdentity", "NoCredentialsError", "x", finding="signin.none")
    unsigned = Scene()
    unsigned.signs_in_with(nobody)
    unsigned.run(unsigned.actions.connection.test)
    result = unsigned.state.connection.result
    assert result is not None
    assert [check.state for check in result.checks[:3]] == [
        CheckState.PASSED,
        CheckState.SKIPPED,
        CheckState.FAILED,
    ]
    other = Scene()
    other.store.fill(DetailsForm())
    other.run(other.actions.connection.test)
    assert other.state.connection.result is None


def test_the_watch_tells_what_was_seen_and_what_follows_from_it() -> None:
    scene = Scene(snapshot=whole(ENCRYPTED))
    scene.run(scene.actions.connection.test)
    at = datetime.now(UTC).replace(microsecond=0)
    visit = Visit(at, "ap-southeast-2", "right", "req-77")
    scene.aws.histories = [Visits((visit,), regions=("ap-southeast-2",))]
    scene.run(scene.actions.connection.watch)
    connection = scene.state.connection
    assert (connection.visit, connection.is_seen, connection.worked) == (visit, True, False)
    assert connection.checked is not None
    assert "req-77" in [o.request_id for o in connection.checked.snapshot.observations]
    # What was seen stays known where the account is read once more.
    scene.run(scene.actions.connection.test)
    assert scene.state.connection.is_seen


def test_the_calls_of_the_watch_and_of_a_count_are_told_to_support(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def heard(name: str, action: str) -> None:
        asked = getattr(FakeCustomer, name)

        async def telling(*given: object, **named: object) -> object:
            tell_of(CallRecord(action, datetime.now(UTC), 0.1, CallOutcome.DONE, request_id=name))
            return await asked(*given, **named)

        monkeypatch.setattr(FakeCustomer, name, telling)

    def told(state: SetupState) -> list[str | None]:
        return [call.request_id for call in state.connection.calls]

    scene = Scene(snapshot=whole(ENCRYPTED))
    connection = scene.actions.connection
    scene.run(connection.test)
    visit = Visit(datetime.now(UTC), "ap-southeast-2", "right", "req-77")
    scene.aws.histories = [Visits((visit,), regions=("ap-southeast-2",))]
    heard("visits", "cloudtrail:LookupEvents")
    heard("count", "s3:ListBucket")
    scene.run(connection.watch, lambda: connection.count(ENCRYPTED.buckets[0]))
    assert told(scene.state) == ["visits", "count"]
    # Another test begins without counts, and the watch is still the same.
    monkeypatch.undo()
    scene.run(connection.test)
    assert told(scene.state) == ["visits"]


def test_who_practised_as_support_is_the_customer_again_for_all_else() -> None:
    scene = Scene(ubiquity=works(ENCRYPTED))
    support = signed_in(FakeCustomer(), scene.ubiquity, UBIQUITY_ACCOUNT)
    customer = signed_in(scene.aws, scene.ubiquity)
    scene.signs_in_with(support, customer)
    scene.run(
        lambda: scene.actions.connection.practise_as(support=True), scene.actions.connection.test
    )
    assert scene.state.connection.worked
    assert scene.state.signed_in == support
    scene.run(scene.actions.changes.prepare)
    scene.verify_no_failure()
    assert scene.state.signed_in == customer


def test_a_watch_ends_with_what_it_is_about() -> None:
    scene = Scene(snapshot=whole(ENCRYPTED))

    async def play() -> None:
        await scene.actions.connection.test()
        task = asyncio.create_task(scene.actions.connection.watch())
        await asyncio.sleep(0)
        assert scene.state.connection.watch is not None
        assert scene.busy is None  # nobody waits for it
        await scene.actions.reset_practice()
        await ended(task)
        assert scene.state.connection.watch is None

    asyncio.run(play())


def test_what_ubiquity_answered() -> None:
    scene = Scene()
    scene.actions.connection.take_answer(UbiquityAnswer(ToldAnswer.ASSUME))
    assert scene.state.connection.in_ubiquity == UbiquityAnswer(ToldAnswer.ASSUME)
    scene.actions.connection.take_answer(UbiquityAnswer(ToldAnswer.SUCCESS))
    assert scene.state.connection.in_ubiquity == UbiquityAnswer(ToldAnswer.SUCCESS)


def test_an_answer_counts_for_what_was_read_and_nothing_is_read_anew() -> None:
    scene = Scene()
    scene.run(lambda: scene.actions.check(ByProfile()))
    read = scene.state.connection.checked
    assert read is not None
    scene.aws.gate = Gate()  # whoever reads waits for ever
    for told, outcomes in (
        (ToldAnswer.ASSUME, [ObservedOutcome.DENIED]),
        (ToldAnswer.SUCCESS, [ObservedOutcome.ALLOWED] * 2),
        (ToldAnswer.OTHER, []),
    ):
        scene.actions.connection.take_answer(UbiquityAnswer(told))
        scene.run(scene.actions.connection.weigh_answer)
        checked = scene.state.connection.checked
        assert checked is not None
        assert [o.outcome for o in checked.snapshot.observations] == outcomes
        assert {o.identity for o in checked.snapshot.observations} <= {Identity.TOLD}
    assert scene.state.connection.checked == read


@pytest.mark.parametrize(
    ("told", "first", "then", "stays"),
    [
        (ToldAnswer.SUCCESS, whole(ENCRYPTED), untouched(ENCRYPTED), False),
        (ToldAnswer.SUCCESS, whole(ENCRYPTED), whole(ENCRYPTED), True),
        (ToldAnswer.REGION, whole(ENCRYPTED), untouched(ENCRYPTED), True),
        (ToldAnswer.OTHER, whole(ENCRYPTED), whole(ENCRYPTED), False),
    ],
)
def test_an_answer_does_not_outlive_a_later_test_that_says_otherwise(
    told: ToldAnswer, first: Snapshot, then: Snapshot, *, stays: bool
) -> None:
    scene = Scene(snapshot=first)
    scene.run(scene.actions.connection.test)
    scene.actions.connection.take_answer(UbiquityAnswer(told))
    scene.run(scene.actions.connection.weigh_answer)
    scene.aws.snapshot = then
    scene.run(scene.actions.connection.test)
    connection = scene.state.connection
    assert (connection.in_ubiquity is not None) is stays
    assert connection.worked is (stays and told is ToldAnswer.SUCCESS)
    assert connection.before is not None
    assert connection.before.in_ubiquity == UbiquityAnswer(told)  # it stands beside the new one
    # Told anew, it counts whatever was read, also where AWS is out of reach afterwards.
    scene.actions.connection.take_answer(UbiquityAnswer(ToldAnswer.SUCCESS))
    assert scene.state.connection.worked
    scene.store.change(lambda state: replace(state, signed_in=None))
    scene.signs_in_with(OFFLINE)
    scene.run(scene.actions.connection.test)
    assert scene.state.connection.worked


def test_the_words_of_a_pasted_answer_count_and_it_is_told_when_it_was_told() -> None:
    scene = Scene()
    scene.run(lambda: scene.actions.check(ByProfile()))
    said = (
        "User: x is not authorized to perform: sts:AssumeRole on resource: r with an explicit "
        "deny in a service control policy"
    )
    scene.actions.connection.take_text(said)
    answer = scene.state.connection.in_ubiquity
    assert answer is not None
    scene.run(scene.actions.connection.weigh_answer)
    checked = scene.state.connection.checked
    assert checked is not None
    (told,) = checked.snapshot.observations
    assert (told.at, told.message) == (answer.at, said)
    verified = [f.code for f in checked.report.findings if f.evidence is Evidence.VERIFIED]
    assert "organization.denies" in verified
    scene.run(scene.actions.connection.weigh_answer)
    assert scene.state.connection.checked == checked


def test_a_visit_and_an_answer_that_are_weighed_at_once_both_count() -> None:
    scene = Scene()
    scene.run(lambda: scene.actions.check(ByProfile()))
    came = datetime.now(UTC)
    visit = Observation(
        came,
        Identity.UBIQUITY,
        "sts:AssumeRole",
        ObservedOutcome.ALLOWED,
        external_id="right",
        source=ObservationSource.CLOUDTRAIL,
    )
    watch = Watch(came, WatchState(came, came, observations=(visit,)))
    scene.store.change(lambda s: replace(s, connection=s.connection.with_watch(watch)))
    connection = scene.actions.connection
    connection.take_answer(UbiquityAnswer(ToldAnswer.SUCCESS))

    async def both() -> None:
        await asyncio.gather(connection.weigh_answer(), connection._weigh_visits())

    scene.run(both)
    checked = scene.state.connection.checked
    assert checked is not None
    whose = [observation.identity for observation in checked.snapshot.observations]
    assert sorted(whose) == [Identity.TOLD, Identity.TOLD, Identity.UBIQUITY]


def test_a_check_that_is_stopped_says_so_until_the_next_one() -> None:
    scene = Scene()

    async def play() -> None:
        scene.aws.gate = gate = Gate()
        task = asyncio.create_task(scene.actions.check(ByProfile()))
        await gate.arrival()
        task.cancel()
        await ended(task)
        assert (scene.state.connection.stopped, scene.state.connection.checked) == (True, None)
        gate.open()
        await scene.actions.check(ByProfile())

    asyncio.run(play())
    assert scene.state.connection.checked is not None
    assert not scene.state.connection.stopped


@pytest.mark.parametrize("name", ["create", "step", "reset"])
def test_what_was_known_before_a_change_is_known_no_more(name: str) -> None:
    scene = Scene(ubiquity=works(ENCRYPTED))
    scene.run(scene.actions.connection.test, scene.actions.changes.prepare)
    scene.actions.connection.take_answer(UbiquityAnswer(ToldAnswer.ASSUME))
    assert scene.state.connection.checked is not None
    change = {
        "create": scene.actions.changes.create,
        "step": lambda: scene.actions.do_step("role"),
        "reset": scene.actions.reset_practice,
    }[name]
    scene.run(change)
    before = scene.state.connection.before  # it stands beside the next test
    assert scene.state.connection == Connection(before=before)
    assert (before is None) is (name == "reset")


# From start to end


def test_from_the_details_to_the_end() -> None:
    scene = Scene(ubiquity=works(ENCRYPTED))
    store = scene.store
    store.choose_method(Method.CREATE)
    while store.state.page != "create":
        assert store.next() is None
    assert store.next() is not None
    scene.run(scene.actions.changes.prepare, scene.actions.changes.create)
    assert store.next() is None
    store.tick("connector", done=True)
    assert store.next() is None
    assert store.next() is not None
    scene.run(scene.actions.connection.test)
    assert store.next() is not None  # only UbiQuity can tell
    scene.actions.connection.take_text("Connection successful. Found 3 files in bucket.")
    assert scene.state.connection.in_ubiquity == UbiquityAnswer(ToldAnswer.SUCCESS, 3)
    assert store.next() is None
    assert store.state.page == "finish"
    role = scene.aws.snapshot.role
    document = permissions_policy(ENCRYPTED.buckets)
    assert (role.name, role.attached_policies) == (
        ROLE_NAME,
        (PolicyDocument(POLICY_NAME, document, POLICY_ARN, "v1"),),
    )


def test_a_role_that_vanished_before_the_policy_was_attached() -> None:
    scene = Scene(PLAIN)
    scene.run(scene.actions.changes.prepare)
    scene.aws.failures[ChangeKind.ATTACH_POLICY] = [replace(NOT_THERE, code="AccessDenied")]
    scene.run(scene.actions.changes.create)
    assert scene.state.creation.run is not None
    assert scene.state.creation.run.progress[-1].state is ChangeState.FAILED
    scene.run(scene.actions.changes.prepare, scene.actions.changes.create)
    assert scene.state.creation.run is not None
    assert scene.state.creation.run.finished
