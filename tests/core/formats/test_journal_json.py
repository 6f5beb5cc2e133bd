"""The journal's file: whatever is written is read back, and a damaged one is one clear sentence."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.choices import Choice, Choices, RevokeWay
from app.core.formats.journal_json import dump_journal, read_journal
from app.core.formats.reading import InputProblem
from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, Step, StepState, new_journal
from tests.helpers.drafts import ACCOUNT, ENCRYPTED, MOMENT
from tests.helpers.runs import STARTS

_MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
_WISHES = st.builds(
    Choices,
    chosen=st.frozensets(st.sampled_from(list(Choice))),
    permissions_boundary=st.none() | st.text(),
    tags=st.dictionaries(st.text(), st.text(), max_size=2),
    description=st.none() | st.text(),
)
_CHANGES = st.sampled_from([c for start in STARTS.values() for c in start()[1]])
_STEPS = st.builds(
    Step,
    change=_CHANGES,
    state=st.sampled_from(list(StepState)),
    at=st.none() | _MOMENTS,
    made=st.dictionaries(st.sampled_from(["version", "tagged"]), st.text(), max_size=2),
    undone=st.integers(0, 2),
)
_JOURNALS = st.builds(
    Journal,
    id=st.just("20261123T010203000000Z-apply"),
    kind=st.sampled_from(list(RunKind)),
    account_id=st.just(ACCOUNT),
    started_at=_MOMENTS,
    steps=st.lists(_STEPS, max_size=4).map(tuple),
    state=st.sampled_from(list(RunState)),
    caller_arn=st.none() | st.text(),
    draft=st.sampled_from([None, ENCRYPTED]),
    choices=_WISHES,
    how=st.none() | st.sampled_from(list(RevokeWay)),
)


@given(_JOURNALS)
def test_what_is_written_is_read_back(journal: Journal) -> None:
    assert read_journal(dump_journal(journal), "journal.json") == journal


def _good() -> dict[str, Any]:
    changes = STARTS["shared and full"]()[1]
    journal = new_journal(
        kind=RunKind.APPLY, account_id=ACCOUNT, changes=changes, now=MOMENT, draft=ENCRYPTED
    )
    whole: dict[str, Any] = json.loads(dump_journal(journal))
    return whole


DAMAGED: dict[str, tuple[list[str | int], object, str]] = {
    "format": (["format"], "ubiquity-s3-setup/draft", "“format” should be"),
    "version": (["version"], 2, "this program reads version 1"),
    "id": (["id"], "../../etc/passwd", "“id” should be letters, digits and hyphens"),
    "number": (["number"], "1", "“number” should be a whole number"),
    "kind": (["kind"], "apple", "“kind” should be one of"),
    "state": (["state"], None, "“state” should be text"),
    "draft": (["draft", "buckets"], [], "“draft.buckets”"),
    "step": (["steps", 0, "kind"], "explode", "“steps[0].kind” should be one of"),
    "step's state": (["steps", 1, "state"], "odd", "“steps[1].state” should be one of"),
    "target": (["steps", 0, "target"], "role", "“steps[0].target” should be an ARN"),
    "time": (["steps", 0, "at"], "yesterday", "“steps[0].at” should be a time"),
    "made": (["steps", 0, "made"], {"version": 1}, "“steps[0].made.version” should be text"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_names_the_place(name: str) -> None:
    path, value, sentence = DAMAGED[name]
    whole = _good()
    place: Any = whole
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    problem = read_journal(json.dumps(whole), "journal.json")
    assert isinstance(problem, InputProblem)
    assert sentence in problem.text
    assert "\n" not in problem.text
    assert isinstance(read_journal(json.dumps(_good()), "journal.json"), Journal)


@pytest.mark.parametrize("cut", [0, 1, 100, -3])
def test_a_file_that_was_cut_off(cut: int) -> None:
    text = json.dumps(_good())
    assert isinstance(read_journal(text[:cut], "journal.json"), InputProblem)


def test_what_a_later_version_may_add_is_passed_over() -> None:
    whole = _good() | {"more": 1}
    whole["choices"]["chosen"] = ["something-new"]
    journal = read_journal(json.dumps(whole), "journal.json")
    assert isinstance(journal, Journal)
    assert journal.choices == Choices()


def test_ids_sort_by_time() -> None:
    moments = [MOMENT, MOMENT.replace(microsecond=1), MOMENT.replace(second=59)]
    ids = [
        new_journal(kind=RunKind.REVOKE, account_id=ACCOUNT, changes=(), now=now).id
        for now in moments
    ]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


def test_a_run_of_an_earlier_version_has_no_number() -> None:
    file = _good()
    del file["number"]
    journal = read_journal(json.dumps(file), "journal.json")
    assert isinstance(journal, Journal)
    assert journal.number is None
    again = read_journal(dump_journal(replace(journal, number=7)), "journal.json")
    assert again == replace(journal, number=7)
