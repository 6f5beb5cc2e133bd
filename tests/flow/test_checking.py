"""Checking an existing set-up: the report of what was read, and the flow that leads to it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.diagnose import diagnose
from app.core.failure import AwsFailure, finding_of_failure
from app.core.fields.form import form_of
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.report import Verdict
from app.core.sign_in import ByProfile
from app.core.snapshot import Snapshot
from app.flow.checking import CheckedAccount, account_out_of_reach, check_account
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.pages import CHECK, EXPLAIN, SETUP, page_of, shown_pages
from app.flow.wizard.state import Flow, Method
from app.flow.wizard.store import SetupStore
from tests.helpers.drafts import ENCRYPTED, MOMENT, PLAIN, ROLE_ARN, untouched, whole
from tests.helpers.fakes import FakeAccounts, FakeCustomer, signed_in
from tests.helpers.records import unkept

WHO: Final = "sts:GetCallerIdentity"

# What AWS or botocore says, its HTTP status where there is one, and the finding.
FAILURES: Final = (
    ("EndpointConnectionError", 'Could not connect to "https://sts…/"', None, "env.offline"),
    ("ProxyConnectionError", "Failed to connect to proxy", None, "env.proxy"),
    ("407", "Proxy Authentication Required", 407, "env.proxy"),
    ("Unknown", "An answer of no AWS", 407, "env.proxy"),
    ("SSLError", "SSL validation failed", None, "env.tls-intercepted"),
    ("RequestTimeTooSkewed", "The difference is too large", 403, "env.clock-skew"),
    ("SignatureDoesNotMatch", "Signature expired: 20261123T010203Z", 403, "env.clock-skew"),
    ("ReadTimeoutError", "Read timeout on endpoint", None, "env.timeout"),
    ("Throttling", "Rate exceeded", 400, "env.throttled"),
    ("Unknown", "Slow down", 429, "env.throttled"),
    ("ServiceUnavailable", "Try again", 503, "env.aws-fault"),
    ("Unheard", "Of", 502, "env.aws-fault"),
    ("NoCredentialsError", "Unable to locate credentials", None, "signin.none"),
    (
        "ProfileNotFound",
        "The profile (work) is not there",
        None,
        "signin.profile-missing",
    ),
    ("ExpiredToken", "The security token is expired", 403, "signin.expired"),
    ("UnauthorizedSSOTokenError", "The SSO session has expired", None, "signin.expired"),
    ("InvalidClientTokenId", "The security token is invalid", 403, "signin.invalid"),
    ("SignatureDoesNotMatch", "The signature does not match", 403, "signin.invalid"),
    ("ConfigParseError", "Unable to parse config file: /x (line 3)", None, "signin.config-broken"),
    ("RegionDisabledException", "STS is not activated", 403, "signin.region-disabled"),
)


def _failure(code: str, message: str, status: int | None) -> AwsFailure:
    """Return the failure as ``app.aws`` makes it."""
    finding = finding_of_failure(code, message, status)
    return AwsFailure(WHO, code, message, status, "req-1", finding)


@pytest.mark.parametrize(("code", "message", "status", "finding"), FAILURES)
def test_nobody_could_sign_in(code: str, message: str, status: int | None, finding: str) -> None:
    failure = _failure(code, message, status)
    assert failure.finding == finding
    checked = account_out_of_reach(ENCRYPTED, failure)
    assert [found.code for found in checked.report.findings] == [finding]
    assert checked.report.verdict is Verdict.BLOCKED
    assert {row.decision for row in checked.report.access} == {"unknown"}


def test_every_failure_of_who_is_asking_is_in_the_table() -> None:
    codes = {code for code in CATALOGUE if code.startswith(("env.", "signin."))}
    # These need an answer of AWS about an account: then somebody has signed in.
    signed = {
        "signin.wrong-account",
        "signin.wrong-partition",
        "signin.other-endpoint",
        "signin.not-allowed",
    }
    assert {row[3] for row in FAILURES} == codes - signed


def test_a_refusal_to_say_who_is_asking_is_never_ready() -> None:
    refused = AwsFailure(WHO, "AccessDenied", "is not authorized to perform", 403)
    report = account_out_of_reach(PLAIN, refused).report
    assert report.verdict is not Verdict.READY
    assert report.findings


def test_what_was_out_of_reach_can_be_sent_to_support() -> None:
    checked = account_out_of_reach(ENCRYPTED, _failure(*FAILURES[0][:3]))
    text = dump_snapshot(checked.snapshot)
    read = read_snapshot(text, "sent.json")
    assert isinstance(read, Snapshot)
    assert diagnose(ENCRYPTED, read) == checked.report
    assert json.loads(text)["caller"] is None
    named = [entry["what"] for entry in json.loads(text)["unreadable"]]
    assert named == ["caller", "role", "customer_policy", "buckets[0]"]


def _check(snapshot: Snapshot, *seen: Observation) -> CheckedAccount:
    return asyncio.run(check_account(PLAIN, signed_in(FakeCustomer(snapshot)), seen))


def test_the_report_follows_from_what_was_read() -> None:
    for snapshot, verdict in ((whole(PLAIN), Verdict.READY), (untouched(PLAIN), Verdict.BLOCKED)):
        checked = _check(snapshot)
        assert (checked.draft, checked.snapshot) == (PLAIN, snapshot)
        assert checked.report == diagnose(PLAIN, snapshot)
        assert checked.report.verdict is verdict


def test_what_a_test_saw_belongs_to_the_report() -> None:
    refused = Observation(
        at=MOMENT + timedelta(minutes=9),
        identity=Identity.UBIQUITY,
        action="sts:AssumeRole",
        outcome=ObservedOutcome.DENIED,
        resource=ROLE_ARN,
        external_id="right",
        code="AccessDenied",
    )
    checked = _check(whole(PLAIN), refused)
    assert checked.snapshot.observations == (refused,)
    assert [found.code for found in checked.report.findings] == ["organization.denies"]


def test_the_time_is_that_of_the_failure() -> None:
    before = datetime.now(UTC)
    snapshot = account_out_of_reach(PLAIN, _failure(*FAILURES[0][:3])).snapshot
    assert before <= snapshot.captured_at <= datetime.now(UTC)
    assert snapshot.observations[0].at == snapshot.captured_at


# The flows

OFFLINE: Final = _failure(*FAILURES[0][:3])


@pytest.fixture
def store() -> SetupStore:
    return SetupStore(practice=True)


def _page(store: SetupStore) -> str:
    return page_of(store.state).id


def test_a_flow_begins_after_welcome(store: SetupStore) -> None:
    for flow, pages in ((Flow.SETUP, SETUP), (Flow.CHECK, CHECK), (Flow.EXPLAIN, EXPLAIN)):
        store.begin(flow)
        assert (store.state.flow, _page(store)) == (flow, pages[1].id)
        assert shown_pages(store.state)[:2] == pages[:2]
        store.back()
        assert (store.state.flow, _page(store)) == (Flow.SETUP, "welcome")


def test_a_check_begins_at_once_where_the_details_are(store: SetupStore) -> None:
    store.fill(form_of(PLAIN))
    store.begin(Flow.CHECK)
    assert (store.state.flow, _page(store)) == (Flow.CHECK, "check")
    store.back()
    assert (store.state.flow, _page(store)) == (Flow.CHECK, "details")
    assert store.next() is None
    assert _page(store) == "check"


def test_a_check_waits_for_the_details(store: SetupStore) -> None:
    store.begin(Flow.CHECK)
    assert store.next() is not None
    assert _page(store) == "details"
    store.fill(form_of(PLAIN))
    assert store.next() is None
    assert _page(store) == "check"
    assert store.next() is None
    assert _page(store) == "check"  # it is the last


def test_mending_goes_on_to_the_plan(store: SetupStore) -> None:
    store.fill(form_of(PLAIN))
    store.begin(Flow.CHECK)
    customer = FakeCustomer(untouched(PLAIN))
    actions = SetupActions(store, FakeAccounts(signed_in(customer)), unkept())
    asyncio.run(actions.check(ByProfile()))
    store.mend()
    state = store.state
    assert (state.flow, _page(store)) == (Flow.CHECK, "create")
    assert page_of(state).title == "Review and mend"
    assert state.draft == PLAIN
    assert state.creation.run is None
    asyncio.run(actions.changes.prepare())
    asyncio.run(actions.changes.create())
    assert store.state.connection == Connection()  # it told of what was
    assert store.next() is None
    assert (store.state.flow, _page(store), store.state.mending) == (Flow.CHECK, "check", False)
    asyncio.run(actions.check(ByProfile()))
    assert store.state.connection.checked is not None
    assert store.state.connection.checked.report.verdict is Verdict.READY


@pytest.mark.parametrize("method", Method)
def test_mending_after_a_test_leads_back_to_the_test(method: Method) -> None:
    store = SetupStore(practice=True)
    store.fill(form_of(PLAIN))
    store.choose_method(method)
    actions = SetupActions(store, FakeAccounts(signed_in(FakeCustomer(untouched(PLAIN)))), unkept())
    store.change(lambda state: state.at("test"))
    way = [page.title for page in shown_pages(store.state)]
    store.mend()
    assert page_of(store.state).title == "Review and mend"
    assert store.next() is not None  # the changes are still to be made
    asyncio.run(actions.changes.prepare())
    asyncio.run(actions.changes.create())
    assert store.next() is None
    assert (_page(store), store.state.creation.method) == ("test", method)
    assert [page.title for page in shown_pages(store.state)] == way


@pytest.mark.parametrize(("flow", "page"), [(Flow.CHECK, "check"), (Flow.SETUP, "test")])
def test_whoever_does_not_mend_goes_back_to_what_was_found(flow: Flow, page: str) -> None:
    store = SetupStore(practice=True)
    store.fill(form_of(PLAIN))
    store.change(lambda state: state.at(page, flow))
    actions = SetupActions(store, FakeAccounts(signed_in(FakeCustomer(untouched(PLAIN)))), unkept())
    asyncio.run(actions.check(ByProfile()))
    checked = store.state.connection.checked
    store.mend()
    asyncio.run(actions.changes.prepare())
    store.back()
    assert (_page(store), store.state.connection.checked) == (page, checked)
    store.mend()
    store.go_to("details")
    assert (_page(store), store.state.mending) == ("details", False)


def test_a_check_keeps_the_details_and_the_sign_in(store: SetupStore) -> None:
    store.fill(form_of(PLAIN))
    store.begin(Flow.CHECK)
    before = store.state.details.form
    accounts = FakeAccounts(signed_in(FakeCustomer(whole(PLAIN))))
    asyncio.run(SetupActions(store, accounts, unkept()).check(ByProfile("work")))
    state = store.state
    assert state.details.form == before
    assert state.connection.checked is not None
    assert state.connection.checked.draft == PLAIN
    assert state.busy is None
    asyncio.run(SetupActions(store, accounts, unkept()).check(ByProfile("work")))
    assert accounts.asked == [ByProfile("work")]


def test_other_details_make_the_report_out_of_date(store: SetupStore) -> None:
    store.fill(form_of(PLAIN))
    accounts = FakeAccounts(signed_in(FakeCustomer(whole(PLAIN))))
    asyncio.run(SetupActions(store, accounts, unkept()).check(ByProfile()))
    store.edit("buckets[0].prefix", "imports/")
    assert store.state.connection.checked is None


def test_a_sign_in_that_fails_is_what_the_check_reports(store: SetupStore) -> None:
    store.fill(form_of(PLAIN))
    accounts = FakeAccounts(OFFLINE, signed_in(FakeCustomer(whole(PLAIN))))
    actions = SetupActions(store, accounts, unkept())
    asyncio.run(actions.check(ByProfile()))
    first = store.state.connection.checked
    assert first is not None
    assert [found.code for found in first.report.findings] == ["env.offline"]
    assert (store.state.failure, store.state.signed_in, store.state.busy) == (None, None, None)
    asyncio.run(actions.check(ByProfile()))
    again = store.state.connection.checked
    assert again is not None
    assert again.report.verdict is Verdict.READY


def test_nothing_is_checked_without_details(store: SetupStore) -> None:
    accounts = FakeAccounts(OFFLINE)
    asyncio.run(SetupActions(store, accounts, unkept()).check(ByProfile()))
    assert (accounts.asked, store.state.connection.checked) == ([], None)
