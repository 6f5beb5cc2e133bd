"""Which checks fill which link of the chain in, in both roles, and what a link waits for."""

import pytest

from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.draft import BucketEntry
from app.flow.connection import tester as values
from app.flow.connection.checks import (
    PROBE_KINDS,
    CheckKind,
    CheckState,
    ConnectionCheck,
    ConnectionResult,
)
from app.flow.connection.links_under_way import LinkUnderWay, links_under_way
from app.practice.account import KEY_ARN

PASSED, FAILED, RUNNING, WAITING, SKIPPED = (
    CheckState.PASSED,
    CheckState.FAILED,
    CheckState.RUNNING,
    CheckState.WAITING,
    CheckState.SKIPPED,
)


def _links(tester: values.Tester, **states: CheckState) -> dict[ChainLink, LinkUnderWay]:
    """Return the links for checks that are named as the kinds are, with ``_`` in place of ``-``."""
    checks = tuple(
        ConnectionCheck(CheckKind(kind.replace("_", "-")), state, seconds=1.0)
        for kind, state in states.items()
    )
    result = ConnectionResult(checks, tester=tester)
    return {link.link: link for link in links_under_way(result)}


def test_as_the_customer_links_fill_in_and_ubiquity_is_waited_for() -> None:
    links = _links(
        values.Tester.CUSTOMER,
        network=PASSED,
        caller=PASSED,
        account=RUNNING,
        list=WAITING,
        visit=SKIPPED,
    )
    states = {link: (status.state, status.kind) for link, status in links.items()}
    assert states == {
        ChainLink.CALLER: (PASSED, None),
        ChainLink.UBIQUITY: (WAITING, CheckKind.VISIT),
        ChainLink.ROLE: (RUNNING, CheckKind.ACCOUNT),
        ChainLink.TRUST: (RUNNING, CheckKind.ACCOUNT),
        ChainLink.PERMISSIONS: (RUNNING, CheckKind.ACCOUNT),
        ChainLink.BUCKET: (WAITING, CheckKind.ACCOUNT),
        ChainLink.KEY: (RUNNING, CheckKind.ACCOUNT),
        ChainLink.FILES: (WAITING, CheckKind.ACCOUNT),
    }
    assert links[ChainLink.CALLER].seconds == 2.0


@pytest.mark.parametrize(
    ("code", "failed"),
    [
        ("policy.not-attached", {ChainLink.PERMISSIONS}),
        ("trust.external-id-mismatch", {ChainLink.TRUST}),
        ("bucket.missing", set()),  # the bucket has checks of its own
        ("env.offline", {ChainLink.ROLE, ChainLink.TRUST, ChainLink.PERMISSIONS, ChainLink.KEY}),
    ],
)
def test_an_account_that_keeps_ubiquity_out_fails_by_one_link(
    code: str, failed: set[ChainLink]
) -> None:
    check = ConnectionCheck(CheckKind.ACCOUNT, FAILED, code=code)
    links = links_under_way(ConnectionResult((check,), tester=values.Tester.CUSTOMER))
    assert {link.link for link in links if link.state is FAILED} == failed
    others = {link.link for link in links if link.state is PASSED}
    assert others | failed == {
        ChainLink.ROLE,
        ChainLink.TRUST,
        ChainLink.PERMISSIONS,
        ChainLink.KEY,
    }


def test_as_ubiquity_reading_proves_no_writing() -> None:
    tried = {"assume": PASSED, "list": PASSED, "read": PASSED}
    read = _links(values.Tester.UBIQUITY, **tried)
    assert [link for link, status in read.items() if status.partly] == [
        ChainLink.PERMISSIONS,
        ChainLink.KEY,
    ]
    written = _links(values.Tester.UBIQUITY, **tried, **{str(kind): PASSED for kind in PROBE_KINDS})
    assert not any(status.partly for status in written.values())
    assert {status.state for status in written.values()} == {PASSED}


def test_the_worst_check_tells_and_a_role_that_is_too_open_only_warns() -> None:
    code = "trust.external-id-not-required"
    checks = (
        ConnectionCheck(CheckKind.ASSUME, PASSED),
        ConnectionCheck(CheckKind.ASSUME_WITHOUT, FAILED, code=code),
        ConnectionCheck(CheckKind.ASSUME_WRONG, RUNNING),
    )
    trust = {link.link: link for link in links_under_way(ConnectionResult(checks))}[ChainLink.TRUST]
    assert (trust.state, trust.warns) == (RUNNING, False)
    ended = (*checks[:2], ConnectionCheck(CheckKind.ASSUME_WRONG, PASSED))
    trust = {link.link: link for link in links_under_way(ConnectionResult(ended))}[ChainLink.TRUST]
    assert (trust.state, trust.warns) == (FAILED, True)


@pytest.mark.parametrize(
    ("key", "state", "code", "expected"),
    [
        (None, PASSED, None, (SKIPPED, True, False)),
        (None, FAILED, "policy.action-missing", (SKIPPED, True, False)),
        (None, FAILED, "kms.decrypt-denied", (FAILED, False, False)),
        (KEY_ARN, PASSED, None, (PASSED, False, True)),
    ],
)
def test_as_ubiquity_the_key_is_needed_where_the_details_or_aws_tell_of_one(
    key: str | None, state: CheckState, code: str | None, expected: tuple[CheckState, bool, bool]
) -> None:
    entry = BucketEntry("customer-data-imports", "ap-southeast-2", kms_key_arn=key)
    read = ConnectionCheck(CheckKind.READ, state, entry, seconds=1.0, code=code)
    result = ConnectionResult((read,), tester=values.Tester.UBIQUITY)
    links = {link.link: link for link in links_under_way(result)}
    status = links[ChainLink.KEY]
    assert (status.state, status.unneeded, status.partly) == expected
