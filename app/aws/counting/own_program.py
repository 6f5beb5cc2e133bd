"""Starting this program once more, as a process of its own that works for it."""

import asyncio
import contextlib
import os
import subprocess
import threading
from typing import Final

from app.aws.counting.messages import CountMessage, line_of, read_line
from app.flow.own_command import NO_CONSOLE, console_command, start_folder

COUNT: Final = "--count-for-parent"
"""The argument with which ``app.__main__`` counts, in the place of reading a command line."""

_ARENAS: Final = "2"
"""Of glibc, which else keeps freed memory apart for each of many threads (mallopt(3))."""


def start(*arguments: str) -> "subprocess.Popen[bytes]":
    """Start it, with pipes to talk by. Raises OSError where the system won't."""
    return subprocess.Popen(  # noqa: S603 - this program itself
        console_command(*arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=start_folder(),
        env={**os.environ, "MALLOC_ARENA_MAX": _ARENAS},
        creationflags=NO_CONSOLE,
    )


class Child:
    """The program as a process that works for this one: what it says comes to ``messages``.

    They get None when it says nothing more, for whatever reason.
    """

    def __init__(self) -> None:
        """Make it in the event loop whose coroutine waits for ``messages``."""
        self.messages: asyncio.Queue[CountMessage | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False
        self._lock = threading.Lock()

    def start(self, *arguments: str) -> None:
        """Start it; blocks for some milliseconds. Raises OSError where the system won't."""
        process = start(*arguments)
        with self._lock:
            self._process = process
            if self._is_over:  # while it was being started
                process.kill()
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()

    def say(self, message: CountMessage) -> None:
        """Tell it ``message``; blocks until it has been taken. One that has ended hears nothing."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError, ValueError):
                self._process.stdin.write(line_of(message))
                self._process.stdin.flush()

    @property
    def has_spoken(self) -> bool:
        """Whether there is something in ``messages``: that it is ready, or has ended."""
        return not self.messages.empty()

    def end(self) -> None:
        """End it at once, whatever it is doing."""
        with self._lock:
            self._is_over = True
            if self._process is not None:
                self._process.kill()

    def _listen(self, process: "subprocess.Popen[bytes]") -> None:
        with contextlib.suppress(ValueError):  # half a line, of one that was killed
            for line in process.stdout or ():
                self._deliver(read_line(line))
        self._deliver(None)
        process.kill()
        process.wait()
        for pipe in filter(None, (process.stdin, process.stdout)):
            with contextlib.suppress(OSError):
                pipe.close()

    def _deliver(self, message: CountMessage | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self.messages.put_nowait, message)
