"""Asking for the code of an MFA device in the window.

AWS's library asks from a thread and waits; the window answers in its event
loop, whenever the person does.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future

from app.flow.ports.accounts import AskForCode, CodeRequest

AskCode = Callable[[CodeRequest], str | None]
"""Asks from a thread, which waits; None where no code is given."""

TRIES = 3
"""How often a code may be mistyped before the sign-in fails."""


class CodesInWindow:
    """Hands questions from threads to the event loop, and the answers back."""

    def __init__(self) -> None:
        self._ask: AskForCode | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open: set[Future[str | None]] = set()
        self._lock = threading.Lock()

    def answer_with(self, ask: AskForCode) -> None:
        """Let ``ask`` answer from now on, in the event loop that runs then."""
        self._ask = ask

    def listen(self) -> None:
        """Take the running event loop for the one in which the person is asked."""
        self._loop = asyncio.get_running_loop()

    def ask(self, request: CodeRequest) -> str | None:
        """Ask from a thread, and wait; None where nobody answers, or it is given up."""
        # The lock: what is about to be asked must not slip past those who give up meanwhile.
        with self._lock:
            if self._ask is None or self._loop is None:
                return None
            answer = asyncio.run_coroutine_threadsafe(_asked(self._ask, request), self._loop)
            self._open.add(answer)
        try:
            return answer.result()
        except CancelledError:
            return None
        finally:
            self._open.discard(answer)

    def give_up(self) -> None:
        """End every question that is open, and that comes yet, as if no code were given."""
        with self._lock:
            self._loop = None
            for answer in tuple(self._open):
                answer.cancel()


async def _asked(ask: AskForCode, request: CodeRequest) -> str | None:
    return await ask(request)
