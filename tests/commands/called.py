"""One command, called as the program calls it, and what came of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from app.commands.cli import run
from tests.helpers.snapshots import World

GOLDEN: Final = Path(__file__).parents[1] / "golden"
DRAFT: Final = str(GOLDEN / "formats-draft.json")
SNAPSHOT: Final = str(GOLDEN / "formats-snapshot.json")


@dataclass(frozen=True)
class Called:
    """The exit status, and what was printed for the reader and besides."""

    status: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever was printed
        """The one JSON document of standard output."""
        return json.loads(self.out.decode("utf-8"))

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


def call(captured: pytest.CaptureFixture[bytes], *arguments: str) -> Called:
    """Run the command line in this process."""
    status = run(arguments)
    printed = captured.readouterr()
    return Called(status, printed.out, printed.err.decode("utf-8"))


def assert_wrong_input(called: Called, *said: str) -> None:
    """See that nothing but one short message that holds ``said`` was printed, and exit is 2."""
    assert called.status == 2
    assert called.out == b""
    assert 1 <= len(called.err.splitlines()) <= 6
    assert "Traceback" not in called.err
    for words in said:
        assert words in called.err


def files_of(world: World, folder: Path) -> Sequence[str]:
    """Write draft and snapshot of ``world``; return the options that name them."""
    draft, snapshot = folder / "draft.json", folder / "snapshot.json"
    draft.write_text(json.dumps(world.draft), encoding="utf-8")
    snapshot.write_text(json.dumps(world.snapshot), encoding="utf-8")
    return "--draft", str(draft), "--snapshot", str(snapshot)
