"""The sentence that AWS says when it denies, by what it was that denied.

Source: IAM User Guide, "Troubleshoot access denied error messages", Amazon S3 User Guide,
"Troubleshoot access denied (403 Forbidden) errors", and public transcripts.
"""

from collections.abc import Callable
from typing import Final

from app.core.iam.decision import Outcome, Reason
from app.core.iam.truth import Truth
from app.practice.needs import Needed
from app.practice.organization import OrganizationNo
from app.practice.refusal import Refusal, speaks_json
from app.practice.sign_in import SignIn
from app.practice.visit import SignedCall

DenialWords = Callable[[SignIn, Needed, Outcome], str]
"""Makes the sentence from who asked, for what, and what the evaluator said."""

_KINDS: Final = {
    "identity": "an identity-based policy",
    "boundary": "a permissions boundary",
    "bucket": "a resource-based policy",
    "key": "a resource-based policy",
    "trust": "the role trust policy",
}
_KEY_OUT_OF_REACH: Final = (
    "because the resource does not exist in this Region, no resource-based policies allow "
    "access, or a resource-based policy explicitly denies access"
)


def refusal(signed: SignedCall, sentence: str) -> Refusal:
    """Return the denial in the service's own code and status."""
    if speaks_json(signed.signature.service):
        return Refusal("AccessDeniedException", sentence, 400)
    return Refusal("AccessDenied", sentence, 403)


def plain(sign_in: SignIn, needed: Needed) -> str:
    """Return the sentence without a reason: all that AssumeRole tells another account."""
    where = f" on resource: {needed.shown}" if needed.shown else ""
    return f"User: {sign_in.arn} is not authorized to perform: {needed.action}{where}"


def no_session_policy(sign_in: SignIn, needed: Needed) -> str:
    """Return the sentence for what the session's own policy leaves out."""
    return f"{plain(sign_in, needed)} because no session policy allows the {needed.action} action"


def by_organization(sign_in: SignIn, needed: Needed, no: OrganizationNo) -> str:
    """Return the sentence for what the organisation does not allow."""
    return f"{plain(sign_in, needed)} {no.words(needed.action)}"


def for_identity(sign_in: SignIn, needed: Needed, outcome: Outcome) -> str:
    """Return the sentence for a resource of the caller's own account."""
    return f"{plain(sign_in, needed)} {_why(outcome, needed.action, 'identity-based')}"


def for_strangers(_sign_in: SignIn, _needed: Needed, _outcome: Outcome) -> str:
    """Return the sentence of S3 for a bucket of another account: it gives no reason."""
    return "Access Denied"


def for_role(sign_in: SignIn, needed: Needed, _outcome: Outcome) -> str:
    """Return the sentence for a role of another account: it gives no reason."""
    return plain(sign_in, needed)


def for_trust(sign_in: SignIn, needed: Needed, outcome: Outcome) -> str:
    """Return the sentence for a role of the caller's own account."""
    head = f"User: {sign_in.arn} is not authorized to perform: {needed.action}"
    handed_on = _hands_on(outcome, "trust")
    return f"{head} {_why(outcome, needed.action, 'identity-based' if handed_on else 'role trust')}"


def for_key(sign_in: SignIn, needed: Needed, outcome: Outcome) -> str:
    """Return the sentence of KMS itself."""
    missing = "identity-based" if _hands_on(outcome, "key") else "resource-based"
    return f"{plain(sign_in, needed)} {_why(outcome, needed.action, missing)}"


def for_key_in_s3(sign_in: SignIn, needed: Needed, outcome: Outcome) -> str:
    """Return the sentence that S3 passes on from KMS; reading names no key, only the object's."""
    reading = needed.action == "kms:Decrypt"
    head = f"User: {sign_in.arn} is not authorized to perform: {needed.action}"
    unnamed = "on the resource associated with this ciphertext" if reading else "on this resource"
    if _is_about_key(outcome):
        return f"{head} {unnamed} {_KEY_OUT_OF_REACH}"
    named = unnamed if reading else f"on resource: {needed.shown}"
    return f"{head} {named} {_why(outcome, needed.action, 'identity-based')}"


def _is_about_key(outcome: Outcome) -> bool:
    """Return whether it is the key's policy that denies, or fails to allow."""
    if outcome.because.reason is Reason.EXPLICIT_DENY:
        return _denying_kind(outcome) == "key"
    return outcome.because.reason is Reason.NO_GRANT and not _hands_on(outcome, "key")


def _why(outcome: Outcome, action: str, missing: str) -> str:
    if outcome.because.reason is Reason.EXPLICIT_DENY:
        return f"with an explicit deny in {_KINDS[_denying_kind(outcome)]}"
    if outcome.because.reason is Reason.BOUNDARY:
        return f"because no permissions boundary allows the {action} action"
    kind = f"{missing} policy"
    return f"because no {kind} allows the {action} action"


def _denying_kind(outcome: Outcome) -> str:
    return outcome.because.statements[0].source.partition(":")[0]


def _hands_on(outcome: Outcome, source: str) -> bool:
    """Return whether the resource's policy hands the decision on to identity policies."""
    return any(
        reading.allows(reading.reach.account) is Truth.TRUE
        for reading in outcome.readings
        if reading.source == source
    )
