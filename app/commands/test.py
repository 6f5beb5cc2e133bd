"""``test``: the live connection test, in the role that the sign-in's account has.

With a sign-in of UbiQuity's own account it is the real thing, done with UbiQuity's identity; with
the customer's it is what can be tried from there. Nothing is ever written: the test with a file of
its own needs somebody's consent, which is given in the window alone.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from app.commands.connection_outcome import ConnectionOutcome
from app.commands.connection_progress import CheckTeller, CountTeller
from app.commands.connection_text import result_lines
from app.commands.exit_status import FAILED
from app.commands.output import complain, print_json, read_draft_at, say, tell
from app.commands.prompts import code_on_terminal
from app.commands.to_the_end import to_the_end
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.formats.reading import InputProblem
from app.core.guide import role_arn
from app.core.i18n import tr
from app.core.sign_in import ByProfile
from app.core.wording.call_words import call_line
from app.flow.call_log import CallLog, calls_heard
from app.flow.connection.beginning import Beginning, begin, beginning_checks
from app.flow.connection.checks import ConnectionResult
from app.flow.connection.customer_test import CustomerTest
from app.flow.connection.spreading import was_made_just_now
from app.flow.connection.ubiquity_test import ConnectionTest
from app.flow.ports.accounts import SignedIn
from app.flow.ports.aws import CountSoFar, CustomerAws, UbiquityAws, UbiquitySession
from app.flow.since_setup import trust_written_in
from app.wiring.computer_accounts import get_ready, open_account, reach_aws
from app.wiring.kept_runs import kept_journals

FileLister = CustomerAws | UbiquitySession
ListerOf = Callable[[BucketEntry], Awaitable[FileLister | AwsFailure]]
"""Gives whoever can list a connector's bucket."""


def print_test(
    draft_path: str, profile: str | None, *, count: bool, with_calls: bool, as_json: bool
) -> int:
    """Make the test and print its result; return 0 only where all that could be made passed.

    A sign-in that fails is a check that failed. With ``count`` the files are counted to the end.
    ``with_calls`` tells of each call to AWS, with the ids that AWS's support asks for: after the
    result, and beside a document on standard error.
    """
    file = read_draft_at(draft_path)
    if isinstance(file, InputProblem):
        return complain(file.text)
    log = CallLog()
    with calls_heard(log.take):
        tested = to_the_end(_tested(file.draft, profile, count=count))
    if as_json:
        print_json(tested.to_json())
    else:
        say(*result_lines(tested))
    if with_calls:
        (tell if as_json else say)(tr("The calls to AWS:"), *map(call_line, log.records))
    return 0 if tested.has_passed else FAILED


async def _tested(draft: Draft, profile: str | None, *, count: bool) -> ConnectionOutcome:
    async def sign_in() -> SignedIn | AwsFailure:
        return await open_account(ByProfile(profile), code_on_terminal)

    tell(tr("Asking AWS who is signed in"))
    await get_ready()
    begun = await begin(sign_in, reach_aws)
    answer, last_run = begun.answer, kept_journals().last_apply(draft.account_id)
    if isinstance(answer, SignedIn) and answer.is_ubiquity and answer.ubiquity:
        is_new = last_run is not None and was_made_just_now(last_run, datetime.now(UTC))
        result = await _as_ubiquity(draft, answer.ubiquity, begun, just_created=is_new)
        tested, lister_of = ConnectionOutcome(draft, result), _with_the_role(draft, answer.ubiquity)
    else:
        written = trust_written_in(last_run) if last_run is not None else None
        test = CustomerTest(draft, sign_in, CheckTeller().tell, reach_aws, written)
        outcome = await test.run(begun)
        tested, lister_of = ConnectionOutcome(draft, outcome.result, outcome.checked), _with(answer)
    return await _counted(tested, lister_of) if count else tested


async def _as_ubiquity(
    draft: Draft, ubiquity: UbiquityAws, begun: Beginning, *, just_created: bool
) -> ConnectionResult:
    """Do what the connector does; the network, the clock and the sign-in are told before it.

    ``just_created`` tells that AWS may still be spreading what this computer has set up.
    """
    before, teller = beginning_checks(begun, None), CheckTeller()

    def whole(result: ConnectionResult) -> ConnectionResult:
        return replace(result, checks=(*before, *result.checks))

    test = ConnectionTest(
        draft, ubiquity, lambda result: teller.tell(whole(result)), just_created=just_created
    )
    return whole(await test.run())


def _with(answer: SignedIn | AwsFailure) -> ListerOf:
    async def lister_of(_entry: BucketEntry) -> FileLister | AwsFailure:
        return answer if isinstance(answer, AwsFailure) else answer.aws

    return lister_of


def _with_the_role(draft: Draft, ubiquity: UbiquityAws) -> ListerOf:
    async def lister_of(entry: BucketEntry) -> FileLister | AwsFailure:
        arn = role_arn(draft.account_id)
        return await ubiquity.assume_role(arn, draft.database_id, entry.region)

    return lister_of


async def _counted(tested: ConnectionOutcome, lister_of: ListerOf) -> ConnectionOutcome:
    """Count the files of each connector whose first page was not all of them."""
    counts: dict[BucketEntry, CountSoFar | AwsFailure] = {}
    for entry, check in tested.listed:
        if check.complete:
            continue
        lister, teller = await lister_of(entry), CountTeller(entry)
        try:
            counts[entry] = (
                lister
                if isinstance(lister, AwsFailure)
                else await lister.count(entry.name, entry.region, entry.prefix, teller.tell)
            )
        finally:  # Ctrl-C too
            teller.clear()
        teller.ended(counts[entry])
    return replace(tested, counts=counts)
