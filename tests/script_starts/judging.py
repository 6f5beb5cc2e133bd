"""What is wrong with a run of a script, given the account before it and after it."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_block import read_block
from app.core.frozen import replace
from app.core.guide import policy_arn, role_arn
from app.core.planning.plan import plan
from app.core.report import Report, Verdict, Weight
from app.core.snapshot import Snapshot
from app.practice.account import ACCOUNT_ID, KEY_REGION, PARTNER_ACCOUNT_ID, Keys
from app.practice.server import PracticeAws
from tests.helpers.practice_account import Json, everything
from tests.script_starts.shell import BASH, CLOUDSHELL, Ended

_ROLE: Final = role_arn(ACCOUNT_ID)
_POLICY: Final = policy_arn(ACCOUNT_ID)
_NOT_LOOKED_INTO: Final = ("files.", "check.unreadable")
"""Findings of what neither script reads, or that hang on who asks."""


@dataclass(frozen=True)
class Truth:
    """The account: all that is in it, and what the program finds in it and would do."""

    account: Json
    reports: tuple[Report, ...]
    """The administrator's report, and that of whoever is signed in."""
    left_to_do: int
    in_sight: Verdict
    """The verdict without what neither script looks into: the files and the organisation."""

    @property
    def verdict(self) -> Verdict:
        """The verdict of whoever may read everything."""
        return self.reports[0].verdict


def truth(aws: PracticeAws, draft: Draft, keys: Keys) -> Truth:
    """Read the account as the administrator and as whoever is signed in."""
    snapshots = [_read(aws, draft, who) for who in dict.fromkeys((aws.admin, keys))]
    reports = tuple(diagnose(draft, snapshot) for snapshot in snapshots)
    left = len(plan(draft, snapshots[0]).changes)
    in_sight = diagnose(draft, _in_sight(snapshots[0])).verdict
    return Truth(whole_account(aws), reports, left, in_sight)


def _in_sight(snapshot: Snapshot) -> Snapshot:
    buckets = tuple(replace(bucket, sample=None) for bucket in snapshot.buckets)
    return replace(snapshot, buckets=buckets, organization_denies=())


def _read(aws: PracticeAws, draft: Draft, keys: Keys) -> Snapshot:
    access = GivenKeys(
        aws.endpoint_url, keys.access_key_id, keys.secret_access_key, keys.session_token
    )
    return asyncio.run(CustomerAccount(access).read_snapshot(draft))


def whole_account(aws: PracticeAws) -> Json:
    """Return all that is in the account, every key's policy with it."""
    from moto.backends import get_backend

    from app.practice import kms_keys

    keys = {}
    for owner in (ACCOUNT_ID, PARTNER_ACCOUNT_ID):
        for key in get_backend("kms")[owner][KEY_REGION].keys.values():
            keys[key.arn] = json.loads(kms_keys.key_policy(key, aws._ledger))
    return {**everything(aws), "keys": keys}


def wrongs(script: str, ended: Ended, draft: Draft, before: Json, after: Truth) -> Iterator[str]:
    """Yield what is wrong with a run that came to its end."""
    yield from _of_the_account(before, after.account)
    made = _made(before, after.account)
    if sorted(made) != sorted(ended.made):
        yield f"it made {made} and said {ended.made}"
    if "Traceback" in ended.text:
        yield f"a traceback: {ended.error[-300:]}"
    if not ended.stopped and after.left_to_do:
        yield f"it did not stop, and the plan has {after.left_to_do} changes more"
    if script == BASH and ended.status == 0:
        yield from _boast(ended, after)
    if ended.status != (1 if ended.stopped else 0):
        yield f"its exit status is {ended.status}"
    if script == CLOUDSHELL:
        yield from wrongs_of_block(ended, draft, after)


def wrongs_of_check(
    script: str, checked: Ended, draft: Draft, same: bool, after: Truth, ended: Ended
) -> Iterator[str]:
    """Yield what is wrong with a run that was to look only, and left the account the ``same``.

    ``ended`` is the run after it: where that made nothing, the truth after it is that before.
    """
    if not same:
        yield "--check: the account is another"
    if "Traceback" in checked.text:
        yield f"--check: a traceback: {checked.error[-300:]}"
    if script == CLOUDSHELL and not ended.made:
        yield from (f"--check: {wrong}" for wrong in wrongs_of_block(checked, draft, after))
    lacks = bool(ended.made) or ended.stopped
    if checked.status != lacks:
        yield f"--check: its exit status is {checked.status}"


def _boast(ended: Ended, after: Truth) -> Iterator[str]:
    if after.verdict is Verdict.BLOCKED and "All is as it should" in ended.text:
        yield f"it said that all is as it should be: {_blockers(after.reports[0])}"


def wrongs_of_block(ended: Ended, draft: Draft, after: Truth) -> Iterator[str]:
    """Yield where the block that was printed contradicts what the program reads itself."""
    snapshot = read_block(ended.out, "block")
    if isinstance(snapshot, InputProblem):
        yield f"no block: {snapshot.text}"
        return
    told = diagnose(draft, snapshot)
    true = {(f.code, f.bucket) for report in after.reports for f in report.findings}
    if ("role.misnamed", None) in true:
        true.add(("role.missing", None))  # the program alone looks for the likes of its name
    untrue = {
        f"{finding.code}({finding.bucket})"
        for finding in told.findings
        if not finding.code.startswith(_NOT_LOOKED_INTO)
        if (finding.code, finding.bucket) not in true
    }
    if untrue:
        yield f"untrue in the block: {sorted(untrue)}"
    if told.verdict is Verdict.READY and after.in_sight is not Verdict.READY:
        yield f"the block is ready, the account {after.in_sight}: {_blockers(after.reports[0])}"


def _blockers(report: Report) -> list[str]:
    return [f.code for f in report.findings if CATALOGUE[f.code].weight is Weight.BLOCKER]


def _of_the_account(before: Json, after: Json) -> Iterator[str]:
    """Yield where somebody has less than before, or anything but the setup changed."""
    for arn, role in before["roles"].items():
        now = after["roles"].get(arn)
        if now is None or {**now, "attached": 0} != {**role, "attached": 0}:
            yield f"the role {arn} was changed"
        elif not set(role["attached"]) <= set(now["attached"]):
            yield f"the role {arn} has lost a policy"
    for name in ("policies", "buckets"):
        changed = [each for each, was in before[name].items() if after[name].get(each) != was]
        if changed:
            yield f"{name} were changed: {changed}"
    for arn, was in before["keys"].items():
        now = after["keys"][arn]["Statement"]
        if [each for each in was["Statement"] if each not in now]:
            yield f"the key {arn} has lost a statement"
    if before["grants"] != after["grants"]:
        yield "the grants were changed"


def _made(before: Json, after: Json) -> list[str]:
    """Return what was made, by the AWS CLI's operations."""
    made = []
    if _POLICY in after["policies"] and _POLICY not in before["policies"]:
        made.append("create-policy")
    if _ROLE in after["roles"] and _ROLE not in before["roles"]:
        made.append("create-role")
    attached = [(each["roles"].get(_ROLE) or {}).get("attached", []) for each in (before, after)]
    if attached[0] != attached[1]:
        made.append("attach-role-policy")
    changed = [arn for arn, was in before["keys"].items() if after["keys"][arn] != was]
    return made + ["put-key-policy"] * len(changed)
