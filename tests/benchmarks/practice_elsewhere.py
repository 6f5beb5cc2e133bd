"""The practice AWS and the practice UbiQuity in a process of their own, for who measures a window.

They would share the interpreter and the memory with the window, as AWS does with nobody. The two
speak by lines of JSON, so that the window's process loads nothing that the program doesn't.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple, cast

from app.core.draft import Draft
from app.core.formats.draft_json import draft_to_json, read_draft
from app.core.formats.reading import InputProblem
from app.core.told.answer import ToldAnswer
from app.flow.ports.accounts import PracticeUbiquity, PressedTest
from app.flow.threads import in_thread
from app.practice.account import Keys
from app.wiring.practice_accounts import PracticeAccounts

if TYPE_CHECKING:
    from app.practice.server import PracticeAws

_ROOT: Final = Path(__file__).parents[2]
_PATIENCE: Final = 10.0
"""Seconds until the other process has ended, once its input has."""


class Elsewhere(NamedTuple):
    """The practice AWS of another process, as this one reaches it."""

    endpoint_url: str
    admin: Keys
    ubiquity: Keys
    support: Keys
    asked: IO[str]
    told: IO[str]


class UbiquityElsewhere:
    """The practice UbiQuity: its machine is another one too."""

    def __init__(self, elsewhere: Elsewhere) -> None:
        self._elsewhere = elsewhere

    async def press_test_connection(self, draft: Draft) -> tuple[PressedTest, ...]:
        """Let the other process press, and wait for what it answers."""
        return await in_thread(lambda: self._pressed(draft))

    def _pressed(self, draft: Draft) -> tuple[PressedTest, ...]:
        print(json.dumps(draft_to_json(draft)), file=self._elsewhere.asked, flush=True)
        rows = json.loads(self._elsewhere.told.readline())
        return tuple(
            PressedTest(entry, ToldAnswer(told), files, markers, message)
            for entry, (told, files, markers, message) in zip(draft.buckets, rows, strict=True)
        )


class AccountsElsewhere(PracticeAccounts):
    """The sign-ins to a practice AWS that another process runs."""

    def __init__(self, elsewhere: Elsewhere) -> None:
        super().__init__()
        self._elsewhere = elsewhere

    @property
    def practice_ubiquity(self) -> PracticeUbiquity:
        """The practice UbiQuity of the other process."""
        return UbiquityElsewhere(self._elsewhere)

    async def started(self) -> "PracticeAws":
        """Return what tells where it is and by which keys; nothing else of it is asked."""
        return cast("PracticeAws", self._elsewhere)


@contextmanager
def practice_elsewhere() -> Iterator[Elsewhere]:
    """Start the other process, and end it after the block."""
    command = [sys.executable, "-m", "tests.benchmarks.practice_elsewhere"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=_ROOT, text=True, stdin=pipe, stdout=pipe) as process:
        asked, told = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
        endpoint_url, *rows = json.loads(told.readline())
        admin, ubiquity, support = (Keys(*row) for row in rows)
        try:
            yield Elsewhere(endpoint_url, admin, ubiquity, support, asked, told)
        finally:
            asked.close()
            process.wait(_PATIENCE)


def _serve(asked: IO[str], told: IO[str]) -> None:
    """Run the practice AWS until ``asked`` ends; each line of it is a draft to be pressed for."""
    from app.practice.connector import press_test_connection
    from app.practice.pace import Pace
    from app.practice.server import PracticeAws

    with PracticeAws(Pace()) as aws:
        _tell(told, [aws.endpoint_url, *map(_told_keys, (aws.admin, aws.ubiquity, aws.support))])
        for line in asked:
            file = read_draft(line, "the window")
            if isinstance(file, InputProblem):
                raise TypeError(file.text)
            pressed = press_test_connection(aws.endpoint_url, aws.ubiquity, file.draft)
            _tell(told, [[p.told, p.files, p.markers, p.message] for p in pressed])


def _told_keys(keys: Keys) -> Sequence[str | None]:
    return keys.access_key_id, keys.secret_access_key, keys.session_token


def _tell(told: IO[str], value: object) -> None:
    print(json.dumps(value), file=told, flush=True)


if __name__ == "__main__":
    _serve(sys.stdin, sys.stdout)
