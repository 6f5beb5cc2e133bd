"""The policy of a KMS key, put in the place of the one before.

Source of the request: AWS KMS API Reference, PutKeyPolicy.
"""

from collections.abc import Collection
from typing import Final

from app.core.change import ChangeKind
from app.core.changes.aws_call import AwsCall
from app.core.changes.known_facts import now_known
from app.core.changes.rules import ChangeRules, GuideStep, Saved, Thing, swapped
from app.core.changes.sides import StoredDocument, TypedChange
from app.core.documents.document_text import compact_text
from app.core.documents.gone_principals import without_gone
from app.core.documents.policy_size import KEY_POLICY
from app.core.frozen import replace
from app.core.snapshot import Snapshot


def _put_key_policy_calls(change: TypedChange[StoredDocument]) -> tuple[AwsCall, ...]:
    parameters = {
        "KeyId": change.target,
        "PolicyName": "default",
        "Policy": compact_text(change.subject.document),
    }
    return (AwsCall("kms", "PutKeyPolicy", parameters, change.target.split(":")[3]),)


def _with_key_policy(snapshot: Snapshot, change: TypedChange[StoredDocument]) -> Snapshot:
    """Return ``snapshot`` with another policy of the key, wherever it stands."""
    policy = change.subject.document
    paths = (
        f"{place.path}.policy" for place in snapshot.key_places() if place.key.arn == change.target
    )
    return now_known(snapshot, *paths).with_keys(
        lambda place: (
            replace(place.key, policy=policy) if place.key.arn == change.target else place.key
        )
    )


def _key_policy_in(
    snapshot: Snapshot, change: TypedChange[StoredDocument]
) -> StoredDocument | None:
    """Return the key's policy, from the first place of the key where it was read."""
    policies = (
        place.key.policy
        for place in snapshot.key_places()
        if place.key.arn == change.target and snapshot.was_read(f"{place.path}.policy")
    )
    return StoredDocument.read(next(policies, None))


def _without_gone(side: StoredDocument, gone: Collection[str]) -> StoredDocument:
    return StoredDocument(without_gone(side.document, gone))


PUT_KEY_POLICY: Final = ChangeRules(
    ChangeKind.PUT_KEY_POLICY,
    StoredDocument,
    Thing.KEY,
    "kms:PutKeyPolicy",
    seen_by=("kms:GetKeyPolicy",),
    requests=_put_key_policy_calls,
    effect=_with_key_policy,
    found_in=_key_policy_in,
    saved=Saved.KEY,
    inverse=swapped,
    guide_step=GuideStep.PERMISSIONS,
    size_limit=KEY_POLICY,
    without_gone=_without_gone,
    # KMS's answer while the role that the policy names is not known there yet.
    spreading_codes=frozenset({"MalformedPolicyDocumentException"}),
    names_the_role=True,
)

KEY_POLICY_KINDS: Final = (PUT_KEY_POLICY,)
