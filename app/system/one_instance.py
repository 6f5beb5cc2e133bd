"""One window of a kind for a person at a screen: a second start hands over to the first, and ends.

The first holds a lock, which ends with it however it ends, and listens at a local socket (on
Windows a named pipe) once its window is there. Lock and socket lie on this very computer, so a home
that two computers share keeps nobody out; their name has the screen in it, since a window on
another one could not be seen. Whoever holds the lock and does not answer has got stuck: then the
second start opens a window of its own, as it does where there is no place for a lock.

No Qt here: a second start is over before it would be loaded. Sources: unix(7); "Named Pipe Client"
(Microsoft), where a pipe is opened as a file is; ``AllowSetForegroundWindow`` (Microsoft): only the
process that the person has just started may let another one come to the front.
"""

import os
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from app.core.frozen import frozen
from app.files.file_lock import is_locked_now
from app.system.own_folders import data_folder, runtime_folder

ANSWER: Final = b"taken\n"
"""What the first answers to what it was handed."""

MESSAGE_AT_MOST: Final = 1_000_000
"""Bytes."""

_STARTING: Final = 15.0
"""Seconds in which a window that is being opened begins to listen, on a slow computer too."""

_STUCK: Final = 5.0
"""Seconds after which a window that does not answer has got stuck."""

_BETWEEN: Final = 0.1


@frozen
class Handover:
    """What a second start was to open: ``files`` by their whole paths, details hidden or not.

    ``token`` is the desktop's permission for the first to come to the front, where it gave one.
    """

    files: tuple[str, ...] = ()
    share: bool = False
    token: str = ""


def dump_handed_over(handed: Handover) -> bytes:
    """Return the message to the first, which ends with a line's end."""
    import json  # only where two processes meet

    fields = {"files": handed.files, "share": handed.share, "token": handed.token}
    return json.dumps(fields).encode("ascii") + b"\n"


def read_handed_over(message: bytes) -> Handover | None:
    """Return what a message hands over; None where it is none."""
    import json

    try:
        fields = json.loads(message)
        files, share, token = fields["files"], fields["share"], fields["token"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    is_right = isinstance(files, list) and isinstance(share, bool) and isinstance(token, str)
    if not is_right or not all(isinstance(path, str) for path in files):
        return None
    return Handover(tuple(files), share, token)


def to_hand_over(files: Sequence[str], *, share: bool) -> Handover:
    """Return what this start was to open, for another process with another present folder."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    return Handover(tuple(os.path.abspath(path) for path in files), share, token)  # noqa: PTH100


class OneInstance:
    """The claim of this process to be the one window of its ``kind`` (``real``, ``practice`` …)."""

    def __init__(
        self,
        kind: str,
        sleep: Callable[[float], object] = time.sleep,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.kind = kind
        self._sleep = sleep
        self._seconds = seconds
        self._handle: int | None = None
        self._place: Path | None = None
        try:
            self._place = runtime_folder() / f"ubiquity-s3-{_name(kind)}"
        except OSError:
            return

    @property
    def address(self) -> str | None:
        """Where the first listens, for Qt's local sockets; None where this is not the first."""
        if self._place is None or self._handle is None:
            return None
        return _address(self._place)

    def is_taken_over(self, handed: Handover) -> bool:
        """Take the claim; return whether another process has it and took what was ``handed``.

        Waits only where another process has the claim and has not opened its window yet.
        """
        if self._place is None:
            return False
        end = self._seconds() + _STARTING
        while not self._is_first():
            answered = _sent(_address(self._place), dump_handed_over(handed))
            if answered is not None:
                return answered
            if self._seconds() > end:
                return False
            self._sleep(_BETWEEN)
        return False

    def give_up(self) -> None:
        """Let another process be the one."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _is_first(self) -> bool:
        """Return whether nobody else is; that is so too where no lock can be had."""
        if self._handle is not None or self._place is None:
            return True
        try:
            handle = os.open(f"{self._place}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        try:
            is_ours = is_locked_now(handle)
        except OSError:
            os.close(handle)
            return True
        if is_ours:
            self._handle = handle
        else:
            os.close(handle)
        return is_ours


def _name(kind: str) -> str:
    """Return a short name of the kind, the screen and whose details they are."""
    text = "\0".join((kind, _screen(), _computer(), str(data_folder()))).encode("utf-8", "replace")
    return f"{zlib.crc32(text):08x}{zlib.crc32(text[::-1]):08x}"


def _computer() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def _answered(ask: Callable[[], bool | None], stuck: float = _STUCK) -> bool | None:
    """Return what ``ask`` returns; False where that takes ``stuck`` seconds, and then let it be."""
    import threading  # only where two processes meet

    answers: list[bool | None] = []
    thread = threading.Thread(target=lambda: answers.append(ask()), daemon=True)
    thread.start()
    thread.join(stuck)
    return answers[0] if answers else False


if sys.platform == "win32":
    import ctypes

    def _address(place: Path) -> str:
        return place.name

    def _screen() -> str:
        session = ctypes.c_ulong()
        ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(session))
        return str(session.value)

    def _sent(address: str, message: bytes) -> bool | None:
        """Hand ``message`` over; return whether it was taken, None where nobody listens yet."""
        any_process = 0xFFFFFFFF  # ASFW_ANY
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)

        def hand_over() -> bool | None:
            try:
                # No file, and read without an end where nobody answers.
                with open(rf"\\.\pipe\{address}", "r+b", buffering=0) as pipe:  # noqa: PTH123
                    pipe.write(message)
                    return pipe.read(len(ANSWER)) == ANSWER
            except FileNotFoundError:
                return None
            except OSError:
                return False

        return _answered(hand_over)

else:

    def _address(place: Path) -> str:
        return f"{place}.sock"

    def _screen() -> str:
        return os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""

    def _sent(address: str, message: bytes) -> bool | None:
        """Hand ``message`` over; return whether it was taken, None where nobody listens yet."""
        import socket

        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_STUCK)
            try:
                line.connect(address)
            except (FileNotFoundError, ConnectionRefusedError):  # refused: left by a killed one
                return None
            except OSError:
                return False
            try:
                line.sendall(message)
                return line.recv(len(ANSWER)) == ANSWER
            except OSError:
                return False
