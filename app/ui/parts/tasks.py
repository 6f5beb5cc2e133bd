"""Named tasks that can be cancelled, so that a second click never starts a second task."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio


class TaskScope:
    """The running tasks of one window. Each has a name, and a name runs once at a time.

    A task that goes on aside is none that the person waits for: it is stopped by its name, or by
    the window's end, and not by whoever cancels the work at hand.
    """

    def __init__(self, on_crash: Callable[[BaseException], None]) -> None:
        """Make an empty scope; an exception that a task lets out goes to ``on_crash``."""
        self._on_crash = on_crash
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._aside: set[str] = set()
        self._closed = False

    def start(
        self, name: str, coroutine: Coroutine[Any, Any, None], *, aside: bool = False
    ) -> bool:
        """Run ``coroutine`` as the task ``name`` on the running loop, ``aside`` or as the work.

        Returns False, and closes the coroutine unrun, where a task of that name is running or
        the scope was closed.
        """
        import asyncio  # after the first paint: see app.ui.application

        if self._closed or self.is_running(name):
            coroutine.close()
            return False
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        self._tasks[name] = task
        if aside:
            self._aside.add(name)
        task.add_done_callback(self._done)
        return True

    def is_running(self, name: str) -> bool:
        """Return whether the task ``name`` runs."""
        return name in self._tasks

    @property
    def running(self) -> tuple[str, ...]:
        """The names of the running tasks, the oldest first."""
        return tuple(self._tasks)

    @property
    def working(self) -> tuple[str, ...]:
        """The names of those that the person waits for."""
        return tuple(name for name in self._tasks if name not in self._aside)

    async def until_idle(self) -> None:
        """Wait until there is nothing left that the person waits for."""
        import asyncio

        while awaited := [self._tasks[name] for name in self.working]:
            await asyncio.wait(awaited)

    def cancel(self, name: str) -> bool:
        """Ask the task ``name`` to stop; return whether it was running."""
        task = self._tasks.get(name)
        return task is not None and task.cancel()

    def cancel_work(self) -> None:
        """Ask every task to stop that the person waits for; what goes on aside goes on."""
        for name in self.working:
            self._tasks[name].cancel()

    def cancel_all(self) -> None:
        """Ask every task to stop."""
        for task in tuple(self._tasks.values()):
            task.cancel()

    async def close(self) -> None:
        """Take no more tasks, stop those that run and wait until they have stopped."""
        import asyncio

        self._closed = True
        self.cancel_all()
        current = asyncio.current_task()
        others = [task for task in self._tasks.values() if task is not current]
        if others:
            await asyncio.wait(others)

    def _done(self, task: "asyncio.Task[None]") -> None:
        # Before the callback: what it does may start the same task again.
        self._tasks.pop(task.get_name(), None)
        self._aside.discard(task.get_name())
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_crash(error)
