"""Each cause of the catalogue: broken like this, it is said and nothing else; mended, it is ready.

The tables are the ``broken_…`` modules beside this one.
"""

from collections import Counter
from typing import Final

import pytest

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.formats.report_json import report_to_json
from app.core.report import Verdict, Weight
from tests.core.diagnosis import broken_buckets as buckets
from tests.core.diagnosis import broken_keys as keys
from tests.core.diagnosis import broken_permissions as permissions
from tests.core.diagnosis import broken_sign_in as sign_in
from tests.core.diagnosis import broken_trust as trust
from tests.core.diagnosis import unread_facts as unread
from tests.core.diagnosis.mends import mended
from tests.core.diagnosis.row import Row
from tests.helpers.misfits import misfits
from tests.helpers.snapshots import blockers_of, codes_of

ROWS: Final[tuple[Row, ...]] = (
    *sign_in.ENVIRONMENT,
    *sign_in.SIGN_IN,
    *trust.ROLE,
    *trust.TRUST,
    *permissions.GRANTS,
    *permissions.CONDITIONS,
    *permissions.BREADTH,
    *buckets.BUCKET,
    *keys.KEYS,
    *buckets.FILES,
    *buckets.BEYOND,
    *sign_in.LIVE,
    *sign_in.CHANGES,
)


def test_each_code_is_made_by_three_snapshots() -> None:
    count = Counter(row.code for row in (*ROWS, *unread.ROWS))
    assert {code for code in CATALOGUE if count[code] < 3} == set()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_says_the_cause_and_nothing_else(row: Row) -> None:
    report = row.world.report()
    assert codes_of(report) == row.expected
    assert (report.verdict is Verdict.BLOCKED) == bool(blockers_of(report))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_its_values_are_whole_and_its_words_are_made(row: Row) -> None:
    report = row.world.report()
    for finding in report.findings:
        assert misfits(finding) == ()
    for said in report_to_json(report)["findings"]:  # type: ignore[attr-defined]
        assert said["title"]
        assert said["detail"]
        assert said["fix"]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_following_the_fix_leads_to_ready(row: Row) -> None:
    report = mended(row).report()
    assert row.code not in codes_of(report)
    assert report.verdict is Verdict.READY
    assert not blockers_of(report)


@pytest.mark.parametrize("row", [r for r in ROWS if len(r.expected) == 1], ids=str)
def test_only_a_blocker_blocks(row: Row) -> None:
    blocks = CATALOGUE[row.code].weight is Weight.BLOCKER
    assert (row.world.report().verdict is Verdict.BLOCKED) == blocks
