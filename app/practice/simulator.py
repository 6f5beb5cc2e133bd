"""IAM's policy simulator, as far as SimulatePrincipalPolicy goes for roles and users.

It weighs the identity's own policies, its permissions boundary and the organisation's policies:
no resource policy, and no condition key but those that the caller names. Source: IAM API
Reference, "SimulatePrincipalPolicy" and "EvaluationResult". Imports moto through ``identities``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from app.core.iam.context import Context
from app.core.iam.decision import Decision, Outcome, Reason, decide_same_account
from app.core.iam.policies import Policy, parse_policy
from app.core.iam.principals import Requester
from app.core.iam.requests import Request
from app.practice import authority, identities
from app.practice.exchange import HttpAnswer
from app.practice.needs import Needed
from app.practice.organization import OrganizationNo, is_in_organization, simulated_refusal
from app.practice.refusal import refuse
from app.practice.visit import SignedCall

_NAMESPACE: Final = "https://iam.amazonaws.com/doc/2010-05-08/"


@dataclass(frozen=True, slots=True)
class _Source:
    """Whose policies are simulated."""

    account: str
    caller: Requester
    policies: tuple[Policy, ...]
    boundary: Policy | None


def serve(signed: SignedCall, form: Mapping[str, str]) -> HttpAnswer:
    """Answer one SimulatePrincipalPolicy.

    Raises ``RefusedError`` where the caller may not ask, or there is no such role or user.
    """
    arn = form.get("PolicySourceArn", "")
    authority.require(signed, Needed("iam:SimulatePrincipalPolicy", arn, arn))
    source = _source(signed.sign_in.account, arn)
    context = Context.known(dict(_context(form)))
    results = (
        _result(signed, source, Request(action, resource, source.caller, context))
        for action in _members(form, "ActionNames")
        for resource in _members(form, "ResourceArns") or ("*",)
    )
    return _answer("".join(results))


def _source(account: str, arn: str) -> _Source:
    role, user = identities.find_role_by_arn(arn), identities.find_user_by_arn(arn)
    if role is not None and role.account_id == account:
        stored, cap = identities.role_policies(account, role)
        boundary = None if cap is None else _policy(cap.document, "boundary")
        caller = Requester.role_session(role.arn, role.id)
    elif user is not None and user.account_id == account:
        stored, boundary = identities.user_policies(account, user), None
        caller = Requester.user(user.arn, user.id)
    else:
        raise refuse("NoSuchEntity", f"The entity {arn} cannot be found.", 404)
    policies = tuple(_policy(policy.document, "identity") for policy in stored)
    return _Source(account, caller, policies, boundary)


def _policy(document: str, source: str) -> Policy:
    return parse_policy(
        json.loads(document), source, "boundary" if source == "boundary" else "identity"
    )


def _members(form: Mapping[str, str], name: str) -> Sequence[str]:
    values: list[str] = []
    while f"{name}.member.{len(values) + 1}" in form:
        values.append(form[f"{name}.member.{len(values) + 1}"])
    return values


def _context(form: Mapping[str, str]) -> Iterator[tuple[str, Sequence[str]]]:
    number = 1
    while f"ContextEntries.member.{number}.ContextKeyName" in form:
        entry = f"ContextEntries.member.{number}"
        yield form[f"{entry}.ContextKeyName"], _members(form, f"{entry}.ContextKeyValues")
        number += 1


def _result(signed: SignedCall, source: _Source, request: Request) -> str:
    outcome = decide_same_account(
        request, identity=source.policies, resource=None, boundary=source.boundary
    )
    no = simulated_refusal(request, source.account, signed.ledger)
    organization = boundary = ""
    if is_in_organization(source.account, signed.ledger):
        allowed = f"<AllowedByOrganizations>{_text(no is None)}</AllowedByOrganizations>"
        organization = f"<OrganizationsDecisionDetail>{allowed}</OrganizationsDecisionDetail>"
    if source.boundary is not None:
        within = _text(outcome.because.reason is not Reason.BOUNDARY)
        allowed = f"<AllowedByPermissionsBoundary>{within}</AllowedByPermissionsBoundary>"
        boundary = f"<PermissionsBoundaryDecisionDetail>{allowed}"
        boundary += "</PermissionsBoundaryDecisionDetail>"
    return (
        f"<member><EvalActionName>{escape(request.action)}</EvalActionName>"
        f"<EvalResourceName>{escape(str(request.resource))}</EvalResourceName>"
        f"<EvalDecision>{_decision(outcome, no)}</EvalDecision>"
        f"<MatchedStatements/><MissingContextValues/>{organization}{boundary}</member>"
    )


def _decision(outcome: Outcome, no: OrganizationNo | None) -> str:
    if outcome.because.reason is Reason.EXPLICIT_DENY or (no is not None and no.explicit):
        return "explicitDeny"
    allowed = outcome.decision is Decision.ALLOWED and no is None
    return "allowed" if allowed else "implicitDeny"


def _text(truth: bool) -> str:
    return "true" if truth else "false"


def _answer(results: str) -> HttpAnswer:
    body = (
        f'<SimulatePrincipalPolicyResponse xmlns="{_NAMESPACE}"><SimulatePrincipalPolicyResult>'
        f"<IsTruncated>false</IsTruncated><EvaluationResults>{results}</EvaluationResults>"
        "</SimulatePrincipalPolicyResult><ResponseMetadata><RequestId>practice</RequestId>"
        "</ResponseMetadata></SimulatePrincipalPolicyResponse>"
    )
    return HttpAnswer(200, (("Content-Type", "text/xml"),)).with_body(body.encode())
