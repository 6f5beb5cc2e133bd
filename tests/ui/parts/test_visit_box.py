"""What is said of visits from before the watch, which do not count."""

from datetime import UTC, datetime
from typing import Final

import pytest

from app.flow.look_back import LookBack
from app.flow.ports.aws import Visit
from app.ui.parts.visit_box import _looked_back
from app.ui.widgets.times import time_of_day

AT: Final = datetime(2026, 11, 26, 10, 2, tzinfo=UTC)


@pytest.mark.parametrize("external_id", ["wrong", "none"])
def test_another_external_id_is_warned_of(external_id: str) -> None:
    said = _looked_back(LookBack(since=AT, visits=(Visit(AT, "us-east-1", external_id),)))
    assert said is not None
    kind, word, words, _values = said
    assert (kind, word) == ("warning", "Seen with another External ID")
    assert words.startswith("UbiQuity used the role, but not with your")
    assert f"({time_of_day(AT)})" in words


def test_a_visit_from_before_a_change_proves_nothing() -> None:
    said = _looked_back(LookBack(since=AT, earlier=Visit(AT, "us-east-1", "right")))
    assert said is not None
    assert said[0] == "note"
    assert "proves nothing" in said[2]


@pytest.mark.parametrize("found", [None, LookBack(), LookBack(since=AT)])
def test_nothing_seen_is_nothing_said(found: LookBack | None) -> None:
    assert _looked_back(found) is None
