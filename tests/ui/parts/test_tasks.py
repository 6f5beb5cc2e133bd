import asyncio
import inspect

import pytest
from pytestqt.qtbot import QtBot

from app.ui.parts.tasks import TaskScope


class _Crashes:
    def __init__(self) -> None:
        self.seen: list[BaseException] = []

    def __call__(self, error: BaseException) -> None:
        self.seen.append(error)


@pytest.fixture
def crashes() -> _Crashes:
    return _Crashes()


@pytest.fixture
def scope(crashes: _Crashes) -> TaskScope:
    return TaskScope(crashes)


@pytest.mark.usefixtures("loop")
def test_a_second_click_starts_no_second_task(qtbot: QtBot, scope: TaskScope) -> None:
    gate, ran = asyncio.Event(), []

    async def work(name: str) -> None:
        ran.append(name)
        await gate.wait()

    second = work("second")
    assert scope.start("test", work("first"))
    assert not scope.start("test", second)
    qtbot.waitUntil(lambda: ran == ["first"])
    assert inspect.getcoroutinestate(second) == inspect.CORO_CLOSED  # or Python would warn
    assert scope.running == ("test",)
    gate.set()
    qtbot.waitUntil(lambda: not scope.is_running("test"))
    assert scope.start("test", work("third"))
    qtbot.waitUntil(lambda: ran == ["first", "third"])


@pytest.mark.usefixtures("loop")
def test_what_a_task_lets_out_reaches_the_crash_callback(
    qtbot: QtBot, scope: TaskScope, crashes: _Crashes
) -> None:
    async def work() -> None:
        raise ValueError("broken")

    scope.start("test", work())
    qtbot.waitUntil(lambda: bool(crashes.seen))
    assert str(crashes.seen[0]) == "broken"
    assert not scope.running


@pytest.mark.usefixtures("loop")
def test_cancelling_is_no_crash(qtbot: QtBot, scope: TaskScope, crashes: _Crashes) -> None:
    ended = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    scope.start("test", work())
    qtbot.wait(1)
    assert scope.cancel("test")
    qtbot.waitUntil(lambda: not scope.running)
    assert ended == [True]
    assert not crashes.seen
    assert not scope.cancel("test")


@pytest.mark.usefixtures("loop")
def test_what_goes_on_aside_is_not_cancelled_with_the_work(qtbot: QtBot, scope: TaskScope) -> None:
    async def work() -> None:
        await asyncio.Event().wait()

    scope.start("test", work())
    scope.start("watch", work(), aside=True)
    assert (scope.running, scope.working) == (("test", "watch"), ("test",))
    scope.cancel_work()
    qtbot.waitUntil(lambda: scope.running == ("watch",))
    scope.cancel_all()
    qtbot.waitUntil(lambda: not scope.running)
    assert scope.start("watch", work())  # of that name it may be work the next time
    assert scope.working == ("watch",)
    scope.cancel_all()


@pytest.mark.usefixtures("loop")
def test_close_waits_for_all_and_takes_no_more(
    qtbot: QtBot, scope: TaskScope, crashes: _Crashes
) -> None:
    ended: list[str] = []

    async def work(name: str) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append(name)

    async def close() -> None:
        await scope.close()
        ended.append("closed")

    scope.start("one", work("one"))
    scope.start("two", work("two"))
    qtbot.wait(1)
    closing = asyncio.get_running_loop().create_task(close())
    qtbot.waitUntil(closing.done)
    assert sorted(ended[:2]) == ["one", "two"]
    assert ended[2] == "closed"
    late = work("late")
    assert not scope.start("late", late)
    assert inspect.getcoroutinestate(late) == inspect.CORO_CLOSED
    assert not crashes.seen


@pytest.mark.usefixtures("loop")
def test_a_task_may_close_its_own_scope(qtbot: QtBot, scope: TaskScope) -> None:
    other_ended = []

    async def other() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            other_ended.append(True)

    async def quit_all() -> None:
        await scope.close()

    scope.start("other", other())
    qtbot.wait(1)
    scope.start("quit", quit_all())
    qtbot.waitUntil(lambda: not scope.running)
    assert other_ended == [True]


@pytest.mark.usefixtures("loop")
def test_a_task_may_be_started_again_from_the_crash_callback(qtbot: QtBot) -> None:
    ran: list[str] = []

    async def work(name: str) -> None:
        ran.append(name)
        if name == "first":
            raise ValueError

    def again(_error: BaseException) -> None:
        assert crashing.start("test", work("second"))

    crashing = TaskScope(again)
    crashing.start("test", work("first"))
    qtbot.waitUntil(lambda: ran == ["first", "second"])
