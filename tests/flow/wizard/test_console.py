"""Signing in as for the AWS console, over a fake one."""

import asyncio

import pytest

from app.core.failure import AwsFailure
from app.flow.wizard.console import QUIET_AFTER, ConsoleSignInFlow
from app.flow.wizard.console_state import ConsoleStage, ConsoleState
from tests.helpers.fake_console import (
    BY_JO,
    CONSOLE_LINK,
    DECLINED,
    ELSEWHERE_LINK,
    JO,
    NO_CODE,
    NO_RIGHT,
    RIGHT_CODE,
    ROOT,
    SPENT,
    FakeConsole,
)


def finish(flow: ConsoleSignInFlow) -> None:
    """Sign in, whatever went wrong before."""
    assert asyncio.run(flow.sign_in()) == BY_JO
    assert flow.state == ConsoleState(ConsoleStage.DONE, flow.state.sessions, session=JO)


async def turns() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_the_browser_signs_in() -> None:
    flow = ConsoleSignInFlow(FakeConsole())
    seen: list[tuple[ConsoleStage, str]] = []
    flow.subscribe(lambda state: seen.append((state.stage, state.link)))
    finish(flow)
    assert (ConsoleStage.BROWSER, CONSOLE_LINK) in seen
    assert seen[-1] == (ConsoleStage.DONE, "")
    assert flow.state.sessions == (JO,)


@pytest.mark.parametrize("failure", [DECLINED, SPENT, NO_RIGHT])
def test_a_failure_is_shown_and_the_next_sign_in_works(failure: AwsFailure) -> None:
    console = FakeConsole()
    console.answers = [failure]
    flow = ConsoleSignInFlow(console)
    assert asyncio.run(flow.sign_in()) is None
    assert flow.state == ConsoleState(failure=failure)
    finish(flow)


def test_a_silent_browser_is_told_of_once_it_is_silent_for_long() -> None:
    console = FakeConsole()
    waits: list[float] = []
    passed = asyncio.Event()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await passed.wait()

    flow = ConsoleSignInFlow(console, sleep)

    async def walk() -> None:
        console.person.clear()
        signing_in = asyncio.create_task(flow.sign_in())
        await turns()
        watching = asyncio.create_task(flow.watch())
        await turns()
        assert (flow.state.quiet, waits) == (False, [QUIET_AFTER])
        passed.set()
        await watching
        assert (flow.state.quiet, flow.state.link) == (True, CONSOLE_LINK)
        console.person.set()
        assert await signing_in == BY_JO
        assert not flow.state.quiet

    asyncio.run(walk())


def test_what_was_watched_for_in_an_earlier_sign_in_says_nothing_in_the_next() -> None:
    console = FakeConsole()
    passed = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await passed.wait()

    flow = ConsoleSignInFlow(console, sleep)

    async def walk() -> None:
        console.person.clear()
        first = asyncio.create_task(flow.sign_in())
        await turns()
        watching = asyncio.create_task(flow.watch())
        await turns()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert (flow.state.stage, console.cancelled) == (ConsoleStage.READY, 1)
        second = asyncio.create_task(flow.sign_in())
        await turns()
        passed.set()
        await watching
        assert not flow.state.quiet
        console.person.set()
        assert await second == BY_JO

    asyncio.run(walk())


def test_another_device_signs_in_after_a_wrong_code() -> None:
    flow = ConsoleSignInFlow(FakeConsole())

    async def walk() -> None:
        assert await flow.finish_elsewhere(RIGHT_CODE) is None  # nothing was begun
        await flow.sign_in_elsewhere()
        assert (flow.state.stage, flow.state.link) == (ConsoleStage.CODE, ELSEWHERE_LINK)
        assert await flow.finish_elsewhere("wrong") is None
        assert (flow.state.failure, flow.state.may_paste_again) == (NO_CODE, True)
        assert flow.state.link == ELSEWHERE_LINK
        assert await flow.finish_elsewhere(RIGHT_CODE) == BY_JO

    asyncio.run(walk())
    assert flow.state.session == JO


def test_a_code_that_is_spent_ends_the_sign_in() -> None:
    console = FakeConsole()
    console.answers = [SPENT]
    flow = ConsoleSignInFlow(console)

    async def walk() -> None:
        await flow.sign_in_elsewhere()
        assert await flow.finish_elsewhere(RIGHT_CODE) is None

    asyncio.run(walk())
    assert flow.state == ConsoleState(failure=SPENT)
    finish(flow)


def test_a_code_that_comes_after_cancel_changes_nothing() -> None:
    console = FakeConsole()
    flow = ConsoleSignInFlow(console)

    async def walk() -> None:
        await flow.sign_in_elsewhere()
        console.person.clear()
        finishing = asyncio.create_task(flow.finish_elsewhere(RIGHT_CODE))
        await turns()
        flow.back()
        console.person.set()
        assert await finishing is None

    asyncio.run(walk())
    assert flow.state == ConsoleState()
    finish(flow)


def test_a_kept_sign_in_is_used_and_forgotten() -> None:
    console = FakeConsole()
    console.kept = (JO, ROOT)
    flow = ConsoleSignInFlow(console)
    asyncio.run(flow.look())
    assert flow.state.sessions == (JO, ROOT)
    assert flow.use(JO) == BY_JO
    assert flow.state.session == JO
    console.unforgettable = DECLINED
    asyncio.run(flow.forget(JO))
    assert (flow.state.failure, flow.state.session) == (DECLINED, JO)
    console.unforgettable = None
    asyncio.run(flow.forget(JO))
    assert flow.state == ConsoleState(sessions=(ROOT,))
    finish(flow)


def test_a_cache_that_cannot_be_read_is_as_good_as_empty() -> None:
    console = FakeConsole()
    console.kept = DECLINED
    flow = ConsoleSignInFlow(console)
    asyncio.run(flow.look())
    assert flow.state == ConsoleState()
    finish(flow)
