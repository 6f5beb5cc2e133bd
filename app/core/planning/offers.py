"""The choices that an account gives rise to: each is offered only where it would do something."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.core.change import Offer
from app.core.choices import Choice
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.view.role_view import role_place
from app.core.documents.ubiquity_trust import other_databases, others_trusted
from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn
from app.core.planning.left_alone import other_buckets
from app.core.report import Finding, Report
from app.core.snapshot import Snapshot

Params = dict[str, object]
OfferLook = Callable[[Draft, Snapshot, Report], Offer | None]


def _data_key(draft: Draft, _end: Snapshot, report: Report) -> Offer | None:
    warned = [f for f in _of("kms.write-denied", report) if f.params.get("key") in _keys(draft)]
    keys = list(dict.fromkeys(str(finding.params["key"]) for finding in warned))
    return Offer(Choice.DATA_KEY, keys[0], {"names": keys}) if keys else None


def _other_keys(_draft: Draft, _end: Snapshot, report: Report) -> Offer | None:
    unusable = (f for f in _of("files.other-key", report) if f.params.get("decision") != "allowed")
    keys = list(dict.fromkeys(str(finding.params["key"]) for finding in unusable))
    return Offer(Choice.OTHER_KEYS, keys[0], {"names": keys}) if keys else None


def _inline_policy(draft: Draft, end: Snapshot, report: Report) -> Offer | None:
    """Offer it where the role lacks permissions; the plan offers it only where a limit is why."""
    is_lacking = any(finding.code in _IN_THE_POLICY for finding in report.findings)
    names: Params = {"names": [ROLE_NAME]}
    return _of_role(Choice.INLINE_POLICY, draft, end, names) if is_lacking else None


def _keys(draft: Draft) -> set[str | None]:
    return {entry.kms_key_arn for entry in draft.buckets}


def _tagging(draft: Draft, end: Snapshot, report: Report) -> Offer | None:
    buckets = list(dict.fromkeys(f.bucket for f in _of("files.tagged", report) if f.bucket))
    arn = end.customer_policy.arn or policy_arn(draft.account_id)
    return Offer(Choice.TAGGING, arn, {"names": buckets}) if buckets else None


def _require_external_id(draft: Draft, end: Snapshot, report: Report) -> Offer | None:
    codes = ("trust.external-id-not-required", "trust.too-open")
    is_open = any(next(_of(code, report), None) for code in codes)
    return _of_role(Choice.REQUIRE_EXTERNAL_ID, draft, end, {}) if is_open else None


def _replace_trust(draft: Draft, end: Snapshot, _report: Report) -> Offer | None:
    trust = end.role.trust_policy
    params: Params = {
        "names": list(dict.fromkeys(others_trusted(trust))),
        "external_ids": list(other_databases(trust, draft.database_id)),
    }
    return _of_role(Choice.REPLACE_TRUST, draft, end, params) if any(params.values()) else None


def _of_role(choice: Choice, draft: Draft, end: Snapshot, params: Params) -> Offer | None:
    role = role_place(draft, end)
    return Offer(choice, role.arn, params) if role.is_required_one else None


def _replace_policy(draft: Draft, end: Snapshot, report: Report) -> Offer | None:
    buckets = list(dict.fromkeys(other_buckets(draft, end)))
    wide = [f for f in _of("policy.too-broad", report) if _names_policy(f)]
    arn = end.customer_policy.arn or policy_arn(draft.account_id)
    actions = wide[0].params.get("actions") or [] if wide else []
    params: Params = {"names": buckets, "actions": actions}
    # What is still wrong with the policy itself (a Deny in it, say), the guide's document mends.
    is_offered = buckets or wide or any(f.code in _IN_THE_POLICY for f in report.findings)
    return Offer(Choice.REPLACE_POLICY, arn, params) if is_offered else None


_IN_THE_POLICY: Final = frozenset(
    code
    for code, row in CATALOGUE.items()
    if code.startswith("policy.") and row.weight == "blocker"
)


def _names_policy(finding: Finding) -> bool:
    policies = finding.params.get("policies")
    whole = finding.params.get("whole")
    return bool(whole) or (isinstance(policies, list) and POLICY_NAME in policies)


def _remake_role(draft: Draft, end: Snapshot, _report: Report) -> Offer | None:
    role, view = end.role, role_place(draft, end)
    if not view.is_found or view.is_required_one:
        return None
    attached = (p.name for p in role.attached_policies if p.name != POLICY_NAME)
    params: Params = {
        "policies": [*attached, *(policy.name for policy in role.inline_policies)],
        "names": list(dict.fromkeys(others_trusted(role.trust_policy))),
        "external_ids": list(other_databases(role.trust_policy, draft.database_id)),
    }
    return Offer(Choice.REMAKE_ROLE, view.arn, params)


def _of(code: str, report: Report) -> Iterator[Finding]:
    return (finding for finding in report.findings if finding.code == code)


LOOKS: Final[Mapping[Choice, OfferLook]] = {
    Choice.REMAKE_ROLE: _remake_role,
    Choice.REQUIRE_EXTERNAL_ID: _require_external_id,
    Choice.REPLACE_TRUST: _replace_trust,
    Choice.REPLACE_POLICY: _replace_policy,
    Choice.DATA_KEY: _data_key,
    Choice.OTHER_KEYS: _other_keys,
    Choice.INLINE_POLICY: _inline_policy,
    Choice.TAGGING: _tagging,
}
"""What tells of an account, as it would be without the choice, whether it should be offered."""
