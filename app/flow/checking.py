"""Checking an existing set-up: the account as it is read, and the report that follows from it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from app.core.change import Change, ChangeKind
from app.core.changes.kinds import KINDS
from app.core.changes.needed_actions import OwnPermissions, needed_actions
from app.core.changes.rules import Saved
from app.core.diagnosis.chain import first_broken, link_of, links_of
from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.comparison import same_document
from app.core.documents.policies import permissions_policy
from app.core.failed_call import failed_call
from app.core.failure import AwsFailure, finding_of_failure
from app.core.guide import policy_arn
from app.core.iam.work import MOST_STEPS, Work
from app.core.planning.mended import mended
from app.core.planning.plan import plan
from app.core.report import Weight
from app.core.snapshot import (
    BucketFacts,
    CustomerPolicy,
    RoleFacts,
    Snapshot,
    State,
    Unreadable,
)
from app.core.told.answer import with_told
from app.flow.look_back import read_and_look_back
from app.flow.reading_times import ReadingTimes
from app.flow.thinking import beside_the_window

if TYPE_CHECKING:
    from app.core.change import Plan
    from app.core.draft import Draft
    from app.core.observation import Observation
    from app.core.report import Finding, Report
    from app.core.snapshot import (
        Caller,
        LastUse,
    )
    from app.core.told.answer import ToldAnswer
    from app.flow.look_back import LookBack
    from app.flow.ports.accounts import SignedIn
    from app.flow.ports.aws import CustomerAws


@dataclass(frozen=True, slots=True)
class CheckedAccount:
    """What was read, and what follows from it for the draft.

    ``plans_changes`` tells whether the plan would change something; what it can't mend is shown
    in the review. ``mended`` are the report's findings that it mends. Both are worked out once,
    since the window is drawn again and again from this. ``lacking`` are the actions that AWS
    says the sign-in may not do of the plan's, None where that is not known. ``seconds`` tells how
    long reading the facts of each link took; empty for what was read elsewhere. ``to_save`` are
    the changes that the person makes by saving a document in AWS, where they pasted theirs.
    ``look_back`` is what the account's own records tell of UbiQuity; None where nobody looked.
    """

    draft: "Draft"
    snapshot: Snapshot
    report: "Report"
    plans_changes: bool = False
    mended: tuple["Finding", ...] = ()
    lacking: tuple[str, ...] | None = ()
    seconds: Mapping[ChainLink, float] = field(default_factory=dict)
    to_save: tuple[Change, ...] = ()
    look_back: "LookBack | None" = None

    @property
    def can_mend(self) -> bool:
        """Whether this program can mend something, as far as AWS tells of the sign-in."""
        return self.plans_changes and not self.lacking

    @property
    def mended_here(self) -> tuple["Finding", ...]:
        """The findings that this program can mend with the sign-in."""
        return self.mended if self.can_mend else ()

    @property
    def keeps_out(self) -> bool:
        """Whether a link of the chain is broken; not where only nobody could ask."""
        broken = first_broken(links_of(self.report, self.snapshot))
        return broken is not None and broken.link is not ChainLink.CALLER

    def mends(self, finding: "Finding") -> bool:
        """Tell whether this program can mend ``finding`` with the sign-in."""
        return finding in self.mended_here


async def check_account(
    draft: "Draft",
    signed_in: "SignedIn",
    observations: tuple["Observation", ...] = (),
    written_by_us: datetime | None = None,
) -> CheckedAccount:
    """Read the account with ``signed_in`` and diagnose it, with what a test observed.

    ``written_by_us`` is when this program last wrote the trust policy, by its journal.
    """
    times, aws = ReadingTimes(), signed_in.aws
    snapshot, found = await read_and_look_back(
        aws, draft, on_call=times.take, written_by_us=written_by_us
    )
    snapshot = snapshot.with_observations(*observations)
    checked = await weighed(draft, snapshot, aws)
    return replace(checked, seconds=times.seconds, look_back=found)


async def weighed(draft: "Draft", snapshot: Snapshot, aws: "CustomerAws") -> CheckedAccount:
    """Return what ``snapshot`` says for ``draft``, and ask ``aws`` whether the sign-in may mend it.

    It is not asked where this program would change nothing.
    """
    thoughts = await beside_the_window(lambda work: _thoughts(draft, snapshot, work))
    needed = needed_actions(thoughts.plan)
    answer = await aws.own_permissions(needed) if needed else OwnPermissions()
    lacking = None if isinstance(answer, AwsFailure) else answer.lacking
    return replace(thoughts.checked, lacking=lacking)


async def checked_with(
    checked: CheckedAccount, told: "ToldAnswer", said: str = "", at: datetime | None = None
) -> CheckedAccount:
    """Return what follows from what was read, and from what UbiQuity's own test answered.

    ``said`` is its text, where that was pasted; ``at`` is when it was told (UTC), None for now.
    """
    moment = at or datetime.now(UTC)
    snapshot = with_told(checked.snapshot, checked.draft, told, moment, said)
    return await _anew(checked, snapshot)


async def checked_seen(
    checked: CheckedAccount,
    observations: Iterable["Observation"],
    last_use: "LastUse | None",
    met: object = None,
) -> CheckedAccount:
    """Return what follows from what was read, and from what a watch saw of UbiQuity.

    ``last_use`` is what it told of the role, None for nothing. ``met`` is the trust policy that its
    visits met, where that was read: another one that was read since they do not prove. AWS is not
    asked anew.
    """
    snapshot = checked.snapshot
    holds = met is None or same_document(met, snapshot.role.trust_policy)
    proving = (o for o in observations if holds or o.at >= snapshot.captured_at)
    snapshot = snapshot.with_observations_by_time(*proving)
    if last_use is not None:
        snapshot = replace(snapshot, role=replace(snapshot.role, last_used=last_use))
    return await _anew(checked, snapshot)


async def _anew(checked: CheckedAccount, snapshot: Snapshot) -> CheckedAccount:
    anew = await beside_the_window(lambda work: checked_account(checked.draft, snapshot, work))
    return replace(
        anew, lacking=checked.lacking, seconds=checked.seconds, look_back=checked.look_back
    )


def checked_account(draft: "Draft", snapshot: Snapshot, work: Work | None = None) -> CheckedAccount:
    """Return all that ``snapshot`` says for ``draft``; it takes a while for many buckets."""
    return _thoughts(draft, snapshot, work or Work(MOST_STEPS)).checked


def pasted_account(draft: "Draft", snapshot: Snapshot, work: Work) -> CheckedAccount:
    """Return what pasted documents say for ``draft``: without a sign-in nothing is changed."""
    report = diagnose(draft, snapshot, work)
    changes = plan(draft, snapshot, work=work).changes
    return CheckedAccount(draft, snapshot, report, to_save=tuple(_to_save(draft, report, changes)))


def _to_save(draft: "Draft", report: "Report", changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes that are made by saving one document in the place of another.

    A permissions policy whose name was not pasted can't be planned: the guide's own is given.
    """
    saved = [change for change in changes if KINDS[change.kind].saved]
    yield from saved
    lacks = any(
        link_of(f) is ChainLink.PERMISSIONS and CATALOGUE[f.code].weight is Weight.BLOCKER
        for f in report.findings
    )
    if lacks and not any(KINDS[c.kind].saved is Saved.PERMISSIONS for c in saved):
        document = permissions_policy(draft.buckets)
        target = policy_arn(draft.account_id)
        yield Change(ChangeKind.CREATE_POLICY, target, None, document, reversible=True)


class _Thoughts(NamedTuple):
    checked: CheckedAccount
    plan: "Plan"


def _thoughts(draft: "Draft", snapshot: Snapshot, work: Work) -> _Thoughts:
    report = diagnose(draft, snapshot, work)
    planned = plan(draft, snapshot, work=work)
    changes = planned.changes
    gone = mended(draft, snapshot, report, changes, work)
    return _Thoughts(CheckedAccount(draft, snapshot, report, bool(changes), gone), planned)


def account_out_of_reach(
    draft: "Draft", failure: AwsFailure, caller: "Caller | None" = None
) -> CheckedAccount:
    """Return the report where nobody could sign in: nothing is known but the failure.

    ``caller`` is who did, where it was to another account: nothing is asked of that.
    """
    now, code = datetime.now(UTC), _telling_code(failure)
    tried = failed_call(replace(failure, code=code), now)
    buckets = tuple(BucketFacts(name, State.UNREADABLE) for name in draft.bucket_names)
    unread = ("role", "customer_policy", *(f"buckets[{i}]" for i in range(len(buckets))))
    if caller is None:
        unread = ("caller", *unread)
    snapshot = Snapshot(
        captured_at=now,
        caller=caller,
        role=RoleFacts(State.UNREADABLE),
        customer_policy=CustomerPolicy(State.UNREADABLE),
        buckets=buckets,
        observations=(tried,),
        unreadable=tuple(Unreadable(what, code, failure.message) for what in unread),
    )
    return checked_account(draft, snapshot)


def _telling_code(failure: AwsFailure) -> str:
    """Return the failure's code, or its HTTP status where that alone tells what happened."""
    code_tells = finding_of_failure(failure.code, failure.message) == failure.finding
    return failure.code if code_tells or failure.http_status is None else str(failure.http_status)
