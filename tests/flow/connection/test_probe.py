"""The test with a file of its own: whatever happens in between, nothing is left, or it is named."""

import asyncio
import contextlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import pytest

from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.left_over import LeftKind, LeftOver
from app.core.observation import ObservedOutcome
from app.flow.connection.checks import (
    PROBE_KINDS,
    CheckKind,
    CheckState,
    ConnectionCheck,
    ConnectionResult,
)
from app.flow.connection.probe import TEXT, Probe
from app.flow.connection.spreading import Spreading
from app.flow.connection.tried_checks import TriedChecks
from app.flow.connection.ubiquity_test import ConnectionTest
from app.flow.ports.aws import Fetched, ListedPage
from app.ui.parts.tasks import TaskScope
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, MOMENT, REGION
from tests.helpers.fakes import NOT_LISTED, FakeObjects, FakeRoleSession, FakeUbiquity

ENTRY: Final = BucketEntry("one", REGION, "imports/")
DRAFT: Final = Draft(ACCOUNT, DATABASE_ID, (ENTRY,))
KEY_ARN: Final = "arn:aws:kms:ap-southeast-2:111122223333:key/1"
WRITE, READ, COPY, DELETE = PROBE_KINDS
PASSED, FAILED, SKIPPED = CheckState.PASSED, CheckState.FAILED, CheckState.SKIPPED


def denied(action: str, also: str = "") -> AwsFailure:
    return AwsFailure(action, "AccessDenied", f"Access Denied{also}", 403, "req-1")


def lost(action: str) -> AwsFailure:
    return AwsFailure(
        action, "ReadTimeoutError", "timed out", finding="env.timeout", took_effect_unknown=True
    )


NO_DATA_KEY: Final = denied(
    "s3:PutObject",
    f": is not authorized to perform: kms:GenerateDataKey on resource: {KEY_ARN} because no "
    "identity-based policy allows the kms:GenerateDataKey action",
)
THERE: Final = AwsFailure("s3:PutObject", "PreconditionFailed", "did not hold", 412, "req-2")


@dataclass
class Scene:
    """A test with a file in a bucket that is empty, and what it told."""

    versioned: bool = False
    kms_key: str | None = None
    entry: BucketEntry = ENTRY
    clean_up_seconds: float = 5.0
    told: list[ConnectionResult] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.objects = FakeObjects(versioned=self.versioned)
        pages = {(self.entry.name, self.entry.prefix): [ListedPage(0)] * 9}
        self.role = FakeRoleSession(pages, self.objects, self.kms_key)

    def test(self, *, just_created: bool = False) -> ConnectionTest:
        return ConnectionTest(
            replace(DRAFT, buckets=(self.entry,)),
            FakeUbiquity([self.role]),
            self.told.append,
            just_created=just_created,
            with_file=True,
            sleep=lambda _seconds: asyncio.sleep(0),
            now=lambda: MOMENT,
            clean_up_seconds=self.clean_up_seconds,
        )

    def run(self, *, just_created: bool = False) -> ConnectionResult:
        return asyncio.run(self.test(just_created=just_created).run())

    def run_until(self, stop: Callable[[asyncio.Task[ConnectionResult]], object]) -> None:
        """Run the test as a task that ``stop`` is given, and wait until it was cancelled."""

        async def main() -> None:
            task = asyncio.ensure_future(self.test().run())
            stop(task)
            with pytest.raises(asyncio.CancelledError):
                await task
            # What was sent comes to its end, whoever waits for it.
            await self.role.all_answered()

        asyncio.run(main())

    @property
    def left(self) -> tuple[LeftOver, ...]:
        return self.told[-1].left if self.told else ()

    @property
    def states(self) -> list[CheckState]:
        return [self.check(kind).state for kind in PROBE_KINDS]

    def check(self, kind: CheckKind) -> ConnectionCheck:
        (check,) = (check for check in self.told[-1].checks if check.kind is kind)
        return check

    def tried(self, action: str) -> list[ObservedOutcome]:
        return [o.outcome for o in self.told[-1].observations if o.action == action]

    def verify_nothing_is_left_unnamed(self) -> None:
        """Check what is there against what was named."""
        maybe_there = {(left.bucket, left.key) for left in self.left if left.kind in _THERE}
        assert set(self.objects.bodies) <= maybe_there
        for one in self.objects.kept:
            names = (one, replace(one, version=None))
            assert (one.bucket, one.key) in maybe_there or any(n in self.left for n in names)


_THERE: Final = (LeftKind.OBJECT, LeftKind.UNSURE)


def test_a_file_is_written_read_copied_and_deleted() -> None:
    scene = Scene()
    result = scene.run()
    assert result.worked
    assert scene.states == [PASSED] * 4
    assert scene.objects.bodies == {}
    first, second = (key for _, key in scene.objects.written)
    name = first.removeprefix("imports/")
    assert name.startswith("ubiquity-connection-test-")
    assert (first, second) == (f"imports/{name}", f"imports/archive/{name}")
    assert result.left == ()
    assert scene.role.read == [("one", first, None)]
    actions = ("s3:PutObject", "s3:GetObject", "s3:DeleteObject")
    assert [len(scene.tried(action)) for action in actions] == [2, 1, 2]


def test_nothing_is_written_without_consent() -> None:
    scene = Scene()
    test = replace(scene.test(), with_file=False)
    assert asyncio.run(test.run()).worked
    assert scene.objects.written == scene.objects.deleted == []


def test_each_test_has_a_name_of_its_own_and_says_what_it_is() -> None:
    names = {key for scene in (Scene(), Scene()) for _, key in _written(scene)}
    assert len(names) == 4
    assert b"UbiQuity" in TEXT
    assert len(TEXT) < 200


def _written(scene: Scene) -> list[tuple[str, str]]:
    scene.run()
    return scene.objects.written


def test_nothing_is_written_where_the_listing_fails() -> None:
    scene = Scene()
    scene.role._pages = {("one", "imports/"): [NOT_LISTED]}
    assert not scene.run().worked
    assert scene.objects.written == []
    assert scene.states == [SKIPPED] * 4


def test_a_bucket_that_keeps_versions_has_them_named() -> None:
    scene = Scene(versioned=True)
    assert scene.run().worked
    assert scene.objects.bodies == {}
    assert sorted(map(repr, scene.left)) == sorted(map(repr, scene.objects.kept))
    assert [left.kind for left in scene.left] == [LeftKind.VERSION, LeftKind.MARKER] * 2


def test_the_key_of_the_bucket_was_used_where_it_worked() -> None:
    scene = Scene(kms_key=KEY_ARN)
    scene.run()
    keys = [(o.action, o.resource) for o in scene.told[-1].observations if o.resource == KEY_ARN]
    assert keys == [(f"kms:{use}", KEY_ARN) for use in ("GenerateDataKey", "Decrypt")] + [
        ("kms:GenerateDataKey", KEY_ARN)
    ]


# What fails

ENDS: Final = {
    "write_new": (
        denied("s3:PutObject"),
        [FAILED, SKIPPED, SKIPPED, SKIPPED],
        "policy.not-attached",
    ),
    "read_object": (
        denied("s3:GetObject"),
        [PASSED, FAILED, SKIPPED, PASSED],
        "policy.not-attached",
    ),
    "copy_object": (NO_DATA_KEY, [PASSED, PASSED, FAILED, PASSED], "kms.write-denied"),
    "delete_object": (
        denied("s3:DeleteObject"),
        [PASSED, PASSED, PASSED, FAILED],
        "policy.not-attached",
    ),
}


@pytest.mark.parametrize("versioned", [False, True])
@pytest.mark.parametrize("method", ENDS)
def test_a_step_is_refused(method: str, versioned: bool) -> None:
    failure, states, code = ENDS[method]
    scene = Scene(versioned=versioned)
    scene.role.answers[method] = [failure]
    result = scene.run()
    assert scene.states == states
    check = scene.check(PROBE_KINDS[list(ENDS).index(method)])
    assert (check.failure, check.code) == (failure, code)
    assert scene.tried(failure.action)[-1] is ObservedOutcome.DENIED
    # Files can be read: what can't be archived is warned of.
    assert result.worked is (code == "kms.write-denied")
    scene.verify_nothing_is_left_unnamed()
    is_left = [left.kind for left in scene.left if left.kind in _THERE]
    assert is_left == ([LeftKind.OBJECT] if method == "delete_object" else [])
    assert Scene().run().worked


def test_a_file_that_comes_back_as_another_is_not_taken_for_it() -> None:
    class Proxied(FakeRoleSession):
        async def read_object(
            self, bucket: str, region: str, key: str, most: int | None = None
        ) -> Fetched | AwsFailure:
            del bucket, region, key, most
            return Fetched(b"<html>Sign in to our network</html>")

    scene = Scene()
    scene.role = Proxied({("one", "imports/"): [ListedPage(0)]}, scene.objects)
    assert not scene.run().worked
    assert (scene.check(READ).state, scene.check(READ).code) == (FAILED, "env.proxy")
    assert scene.objects.bodies == {}


@pytest.mark.parametrize("versioned", [False, True])
@pytest.mark.parametrize("method", ["write_new", "copy_object", "delete_object"])
def test_an_answer_is_lost(method: str, versioned: bool) -> None:
    """AWS did what was asked, and nobody was told."""
    action = "s3:DeleteObject" if method == "delete_object" else "s3:PutObject"
    scene = Scene(versioned=versioned)
    scene.role.answers[method] = [lost(action)]
    assert not scene.run().worked
    assert scene.objects.bodies == {}
    scene.verify_nothing_is_left_unnamed()
    if method == "delete_object":
        assert LeftKind.UNSURE in {left.kind for left in scene.left}
        return
    assert scene.check(DELETE).state is PASSED
    assert bool(scene.left) is versioned
    if versioned:
        without_id = [each for each in scene.left if each.version is None]
        assert [each.kind for each in without_id] == [LeftKind.VERSION]


def test_a_write_that_never_came_to_aws_is_cleaned_up_all_the_same() -> None:
    scene = Scene()
    scene.role.answers["write_new"] = [
        AwsFailure("s3:PutObject", "SlowDown", "", 503, finding="env.throttled")
    ]
    scene.run()
    assert scene.objects.deleted == []
    scene.role.answers["write_new"] = [THERE]
    scene.run()
    # A name that was just made up is there: the request came twice.
    assert [key for _, key in scene.objects.deleted] == [
        f"imports/{key}" for key in [scene.objects.deleted[0][1].removeprefix("imports/")]
    ]


def test_a_new_policy_is_given_time() -> None:
    scene = Scene()
    scene.role.answers = {
        method: [denied(action), None]
        for method, action in (
            ("write_new", "s3:PutObject"),
            ("copy_object", "s3:PutObject"),
            ("delete_object", "s3:DeleteObject"),
        )
    }
    assert scene.run(just_created=True).worked
    assert scene.objects.bodies == {}


# Who stops it


@pytest.mark.parametrize("versioned", [False, True])
def test_stopped_at_any_moment_nothing_is_left_unnamed(versioned: bool) -> None:
    """The loop's turns are counted through: at each of them somebody stops the test, once or twice.

    A call that was sent runs to its end at AWS, as it does in a thread.
    """
    for turns in itertools.count():
        scenes = [Scene(versioned=versioned) for _ in range(3)]
        stopped = map(_is_stopped_after, scenes, [turns] * 3, (None, 0, 3))
        if not all(stopped):
            break
        for scene in scenes:
            scene.verify_nothing_is_left_unnamed()
            assert not any(result.worked for result in scene.told)
    assert turns > 30  # a call has four


def _is_stopped_after(scene: Scene, turns: int, again: int | None) -> bool:
    """Stop the test after so many turns of the loop, and ``again`` turns later once more."""

    async def main() -> bool:
        task = asyncio.ensure_future(scene.test().run())
        for _ in range(turns):
            await asyncio.sleep(0)
        if not task.cancel():
            return False
        if again is not None:
            for _ in range(again):
                await asyncio.sleep(0)
            task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await scene.role.all_answered()
        return True

    return asyncio.run(main())


@pytest.mark.parametrize("method", ["write_new", "copy_object", "delete_object"])
def test_who_stops_it_is_not_held_up_by_an_aws_that_never_answers(method: str) -> None:
    scene = Scene(clean_up_seconds=0.02)
    scene.role.hanging = {method}

    def stop(task: asyncio.Task[ConnectionResult]) -> None:
        loop = asyncio.get_running_loop()

        def cancel_once_it_hangs(asked: str) -> None:
            if asked == method:
                loop.call_later(0.001, task.cancel)

        scene.role.before = cancel_once_it_hangs

    scene.run_until(stop)
    scene.verify_nothing_is_left_unnamed()
    assert scene.check(DELETE).state is FAILED
    assert {left.kind for left in scene.left} == {LeftKind.UNSURE}


def test_a_bug_cleans_up_too() -> None:
    scene = Scene()

    def bug(method: str) -> None:
        if method == "copy_object":
            raise ZeroDivisionError

    scene.role.before = bug
    with pytest.raises(ZeroDivisionError):
        scene.run()
    assert scene.objects.written
    assert scene.objects.bodies == {}


def test_two_prefixes_of_a_bucket_have_a_file_each() -> None:
    scene = Scene()
    other = replace(ENTRY, prefix="others/")
    scene.role._pages["one", "others/"] = [ListedPage(0)]
    test = replace(scene.test(), draft=replace(DRAFT, buckets=(ENTRY, other)))
    assert asyncio.run(test.run()).worked
    assert {key.partition("/")[0] for _, key in scene.objects.written} == {"imports", "others"}
    assert scene.objects.bodies == {}


@pytest.mark.parametrize("turns", range(3, 40, 4))
def test_who_stops_the_clean_up_itself_waits_for_it_all_the_same(turns: int) -> None:
    scene = Scene()
    checks = TriedChecks(scene.told.append, lambda: 0.0, lambda: MOMENT)
    places = checks.add_all(PROBE_KINDS, ENTRY)
    probe = Probe(checks, places, ENTRY, scene.role, Spreading(just_created=False))

    async def main() -> None:
        task = asyncio.ensure_future(probe.run())
        for pause in (turns, 2, 2):
            for _ in range(pause):
                await asyncio.sleep(0)
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert scene.objects.bodies == {}
    assert scene.left == ()


def test_a_window_that_closes_waits_for_the_clean_up() -> None:
    """Its tasks are stopped, and it ends when they have ended."""
    scene = Scene()
    writing = asyncio.Event()
    scene.role.before = lambda method: writing.set() if method == "copy_object" else None

    async def test() -> None:
        await scene.test().run()

    async def main() -> None:
        tasks = TaskScope(lambda _bug: None)
        tasks.start("test", test())
        await writing.wait()
        await tasks.close()
        await scene.role.all_answered()

    asyncio.run(main())
    assert scene.objects.written
    assert scene.objects.bodies == {}
    assert not scene.told[-1].finished
