"""No false alarm: what works is ready, however odd it looks."""

import pytest

from app.core.report import Verdict
from tests.core.diagnosis.odd_setups import ODD
from tests.core.diagnosis.odd_ways import Odd
from tests.helpers.snapshots import blockers_of, broken, codes_of


def test_there_are_enough_of_them() -> None:
    assert len(ODD) >= 60


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_is_ready(odd: Odd) -> None:
    report = broken(odd.base(), odd.how).report()
    assert blockers_of(report) == []
    assert codes_of(report) == odd.codes.split()
    assert report.verdict is Verdict.READY
    needed = [row for row in report.access if not row.without_external_id]
    denied = [row.action for row in needed if row.decision != "allowed"]
    assert denied == (["kms:GenerateDataKey"] if "kms.write-denied" in odd.codes else [])
