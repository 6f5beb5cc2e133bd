"""Somebody with exactly the least policy does the whole thing; with an action less it is said.

The practice AWS's gate asks the program's own evaluator about every request, as in ``authority``.
"""

import asyncio
import contextlib
import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from app.aws.calls import Calls
from app.core.choices import Choice, Choices, RevokeWay
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.open_sessions import SESSIONS_POLICY
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.documents.statements import statements_of
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.guide import POLICY_NAME, ROLE_NAME, UBIQUITY_ROOT_ARN
from app.core.iam.json_text import strings
from app.core.journal import RunKind
from app.core.needs.least_policy import Doing, least_policy
from app.core.needs.reads import NEVER_NEEDED
from app.core.report import Report
from app.core.snapshot import Caller
from app.flow.connection.ended import prove_end
from app.flow.look_back import read_and_look_back
from app.flow.ports.accounts import SignedIn
from app.flow.review import Purpose, Review, journal_of
from app.flow.revoking import review_revocation
from app.flow.run.applier import Applier
from app.flow.run.course import Course, carry_out
from app.flow.run.memory_journals import MemoryJournals
from app.flow.run.progress import ChangeProgress
from app.flow.run.records import NoReceipts
from app.flow.setting_up import review_setup
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, Keys
from app.practice.server import PracticeAws
from tests.helpers.in_memory import in_memory
from tests.helpers.sound_setup import sound_setup
from tests.practice.clients import ENCRYPTED, IMPORTS, POLICY_ARN, Person, customer_account

DRAFT: Final = Draft(
    ACCOUNT_ID,
    DATABASE_ID,
    (
        BucketEntry(IMPORTS, "ap-southeast-2", "imports/"),
        BucketEntry(ENCRYPTED, "ap-southeast-2", "imports/", kms_key_arn=KEY_ARN),
    ),
)
_ITS_NAME: Final = "least"
_KEYS: Final = Keys("AKIAPRACTICELEAST000", "only what is needed")
DIRECT: Final = frozenset({"bucket.direct-grant", "kms.direct-grant"})
_OTHERS: Final = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "ec2.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}
_OLDER: Final = json.dumps(permissions_policy([BucketEntry("practice-empty", "us-east-1")]))


@dataclass(frozen=True)
class Outcome:
    """What the program said: that all is well, and which actions it named as lacking."""

    well: bool
    told: str


class Somebody:
    """A user of the practice account who may do what they are given, and nothing else.

    Each has the same keys, and so the clients that were made for them: to make those anew for
    each would take as long as the calls.
    """

    def __init__(self, aws: PracticeAws, *, new: bool = True) -> None:
        from app.practice import identities, seed  # they import moto, once that has started

        self.admin = _administrator(aws)
        self._aws = aws
        if new:
            self.admin.iam.create_user(UserName=_ITS_NAME)
            seed._give_keys(identities.backend(ACCOUNT_ID).users[_ITS_NAME], _KEYS)

    def signed_in(self, policy: Mapping[str, object]) -> SignedIn:
        self.admin.iam.put_user_policy(
            UserName=_ITS_NAME, PolicyName="it", PolicyDocument=json.dumps(policy)
        )
        caller = Caller(f"arn:aws:iam::{ACCOUNT_ID}:user/{_ITS_NAME}", ACCOUNT_ID)
        return SignedIn(caller, customer_account(self._aws, _KEYS))


@functools.cache
def _administrator(aws: PracticeAws) -> Person:
    """Return the administrator, whose keys and so whose clients go on over every reset."""
    return Person(aws, aws.admin)


def truth(aws: PracticeAws) -> Report:
    """Return the report that the administrator gets, who may read everything."""
    return diagnose(DRAFT, asyncio.run(customer_account(aws).read_snapshot(DRAFT)))


async def _no_sleep(_seconds: float) -> None:
    return None


async def _run(account: SignedIn, review: Review) -> Outcome:
    told = [*(review.lacking or ()), *review.refused]
    shown: list[ChangeProgress] = []

    def show(progress: tuple[ChangeProgress, ...]) -> None:
        shown.extend(progress)

    if not review.plan.changes:
        return Outcome(not review.plan.cannot_mend, " ".join(told))
    applier = Applier(account.aws, MemoryJournals(), show, sleep=_no_sleep)
    journal = journal_of(review, account, datetime.now(UTC))
    ended = await carry_out(applier, journal, Course.MAKE, NoReceipts())
    told += [p.failure.message for p in shown if p.failure]
    return Outcome(ended.is_settled and not review.plan.cannot_mend, " ".join(told))


async def _check(account: SignedIn) -> Outcome:
    snapshot, _ = await read_and_look_back(account.aws, DRAFT)
    report = diagnose(DRAFT, snapshot)
    return Outcome(report.verdict == "ready", " ".join(str(f.params) for f in report.findings))


async def _create(account: SignedIn) -> Outcome:
    return await _run(account, await review_setup(account, DRAFT, Choices()))


async def _revoke(account: SignedIn, how: RevokeWay, *chosen: Choice) -> Outcome:
    purpose, choices = Purpose(RunKind.REVOKE, DRAFT, how), Choices(frozenset(chosen))
    review = await review_revocation(account, purpose, choices, datetime.now(UTC))
    outcome = await _run(account, review)
    proof = await prove_end(account.aws, DRAFT, waits=())
    return Outcome(outcome.well and proof.is_ended, outcome.told)


# Where each begins


def _nothing(_aws: PracticeAws) -> None:
    """Begin in an empty account."""


def _half(aws: PracticeAws) -> None:
    """Begin with somebody's role, and our policy full of versions and attached to none."""
    iam = _administrator(aws).iam
    iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=json.dumps(_OTHERS))
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=_OLDER)
    for _ in range(4):
        iam.create_policy_version(PolicyArn=POLICY_ARN, PolicyDocument=_OLDER, SetAsDefault=True)


def _whole(aws: PracticeAws) -> None:
    """Begin with everything as it should be, and an older version of the policy."""
    sound_setup(aws, DRAFT)
    iam = _administrator(aws).iam
    document = json.dumps(permissions_policy(DRAFT.buckets))
    iam.create_policy_version(PolicyArn=POLICY_ARN, PolicyDocument=document, SetAsDefault=True)


def _closed(aws: PracticeAws) -> None:
    """Begin with a role that has our Deny for sessions in it."""
    _whole(aws)
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    _administrator(aws).iam.put_role_policy(
        RoleName=ROLE_NAME, PolicyName=SESSIONS_POLICY, PolicyDocument=document
    )


def _others_too(aws: PracticeAws) -> None:
    """Begin with a role that others use as well, whose policy is theirs too."""
    _whole(aws)
    iam = _administrator(aws).iam
    both: Any = trust_policy(DATABASE_ID)
    both["Statement"] += _OTHERS["Statement"]
    iam.update_assume_role_policy(RoleName=ROLE_NAME, PolicyDocument=json.dumps(both))
    theirs: Any = permissions_policy(DRAFT.buckets)
    theirs["Statement"].append(
        {"Sid": "Theirs", "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}
    )
    iam.create_policy_version(
        PolicyArn=POLICY_ARN, PolicyDocument=json.dumps(theirs), SetAsDefault=True
    )


def _past_the_role(aws: PracticeAws) -> None:
    """Begin with UbiQuity's account let in by bucket policies and a grant as well."""
    _whole(aws)
    admin = _administrator(aws)
    theirs = {"Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"}}
    for name, more in ((IMPORTS, []), (ENCRYPTED, [theirs])):
        arn = f"arn:aws:s3:::{name}"
        ours = {"Effect": "Allow", "Principal": {"AWS": UBIQUITY_ROOT_ARN}}
        what = {"Action": "s3:GetObject", "Resource": f"{arn}/*"}
        document = {"Version": "2012-10-17", "Statement": [{**s, **what} for s in (ours, *more)]}
        admin.s3.put_bucket_policy(Bucket=name, Policy=json.dumps(document))
    admin.kms.create_grant(
        KeyId=KEY_ARN, GranteePrincipal=UBIQUITY_ROOT_ARN, Operations=["Decrypt"]
    )


@dataclass(frozen=True)
class Way:
    """One way through: what is done, from where."""

    doing: Doing
    start: Callable[[PracticeAws], None]
    act: Callable[[SignedIn], Any]


WAYS: Final = {
    "check": Way(Doing.CHECK, _whole, _check),
    "create": Way(Doing.CREATE, _nothing, _create),
    "create on what is there": Way(Doing.CREATE, _half, _create),
    "revoke": Way(Doing.REVOKE, _closed, lambda who: _revoke(who, RevokeWay.DELETE_ROLE)),
    "revoke beside others": Way(
        Doing.REVOKE, _others_too, lambda who: _revoke(who, RevokeWay.DELETE_ROLE)
    ),
    "revoke past the role": Way(
        Doing.REVOKE, _past_the_role, lambda who: _revoke(who, RevokeWay.DELETE_ROLE)
    ),
    "revoke by the trust policy": Way(
        Doing.REVOKE,
        _whole,
        lambda who: _revoke(who, RevokeWay.CHANGE_TRUST, Choice.END_SESSIONS),
    ),
}


QUIET: Final[Mapping[Doing, frozenset[str]]] = {
    # Grants are looked at where they may be listed; to revoke goes as far as could be read.
    # What only plans turn on a check does not speak of; AWS's simulator is no more than a hint.
    # Whether UbiQuity was there is a note below the report.
    Doing.CHECK: frozenset(
        {
            "cloudtrail:LookupEvents",
            "iam:ListEntitiesForPolicy",
            "iam:ListInstanceProfilesForRole",
            "iam:ListPolicyVersions",
            "iam:SimulatePrincipalPolicy",
            "kms:ListGrants",
        }
    ),
    # Whoever may see one policy alone is right to take it for missing: AWS makes no second one.
    Doing.CREATE: frozenset({"iam:ListPolicies", "iam:SimulatePrincipalPolicy", "kms:ListGrants"}),
    Doing.REVOKE: frozenset(
        {"iam:ListPolicies", "iam:ListRoles", "iam:SimulatePrincipalPolicy", "kms:ListGrants"}
    ),
}
"""What may be lacking without a word, since all ends as well without it."""

UNUSED: Final[Mapping[Doing, set[str]]] = {
    # An inline policy of the role, a role and a policy that are not there: read where they are,
    # and put to the test on the other ways.
    Doing.CHECK: {"iam:GetRolePolicy", "iam:ListPolicies", "iam:ListRoles"},
    # Tags are put with what is made, in the same call.
    Doing.CREATE: {"iam:GetRolePolicy", "iam:TagPolicy", "iam:TagRole"},
    Doing.REVOKE: set(),
}
"""What is in the policy and no way here comes by."""


def _is_true(way: Way, report: Report, unseen: frozenset[str] = frozenset()) -> bool:
    """Tell whether the account is as it should be, once somebody was told that all is well.

    ``unseen`` are the codes of what nobody could have seen.
    """
    if way.doing is Doing.REVOKE:
        ways_past = {finding.code for finding in report.findings} & DIRECT
        return report.access[0].decision == "denied" and not ways_past - unseen
    return report.verdict == "ready"


@pytest.fixture(autouse=True)
def without_a_network(server: PracticeAws) -> Iterator[None]:
    """Ask the gate itself: what is asked and what is refused is the same as over HTTP."""
    with in_memory(server):
        yield


@contextlib.contextmanager
def _asked() -> Iterator[set[str]]:
    """Note the permissions of all calls as they are made.

    What the role has is listed beside the role: of a role that is not there, in vain, whether
    AWS says so or, on a busy computer, says nothing in time.
    """
    noted: set[str] = set()
    run = Calls.run

    async def noting(calls: Calls, action: str, work: Callable[[], object]) -> object:
        answer = await run(calls, action, work)
        if not (isinstance(answer, AwsFailure) and action.startswith("iam:List")):
            noted.add(action)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Calls, "run", noting)
        yield noted


def _without(policy: Mapping[str, object], action: str) -> dict[str, object]:
    statements = []
    for statement in statements_of(policy):
        actions = [each for each in strings(statement["Action"]) or () if each != action]
        if actions:
            statements.append({**statement, "Action": actions})
    return {**policy, "Statement": statements}


def _tried(aws: PracticeAws, way: Way, policy: Mapping[str, object]) -> Outcome:
    """Go the way, from its start, as somebody who has ``policy``."""
    aws.reset()
    way.start(aws)
    outcome: Outcome = asyncio.run(way.act(Somebody(aws).signed_in(policy)))
    return outcome


@functools.cache
def _gone(aws: PracticeAws, name: str) -> tuple[Outcome, Report, frozenset[str]]:
    """Go the way ``name`` with its least policy, once for all tests.

    Return what was said, what is true then, and the permissions that it took.
    """
    way = WAYS[name]
    with _asked() as asked:
        outcome = _tried(aws, way, least_policy(DRAFT, way.doing))
        needed = frozenset(asked - NEVER_NEEDED)
    return outcome, truth(aws), needed


def _needed(aws: PracticeAws, names: Iterable[str]) -> set[str]:
    """Return the permissions that it takes to go the ways ``names``."""
    return {action for name in names for action in _gone(aws, name)[2]}


def _allowed(policy: Mapping[str, object]) -> set[str]:
    return {a for one in statements_of(policy) for a in strings(one["Action"]) or ()}


@pytest.mark.parametrize("name", WAYS)
def test_exactly_the_least_policy_is_enough(server: PracticeAws, name: str) -> None:
    outcome, report, needed = _gone(server, name)
    assert outcome == Outcome(well=True, told="")
    assert needed <= _allowed(least_policy(DRAFT, WAYS[name].doing))
    assert _is_true(WAYS[name], report)


@pytest.mark.parametrize("name", WAYS)
def test_an_action_less_is_told_and_ends_well_or_not_at_all(server: PracticeAws, name: str) -> None:
    way, policy = WAYS[name], least_policy(DRAFT, WAYS[name].doing)
    earlier = list(WAYS)[: list(WAYS).index(name)]
    alike = [other for other in earlier if WAYS[other].doing is way.doing]
    left_out = sorted(_needed(server, [name]) - _needed(server, alike))
    assert left_out
    for action in left_out:
        outcome = _tried(server, way, _without(policy, action))
        if action not in outcome.told and action not in QUIET[way.doing]:
            # On a busy computer an answer may come too late, and the account is read once more.
            assert action not in _gone.__wrapped__(server, name)[2], action
            continue
        if outcome.well:
            unseen = frozenset({"kms.direct-grant"} if action == "kms:ListGrants" else ())
            assert _is_true(way, truth(server), unseen), action
        elif action in QUIET[way.doing]:
            pytest.fail(f"{action} is lacking, and nothing says so")
    # With all of it the same person finishes what they could not.
    assert asyncio.run(way.act(Somebody(server, new=False).signed_in(policy))).well


@pytest.mark.parametrize("doing", Doing)
def test_each_permission_is_used_on_one_of_the_ways(server: PracticeAws, doing: Doing) -> None:
    names = [name for name, way in WAYS.items() if way.doing is doing]
    assert _allowed(least_policy(DRAFT, doing)) - _needed(server, names) == UNUSED[doing]
