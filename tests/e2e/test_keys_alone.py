"""The real program in its own process, from Welcome to Finish and back again, by keys alone."""

import contextlib
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from app.practice.account import DATABASE_ID
from tests.helpers.accessible_desktop import accessible_desktop, skip_where_it_lacks
from tests.helpers.x_keyboard import XKeyboard

if TYPE_CHECKING:
    from tests.helpers.screen_reader import ScreenReader, Thing

PATIENCE: Final = 60.0
"""Seconds that one step may take."""

_BREATH: Final = 0.45
"""Seconds that a person takes to look, before the next key: longer than a double press."""

_ERROR: Final = "AccessDenied when calling AssumeRole"


class Typist:
    """Somebody without a mouse, who sees what stands in the window and what has the focus."""

    def __init__(
        self, reader: "ScreenReader", keyboard: XKeyboard, program: subprocess.Popen[bytes]
    ) -> None:
        self.program = program
        self._reader = reader
        self._keyboard = keyboard

    @property
    def focus(self) -> "Thing | None":
        """The control that has the focus, not a part or row of it; None while it moves."""
        things = [thing for thing in self._reader.read() if "focused" in thing.states]
        named = [thing for thing in things if thing.name and thing.role != "list item"]
        return named[-1] if named else None

    def press(self, key: str, *held: str, times: int = 1) -> None:
        """Press ``key``, so often, after a look at the window."""
        time.sleep(_BREATH)
        for _ in range(times):
            self._keyboard.press(key, *held)

    def type(self, text: str) -> None:
        """Type ``text``."""
        self._keyboard.type(text)

    def comes_to(self, title: str) -> None:
        """Wait until the window has a heading with ``title`` in it."""
        self._until(title, lambda: any(title in name for name in self._names("heading")))

    def sees(self, words: str) -> None:
        """Wait until ``words`` stand somewhere in the window, but for the list of steps."""
        self._until(words, lambda: any(words in name for name in self._names()))

    def _names(self, role: str = "") -> list[str]:
        things = [thing for thing in self._reader.read() if role in ("", thing.role)]
        return [thing.name for thing in things if thing.role != "list item"]

    def is_at(self, *names: str) -> None:
        """Wait until the control of one of ``names`` has the focus."""
        self._until(f"the focus on {names}", lambda: self._name() in names)

    def tab_to(self, name: str, *held: str) -> None:
        """Press Tab until the control ``name`` has the focus."""
        for _ in range(60):
            before = self.focus
            if before is not None and before.name == name:
                return
            self._keyboard.press("Tab", *held)
            self._until("the next control", partial(self._has_left, before))
        raise AssertionError(f"Tab never comes to {name!r}")

    def choose(self, value: str) -> None:
        """Press Down in a list until ``value`` is chosen."""
        for _ in range(10):
            before = self._value()
            if before == value:
                return
            self._keyboard.press("Down")
            self._until("the next row", partial(self._is_other_than, before))
        raise AssertionError(f"the list has no {value!r}")

    def _is_other_than(self, value: str) -> bool:
        return self._value() != value

    def _value(self) -> str:
        focus = self.focus
        return "" if focus is None else self._reader.text_of(focus)

    def _name(self) -> str:
        focus = self.focus
        return "" if focus is None else focus.name

    def _has_left(self, before: "Thing | None") -> bool:
        focus = self.focus
        return focus is not None and (before is None or focus.reference != before.reference)

    def _until(self, what: str, there: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not come\n{self._seen()}")

    def _seen(self) -> str:
        """Return all that can be seen of the window, for whoever reads of a failure."""
        return "\n".join([f"The focus is on {self.focus}", *map(str, self._reader.read())])


@pytest.fixture
def typist(tmp_path: Path) -> Iterator[Typist]:
    """Give the practice program, in a process and on a desktop of its own, to whoever types."""
    skip_where_it_lacks()
    from tests.helpers.screen_reader import ScreenReader  # what it needs is on Linux alone

    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with (
        accessible_desktop(home) as desktop,
        contextlib.closing(ScreenReader(desktop.session_bus)) as reader,
        contextlib.closing(XKeyboard(desktop.environment["DISPLAY"])) as keyboard,
        desktop.running("practice") as program,
    ):
        reader.wait_for("button", "Next")
        keyboard.face()
        yield Typist(reader, keyboard, program)


def test_from_welcome_to_finish_and_back_again(typist: Typist) -> None:
    _sign_in(typist)
    _fill_in(typist)
    _create(typist)
    _connect(typist)
    _check(typist)
    _explain(typist)
    _revoke(typist)
    _undo(typist)


def _sign_in(typist: Typist) -> None:
    typist.is_at("Next")
    typist.press("Enter", times=2)  # as a hurried hand does: it turns one page
    typist.comes_to("How to do it")
    typist.is_at("Create it for me")
    typist.press("Down")
    typist.is_at("I’ll do it in the AWS console")
    typist.press("Up")
    typist.is_at("Create it for me")
    typist.press("Enter")
    typist.comes_to("Sign in to AWS")
    typist.is_at("Sign in")  # which is what the page proposes
    typist.press("Enter")
    typist.is_at("Next")


def _fill_in(typist: Typist) -> None:
    typist.press("Enter")
    typist.comes_to("Your details")
    typist.tab_to("UbiQuity Account ID")
    typist.type(DATABASE_ID)
    typist.tab_to("Bucket name")
    typist.sees("4 buckets")
    typist.choose("practice-encrypted")


def _create(typist: Typist) -> None:
    typist.press("Enter")
    typist.comes_to("Review and create")
    typist.is_at("Create in the practice AWS")
    typist.press("Enter")
    typist.is_at("Next")
    typist.press("Enter")
    typist.comes_to("Step 4")


def _connect(typist: Typist) -> None:
    typist.tab_to("I have added the connector")
    typist.press("space")
    typist.press("Enter")
    typist.sees("Now press “Test Connection”")
    typist.tab_to("Let the practice UbiQuity press it")
    typist.press("space")
    typist.sees("Connection successful")
    typist.is_at("Next")
    typist.press("Enter")
    typist.comes_to("Finish")
    typist.is_at("Close")


def _to_welcome(typist: Typist) -> None:
    """Go to the first page by the list of steps."""
    typist.tab_to("Steps")
    typist.press("Home")
    typist.press("Enter")
    typist.comes_to("Connect UbiQuity to your Amazon S3 bucket")
    typist.is_at("Next")


def _check(typist: Typist) -> None:
    _to_welcome(typist)
    typist.tab_to("Check an existing set-up")
    typist.press("Enter")
    typist.comes_to("Check the set-up")
    typist.is_at("Check again")


def _explain(typist: Typist) -> None:
    _to_welcome(typist)
    typist.tab_to("I got an error in UbiQuity")
    typist.press("space")
    typist.comes_to("I got an error in UbiQuity")
    typist.type(_ERROR)
    typist.sees("cause")
    typist.press("Esc")
    typist.comes_to("Connect UbiQuity to your Amazon S3 bucket")


def _revoke(typist: Typist) -> None:
    typist.tab_to("Revoke access")
    typist.press("Enter")
    typist.comes_to("Revoke access")
    typist.press("Enter")
    typist.press("Enter")
    typist.comes_to("Review and revoke")
    typist.tab_to("Revoke access")
    typist.press("Enter")  # Enter takes nothing away
    typist.is_at("Revoke access")
    typist.press("space")
    typist.sees("Revoke now?")
    typist.is_at("Keep everything as it is")
    typist.tab_to("Revoke access", "Shift_L")
    typist.press("space")
    typist.sees("AWS now refuses UbiQuity")
    typist.is_at("Close")


def _undo(typist: Typist) -> None:
    typist.tab_to("Undo these changes", "Shift_L")
    typist.press("space")
    typist.is_at("Keep everything as it is")
    typist.tab_to("Undo these changes", "Shift_L")
    typist.press("space")
    typist.sees("Taken back")
    typist.is_at("Close")
    typist.press("Enter")
    assert typist.program.wait(PATIENCE) == 0
