"""The words of revoking: the guide's three ways, what stays and why, and the proof at the end.

Source: the guide's "Revoking access"; IAM User Guide, "Revoke IAM role temporary security
credentials".
"""

from collections.abc import Mapping
from typing import Final

from app.core.change import ChangeKind, LeftAlone, Obstacle, Offer, Plan
from app.core.changes.kinds import rules_of
from app.core.changes.rules import Thing
from app.core.choices import Choice, RevokeWay
from app.core.conventions import paragraph, row
from app.core.documents.open_sessions import SESSIONS_POLICY
from app.core.frozen import frozen
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.i18n import mark, ntr, tr
from app.core.message import texts_of_param
from app.core.revoking.proof import Proof
from app.core.wording import plan_words
from app.core.wording.facts import or_empty
from app.core.wording.offer_words import OfferWords
from app.core.wording.open_sessions import (
    AS_LONG_AS_ALLOWED,
    AT_ONCE,
    BY_THEMSELVES,
    sessions_words,
)
from app.core.wording.value_sentence import ValueSentence, filled


@frozen
class WayWords:
    """One way to take access away, in words: what it is, what it does, and to open sessions."""

    title: str
    does: str
    sessions: str


_WAYS: Final = {
    RevokeWay.DELETE_ROLE: WayWords(
        mark("Delete the role"),
        mark(
            "UbiQuity’s access ends for good. The role, its policy and UbiQuity’s statement in "
            "your KMS keys’ policies are removed. What others put there stays."
        ),
        AT_ONCE,
    ),
    RevokeWay.CHANGE_TRUST: WayWords(
        mark("Change the trust policy"),
        mark(
            "UbiQuity can no longer use the role. The role and its policies stay, so that access "
            "can be given back by setting up again."
        ),
        AS_LONG_AS_ALLOWED,
    ),
}

_IN_UBIQUITY: Final = WayWords(
    mark("Disable the connector in UbiQuity"),
    mark(
        "In UbiQuity, go to Database > Connectors and disable the connector. It "
        "then makes no new connections. Nothing changes in AWS."
    ),
    BY_THEMSELVES,
)


def way_words(how: RevokeWay | None) -> WayWords:
    """Return the words for a way; None is the one in UbiQuity itself, which this can't do."""
    way = _IN_UBIQUITY if how is None else _WAYS[how]
    return WayWords(tr(way.title), tr(way.does), tr(way.sessions))


_ROLE_STAYS: Final = mark(
    "UbiQuity can no longer use the role {role}. The role itself stays, "
    "since others use it or it could not be read in full."
)
_OTHERS_GO_ON: Final = mark(
    "Your UbiQuity database can no longer use the role {role}. Others that share it still can."
)
_LEFTOVERS: Final = mark(
    "There is no role {role}, so UbiQuity has no access. What was made for it is removed."
)


def effect_sentence(plan: Plan, how: RevokeWay, longest: int | None) -> ValueSentence:
    """Return what the changes of ``plan`` come to, open sessions included.

    A role that others use is not deleted, whatever was wished; so the plan decides. ``longest``
    is the role's longest session in seconds, None where it was not read.
    """
    if any(change.kind is ChangeKind.DELETE_ROLE for change in plan.changes):
        way = way_words(how)
        return ValueSentence(paragraph(way.does, way.sessions))
    role_is_there = any(rules_of(change).acts_on is Thing.ROLE for change in plan.changes)
    if any(part.code == "other-external-ids" for part in plan.left_alone):
        effect = tr(_OTHERS_GO_ON)
    elif how is RevokeWay.CHANGE_TRUST:
        effect = way_words(how).does
    elif role_is_there or _is_held(plan):
        effect = tr(_ROLE_STAYS)
    else:
        return _filled(tr(_LEFTOVERS), {})
    return _filled(paragraph(effect, sessions_words(plan, longest)), {})


_HOLDING: Final = ("others-trusted", "other-policies", "instance-profiles", "policy-boundary")


def _is_held(plan: Plan) -> bool:
    """Tell whether something is kept for the sake of which the role stays."""
    return any(part.code in _HOLDING for part in plan.left_alone)


_LEFT_ALONE: Final = {
    "others-trusted": mark(
        "The role {role} also lets others in: {names}. It is not deleted, and they still get in "
        "as before. Of its permissions only UbiQuity’s are taken out."
    ),
    "others-let-in": mark(
        "The role {role} also lets others in: {names}. They still get in as before."
    ),
    "other-external-ids": mark(
        "Other UbiQuity databases use the role {role}: {names}. Only your External ID is taken "
        "out. The role, its policy and the key policies stay as they are for the others."
    ),
    "other-policies": mark(
        "The role {role} has other policies: {names}. It is not deleted, and they stay as they are."
    ),
    "instance-profiles": mark(
        "The role {role} is used by EC2, in instance profiles: {names}. It is not deleted."
    ),
    "policy-boundary": mark(
        "The policy {policy} is also the permissions boundary of the role {role}, which stays. It "
        "is not deleted."
    ),
    "policy-elsewhere": mark(
        "The policy {policy} is attached elsewhere too: {names}. It is not deleted."
    ),
    "policy-statements": mark(
        "The policy {named} also has statements that are not UbiQuity’s alone: {names}. What "
        "they grant for others stays, and the policy is not deleted."
    ),
    "key-statements": mark(
        "The policy of the KMS key {target} has other statements for the role {role}: {names}. "
        "They stay exactly as they are."
    ),
}

_OBSTACLES: Final = {
    "check.unreadable": mark(
        "This could not be read in full with this sign-in, or says more than "
        "this program can work out: {target}. It is left as it is. Use a sign-in that "
        "may read it, or ask your AWS administrator to look at it."
    ),
    "change.refused": mark(
        "The policy of {target} has a rule for everybody except a user or role "
        "that no longer exists. AWS accepts no policy that names them, so "
        "nothing can be taken out of it. Ask your AWS administrator to rewrite "
        "that rule."
    ),
    "signin.wrong-account": mark(
        "This sign-in belongs to the AWS account {target}, which is another one. Nothing is "
        "changed. Sign in to the right account."
    ),
    "trust.too-open": mark(
        "The trust policy of {target} lets anyone in, so taking your External ID out does not "
        "keep UbiQuity out. Ask your AWS administrator, or end the access of every UbiQuity "
        "database."
    ),
    "kms.other-account": mark(
        "The KMS key {target} belongs to another AWS account. Its administrator has to take "
        "UbiQuity’s statement out of the key policy."
    ),
    "bucket.direct-grant": mark(
        "The policy of {target} also lets UbiQuity’s account in without the "
        "role. It serves others as well, so it is left as it is. Ask the person "
        "who looks after the bucket to rewrite that statement."
    ),
    "kms.direct-grant": mark(
        "The KMS key {target} also lets UbiQuity’s account in without the role. "
        "What lets it in serves others as well or can’t be told apart, so it is "
        "left as it is. Ask the person who looks after the key to take "
        "UbiQuity’s account out."
    ),
    "change.limit": mark(
        "UbiQuity’s statement is the only one in the policy of the KMS key "
        "{target}, and AWS requires at least one. The person who looks after the "
        "key has to write another first."
    ),
}


_NO_ROOM_INSIDE: Final = mark(
    "The policies inside the role {target} already use all the room that AWS "
    "allows, so there is none for a policy that ends open sessions. Make one "
    "of them shorter first, or delete the role instead."
)


def left_alone_sentence(part: LeftAlone) -> ValueSentence:
    """Return what stays, and why."""
    if part.code == "gone-principals":
        return plan_words.left_alone_sentence(part)
    names = row(map(or_empty, texts_of_param(part.params, "names")))
    named = row(map(or_empty, texts_of_param(part.params, "policy")))
    values = {"names": names, "named": named, "target": part.target}
    return _filled(tr(_LEFT_ALONE[part.code]), values)


def revoke_obstacle_sentence(obstacle: Obstacle) -> ValueSentence:
    """Return what can't be taken away, why, and who can."""
    if obstacle.code == "change.limit" and obstacle.finding is not None:
        return _filled(tr(_NO_ROOM_INSIDE), {"target": obstacle.target})
    return _filled(tr(_OBSTACLES[obstacle.code]), {"target": obstacle.target})


_OFFER_TITLES: Final = {
    Choice.END_SESSIONS: mark("End open sessions as well"),
    Choice.EVERYONE: mark("End the access of every UbiQuity database"),
    Choice.CONNECTOR_BUCKETS: mark("Take out the permissions for more buckets as well"),
}


def revoke_offer_words(offer: Offer) -> OfferWords:
    """Return title and explanation of a choice. Raises KeyError for one that only sets up."""
    return OfferWords(tr(_OFFER_TITLES[offer.choice]), offer_sentence(offer))


def offer_sentence(offer: Offer) -> ValueSentence:
    """Return what can be chosen beside the plan, and what it does to others."""
    if offer.choice is Choice.END_SESSIONS:
        return _filled(
            tr(
                "End open sessions: a policy {sessions} in the role {role} denies "
                "everything to sessions that began before it was added or within a "
                "minute after, including those of others. They can sign in again after "
                "that minute."
            ),
            {"sessions": SESSIONS_POLICY},
        )
    if offer.choice is Choice.CONNECTOR_BUCKETS:
        buckets = row(map(or_empty, texts_of_param(offer.params, "buckets")))
        return _filled(
            tr(
                "Take out the permissions for {buckets} as well, if UbiQuity has connectors for "
                "them. They are written as UbiQuity’s guide writes them; anyone else who uses them "
                "loses them."
            ),
            {"buckets": buckets},
        )
    external_ids = texts_of_param(offer.params, "external_ids")
    template = ntr(
        "End the access of every UbiQuity database: {names} loses it as well.",
        "End the access of every UbiQuity database: {names} lose it as well.",
        len(external_ids),
    )
    return _filled(template, {"names": row(external_ids)})


def losing_sentence(databases: int) -> str:
    """Return how many UbiQuity databases lose access."""
    sentence = ntr(
        "{count} UbiQuity database loses access.",
        "{count} UbiQuity databases lose access.",
        databases,
    )
    return sentence.format(count=databases)


def nothing_sentence(plan: Plan) -> str:
    """Return what an empty plan means."""
    if plan.cannot_mend:
        return tr("Nothing can be taken away at present.")
    return tr("There is nothing to take away.")


_PROOFS: Final = {
    "denied": mark("AWS now refuses UbiQuity: it can start no new session with the role {role}."),
    "allowed": mark("UbiQuity can still use the role {role}."),
    "unknown": mark("It is not certain whether UbiQuity can still use the role {role}."),
    "denied-to-one": mark(
        "AWS now refuses your UbiQuity database: it can start no new session with the role "
        "{role}. Other UbiQuity databases that share the role still can."
    ),
}


def proof_sentence(proof: Proof) -> ValueSentence:
    """Return whether access has ended, and for whom; ``proof.because`` says why."""
    outcome = "denied-to-one" if proof.is_ended and proof.others_go_on else proof.decision
    return _filled(tr(_PROOFS[outcome]), {})


def _filled(template: str, values: Mapping[str, str]) -> ValueSentence:
    fixed = {"role": ROLE_NAME, "policy": POLICY_NAME}
    return filled(template, **{**fixed, **values})
