"""Each way in which the program asks AWS for a connection test, and what it makes of a failure."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Final

from app.aws.access import NamedProfile
from app.aws.account import CustomerAccount
from app.aws.bucket_region import bucket_region
from app.aws.ubiquity import UbiquityAccount
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure, finding_of_failure
from app.core.guide import role_arn
from app.core.wording.failures import failure_words
from app.flow.connection.checks import CheckState, ConnectionResult
from app.flow.connection.customer_test import CustomerTest
from app.flow.connection.ubiquity_test import ConnectionTest
from app.flow.ports.accounts import SignedIn
from app.flow.threads import in_thread
from app.practice.account import ACCOUNT_ID, DATABASE_ID
from app.wiring.computer_accounts import reach_aws
from tests.helpers.drafts import MOMENT
from tests.practice.clients import EMPTY

DRAFT: Final = Draft(ACCOUNT_ID, DATABASE_ID, (BucketEntry(EMPTY, "us-east-1", "imports/"),))
CUSTOMER: Final = NamedProfile("customer")
UBIQUITY: Final = NamedProfile("ubiquity")

Findings = set[str | None]
"""The findings that a surface tells of what stopped it; nothing where all went well."""


def told(answer: object) -> Findings:
    """Return what one answer tells; a failure has words for people, too."""
    if not isinstance(answer, AwsFailure):
        return set()
    assert failure_words(answer).text
    return {answer.finding}


def _of_checks(result: ConnectionResult) -> Findings:
    assert result.finished
    assert result.calls
    failed = [check for check in result.checks if check.state is CheckState.FAILED]
    return {check.code or (check.failure.finding if check.failure else None) for check in failed}


async def customers_test() -> Findings:
    """Make the customer's own test."""

    async def sign_in() -> SignedIn | AwsFailure:
        account = CustomerAccount(CUSTOMER)
        caller = await account.caller()
        return caller if isinstance(caller, AwsFailure) else SignedIn(caller, account)

    test = CustomerTest(DRAFT, sign_in, lambda _result: None, reach_aws)
    return _of_checks((await test.run()).result)


async def ubiquitys_test() -> Findings:
    """Make the test with UbiQuity's own identity."""
    test = ConnectionTest(DRAFT, UbiquityAccount(UBIQUITY), lambda _result: None)
    return _of_checks(await test.run())


async def reading() -> Findings:
    """Read the account."""
    snapshot = await CustomerAccount(CUSTOMER).read_snapshot(DRAFT)
    return {_finding(seen.code, seen.message) for seen in snapshot.observations}


def _finding(code: str | None, message: str | None) -> str | None:
    return finding_of_failure(code or "", message or "")


async def event_history() -> Findings:
    """Look for UbiQuity's visits."""
    visits = await CustomerAccount(CUSTOMER).visits(DRAFT, MOMENT - timedelta(days=1))
    return {finding for failure in visits.failures for finding in told(failure)}


async def last_use() -> Findings:
    """Ask when the role was last used."""
    return told(await CustomerAccount(CUSTOMER).last_use())


async def a_page() -> Findings:
    """List a page of the bucket, as the customer and as UbiQuity."""
    entry = DRAFT.buckets[0]
    where = (entry.name, entry.region, entry.prefix, None)
    session = await UbiquityAccount(UBIQUITY).assume_role(
        role_arn(ACCOUNT_ID), DATABASE_ID, entry.region
    )
    as_ubiquity = session if isinstance(session, AwsFailure) else await session.list_page(*where)
    return told(await CustomerAccount(CUSTOMER).list_page(*where)) | told(as_ubiquity)


async def counting() -> Findings:
    """Count the files, as the customer."""
    entry = DRAFT.buckets[0]
    where = (entry.name, entry.region, entry.prefix)
    return told(await CustomerAccount(CUSTOMER).count(*where, lambda _so_far: None))


async def nobody() -> Findings:
    """Ask whether AWS is there, and where the bucket is, without a sign-in."""
    where = await in_thread(lambda: bucket_region(DRAFT.buckets[0].name))
    return told(await reach_aws()) | told(where)


SURFACES: Final[Mapping[str, Callable[[], Awaitable[Findings]]]] = {
    "the customer's test": customers_test,
    "UbiQuity's test": ubiquitys_test,
    "reading": reading,
    "the event history": event_history,
    "the role's last use": last_use,
    "a page of the listing": a_page,
    "counting": counting,
    "without a sign-in": nobody,
}
SIGNED: Final = [name for name in SURFACES if name != "without a sign-in"]
