"""What is said of the files that the connection test counted."""

from dataclasses import replace

import pytest

from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.left_over import LeftKind, LeftOver
from app.core.told.answer import ToldAnswer
from app.core.wording.troubleshooting import GuideHeading
from app.flow.checking import checked_account
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.state import Method
from app.flow.wizard.ubiquity_answer import UbiquityAnswer
from app.ui.parts.connection_words import check_rows, headline, mending_page, success_words
from tests.helpers.drafts import PLAIN, whole


def _listed(files: int, *, complete: bool = True) -> ConnectionCheck:
    return ConnectionCheck(CheckKind.LIST, CheckState.PASSED, files=files, complete=complete)


@pytest.mark.parametrize(
    ("checks", "row", "said"),
    [
        ([_listed(1)], "1 file found", "Found 1 files in bucket."),
        ([_listed(3), _listed(4)], "3 files found", "Found 7 files in bucket."),
        ([_listed(0)], "0 files found", "An empty bucket or folder is fine."),
        ([_listed(9, complete=False)], "More than 9 files found", "more than 9 files in bucket."),
        ([_listed(2), _listed(9, complete=False)], "2 files found", "more than 11 files"),
    ],
)
def test_how_many_files_there_are(checks: list[ConnectionCheck], row: str, said: str) -> None:
    result = ConnectionResult(tuple(checks), finished=True)
    assert check_rows(result)[0].detail == row
    assert said in success_words(result)


@pytest.mark.parametrize(
    ("broken", "page"), [(ChainLink.ROLE, "role"), (ChainLink.TRUST, "trust"), (None, "role")]
)
def test_the_step_to_mend_it_at_is_that_of_the_broken_link(
    broken: ChainLink | None, page: str
) -> None:
    assert mending_page(GuideHeading.ASSUME, Method.CONSOLE, broken) == page
    assert mending_page(GuideHeading.EXTERNAL_ID, Method.CONSOLE) == "trust"
    assert mending_page(GuideHeading.ASSUME, Method.CREATE, broken) == "create"


@pytest.mark.parametrize("told", [each for each in ToldAnswer if each is not ToldAnswer.SUCCESS])
def test_what_ubiquity_was_refused_is_never_ready(told: ToldAnswer) -> None:
    """The account may look as it should: whoever was refused is not told that it works."""
    ready = checked_account(PLAIN, whole(PLAIN))
    refused = Connection(in_ubiquity=UbiquityAnswer(told), checked=ready)
    said = headline(refused, own=False)
    assert said is not None
    assert (said.kind, said.word) == ("warning", "UbiQuity’s test failed")
    worked = replace(refused, in_ubiquity=UbiquityAnswer(ToldAnswer.SUCCESS, 3))
    told_now = headline(worked, own=False)
    assert told_now is not None
    assert (told_now.kind, told_now.word) == ("good", "It works")


_LEFT = (LeftOver(LeftKind.OBJECT, "one", "x.txt"),)


@pytest.mark.parametrize(
    ("state", "left", "said"),
    [
        (CheckState.SKIPPED, (), "Nothing was changed in AWS."),
        (CheckState.PASSED, (), "The test file that it wrote was deleted again."),
        (CheckState.PASSED, _LEFT, "What it left in the bucket is named below."),
        (CheckState.FAILED, _LEFT, "What it left in the bucket is named below."),
    ],
)
def test_a_test_that_was_stopped_tells_what_became_of_its_file(
    state: CheckState, left: tuple[LeftOver, ...], said: str
) -> None:
    check = ConnectionCheck(CheckKind.PROBE_DELETE, state, left=left)
    stopped = Connection(result=ConnectionResult((check,)), stopped=True)
    told = headline(stopped, own=True)
    assert told is not None
    assert told.text.endswith(said)
