"""Whole commands on a network that answers in AWS's place: once, or from some answer on.

Whatever comes, the command says so in sentences; then the network is right again, and the same
command, or the undo, ends as if nothing had been.
"""

import asyncio
import gc
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.commands.exit_status import OWN_FAULT
from app.practice.account import ACCOUNT_ID
from app.practice.people import Person
from app.practice.server import PracticeAws
from app.system.own_folders import data_folder
from app.wiring.kept_runs import kept_journals
from tests.commands.called import Called, call
from tests.commands.practice_account import sign_in, written
from tests.helpers.instead import EXPIRED, PAGES, Instead, instead
from tests.helpers.journal_truth import lies_in
from tests.helpers.practice_account import Json, but_for_old_versions, everything
from tests.helpers.practice_starts import DRAFT, STARTS

# What was being read when Python's own limit ended it is closed once nobody holds it any more.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
)

Bytes = pytest.CaptureFixture[bytes]

_EVERY: Final = 29
"""One answer in so many is spoilt here; each was once, by hand."""

_RAW: Final = ("Traceback", "<html", "<form", "AnswerError", "ParserError", "\x1b", "ExpiredToken")
"""What no sentence for people holds."""


class Network:
    """The practice AWS, set up anew for each command, behind something that answers for it."""

    def __init__(self, aws: PracticeAws, folder: Path, captured: Bytes) -> None:
        keys = aws.admin
        self._aws, self._captured = aws, captured
        self._admin = Person(aws.endpoint_url, keys)
        access = GivenKeys(aws.endpoint_url, keys.access_key_id, keys.secret_access_key)
        self._account = CustomerAccount(access)
        self._draft = ("--draft", written(DRAFT, folder))
        self.commands = {
            "apply": ("apply", *self._draft, "--yes"),
            "revoke": ("revoke", *self._draft, "--yes"),
            "undo": ("apply", "--undo", "--yes"),
        }

    def begin(self, start: str) -> Json:
        self._aws.reset()
        for path in data_folder().rglob("*.json"):
            path.unlink()
        STARTS[start](self._admin)
        return self.everything()

    def everything(self) -> Json:
        return everything(self._aws)

    def call(self, name: str) -> Called:
        return call(self._captured, *self.commands[name])

    def spoilt(self, name: str, what: Instead, first: int, count: int | None) -> Called:
        """Call a command and see that all it says is sentences, and its journal true."""
        handled = what.may_be_handled and first % 2 == 1
        with instead(what, first, count, handled=handled):
            called = self.call(name)
        said = called.text + called.err
        assert called.status in (0, 1, 2), said
        assert called.status != OWN_FAULT
        assert [raw for raw in _RAW if raw in said] == []
        assert self._aws.admin.secret_access_key not in said
        assert kept_journals().problems() == ()
        journal = kept_journals().unfinished(ACCOUNT_ID)
        if journal is not None:
            assert asyncio.run(lies_in(journal, self._account)) == []
        return called

    def requests_of(self, name: str) -> int:
        """Return how many answers a command gets where nothing is wrong."""
        counted = self._aws.faults.counted
        counted.clear()
        called = self.call(name)
        assert called.status == 0, called.err
        return sum(counted.values())


@pytest.fixture
def network(
    aws: PracticeAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> Iterator[Network]:
    sign_in(monkeypatch, aws.admin)
    for name in ("LOST_WAITS", "LOOK_AGAIN_WAITS"):
        monkeypatch.setattr(f"app.flow.run.one_change.{name}", (0.0,))
    monkeypatch.setattr("app.flow.run.patience.READ_WAITS", (0.0,))
    monkeypatch.setattr("app.commands.revoke.PROOF_WAITS", ())
    waits = "app.flow.run.patience.WAITS"
    monkeypatch.setattr(waits, dict.fromkeys(_reasons(), (0.0,)))
    # A page that is nested without end is read to Python's limit. What is collected down there
    # has no room left to close itself, and says so; each command collects once at its end.
    thresholds = gc.get_threshold()
    gc.set_threshold(0)
    yield Network(aws, tmp_path, capsysbinary)
    gc.set_threshold(*thresholds)


def _reasons() -> Iterator[object]:
    from app.flow.run.patience import WaitReason

    return iter(WaitReason)


def _walked(number: int, offset: int) -> Iterator[tuple[Instead, int, int | None]]:
    """Yield what is spoilt, with every kind of page in turn."""
    kinds = itertools.islice(itertools.cycle((EXPIRED, *PAGES)), 4 * offset, None)
    for first in range(offset, number, _EVERY):
        yield next(kinds), first, 1
        yield next(kinds), first, None


@pytest.mark.parametrize(
    ("name", "start", "offset"),
    [("apply", "nothing", 3), ("apply", "shared", 7), ("revoke", "past the role", 5)],
)
def test_a_command_on_a_network_that_answers_itself(
    network: Network, name: str, start: str, offset: int
) -> None:
    network.begin(start)
    number = network.requests_of(name)
    made = network.everything()
    for what, first, count in _walked(number, offset):
        network.begin(start)
        called = network.spoilt(name, what, first, count)
        assert called.status or network.everything() == made
        again = network.call(name)
        assert again.status == 0, again.err
        assert network.everything() == made, (what.name, first, count)


def test_an_undo_on_a_network_that_answers_itself(network: Network) -> None:
    before = network.begin("shared")
    network.call("apply")
    number = network.requests_of("undo")
    for what, first, count in _walked(number, 2):
        network.begin("shared")
        network.call("apply")
        network.spoilt("undo", what, first, count)
        again = network.call("undo")
        assert again.status == 0, again.err
        assert but_for_old_versions(network.everything()) == but_for_old_versions(before)


def test_a_run_that_is_gone_on_with_on_such_a_network(network: Network) -> None:
    """The first call breaks off half-way, and so does the one that goes on."""
    network.begin("nothing")
    number = network.requests_of("apply")
    made = network.everything()
    for what, first, count in _walked(number, 1):
        network.begin("nothing")
        network.spoilt("apply", EXPIRED, number - 8, None)
        network.spoilt("apply", what, first, count)
        again = network.call("apply")
        assert again.status == 0, again.err
        assert network.everything() == made
