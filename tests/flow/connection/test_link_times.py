"""The time of a link: the test's where it was seen, else that of reading; none without either."""

from dataclasses import replace

import pytest

from app.core.diagnosis.chain import LinkState, LinkStatus
from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.report import Evidence
from app.flow.checking import checked_account
from app.flow.connection.checks import (
    PROBE_KINDS,
    CheckKind,
    CheckState,
    ConnectionCheck,
    ConnectionResult,
)
from app.flow.connection.link_times import link_seconds
from tests.helpers.drafts import PLAIN, whole

REPLAYED = checked_account(PLAIN, whole(PLAIN))
CHECKED = replace(
    REPLAYED, seconds={ChainLink.ROLE: 0.5, ChainLink.BUCKET: 0.25, ChainLink.KEY: 2.0}
)
PASSED = CheckState.PASSED
TESTED = ConnectionResult(
    (
        ConnectionCheck(CheckKind.ASSUME, PASSED, seconds=1.0),
        ConnectionCheck(CheckKind.ASSUME_WITHOUT, PASSED, seconds=8.0),
        ConnectionCheck(CheckKind.LIST, PASSED, seconds=3.0),
        ConnectionCheck(CheckKind.LIST, PASSED, seconds=4.0),
    ),
    finished=True,
)
SEEN, READ, WORKED_OUT = Evidence.VERIFIED, Evidence.OBSERVED, Evidence.PREDICTED


@pytest.mark.parametrize(
    ("link", "evidence", "seconds"),
    [
        (ChainLink.UBIQUITY, SEEN, 1.0),
        (ChainLink.ROLE, SEEN, 1.0),
        (ChainLink.ROLE, READ, 0.5),
        (ChainLink.TRUST, SEEN, 1.0),
        (ChainLink.TRUST, WORKED_OUT, None),  # nobody measured it
        (ChainLink.BUCKET, SEEN, 7.0),
        (ChainLink.BUCKET, READ, 0.25),
        (ChainLink.KEY, WORKED_OUT, 2.0),
        (ChainLink.PERMISSIONS, SEEN, None),
    ],
)
def test_the_time_is_that_of_what_is_known(
    link: ChainLink, evidence: Evidence, seconds: float | None
) -> None:
    status = LinkStatus(link, LinkState.FINE, evidence)
    assert link_seconds(status, CHECKED, TESTED) == seconds
    assert link_seconds(status, REPLAYED, None) is None
    for state in (LinkState.UNKNOWN, LinkState.NOT_NEEDED, LinkState.UNTRIED):
        assert link_seconds(replace(status, state=state), CHECKED, TESTED) is None


@pytest.mark.parametrize(("link", "seconds"), [(ChainLink.PERMISSIONS, 10.0), (ChainLink.KEY, 3.0)])
def test_what_a_file_of_the_tests_own_proved_took_as_long_as_that(
    link: ChainLink, seconds: float
) -> None:
    probe = [
        ConnectionCheck(kind, PASSED, seconds=float(place))
        for place, kind in enumerate(PROBE_KINDS, start=1)
    ]
    result = replace(TESTED, checks=(*TESTED.checks, *probe))
    assert link_seconds(LinkStatus(link, LinkState.FINE, SEEN), CHECKED, result) == seconds
