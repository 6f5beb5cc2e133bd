"""One frozen state, and those who are told of each change of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

StateT = TypeVar("StateT")


class Observed(Generic[StateT]):
    """Holds a frozen state; whoever subscribes is told of each other one put in its place."""

    def __init__(self, state: StateT) -> None:
        self._state = state
        self._listeners: list[Callable[[StateT], None]] = []
        self._quiet = False

    @property
    def state(self) -> StateT:
        """The present state."""
        return self._state

    def subscribe(self, listener: Callable[[StateT], None]) -> None:
        """Call ``listener`` with the state after every change."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[StateT], None]) -> None:
        """Tell ``listener`` no more."""
        self._listeners.remove(listener)

    def _put(self, state: StateT) -> None:
        if state == self._state:
            return
        self._state = state
        if not self._quiet:
            for listener in tuple(self._listeners):
                listener(state)

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Tell the listeners once of all changes made inside."""
        before, self._quiet = self._state, True
        try:
            yield
        finally:
            after, self._state, self._quiet = self._state, before, False
            self._put(after)
