"""The role: made where it is missing, and given what an organisation requires of it.

Sources: the guide's Step 1; IAM User Guide, "IAM and AWS STS quotas" (names are unique whatever
their case), "Delete roles" (policies off first, and no instance profile may hold it).
"""

from collections.abc import Iterator, Mapping

from app.core.change import Change
from app.core.changes.attachment import DETACH_POLICY
from app.core.changes.aws_call import MADE_BY_TAG, is_of_aws
from app.core.changes.role import (
    CREATE_ROLE,
    PUT_ROLE_POLICY,
    SET_PERMISSIONS_BOUNDARY,
    TAG_ROLE,
    deletion,
)
from app.core.changes.sides import (
    ChangeSettings,
    InlinePolicy,
    PolicyReference,
    StoredDocument,
    Tags,
)
from app.core.choices import Choice, Choices
from app.core.diagnosis.view.role_view import ATTACHED, BOUNDARY, INLINE, TRUST, role_place
from app.core.documents.policies import trust_policy
from app.core.draft import Draft
from app.core.guide import ROLE_NAME
from app.core.planning.part import PlanPart, Unread, changes_in, no_room_for_tags
from app.core.snapshot import RoleFacts, Snapshot, State


def role_parts(draft: Draft, snapshot: Snapshot, choices: Choices) -> Iterator[PlanPart]:
    """Yield what makes the role the one that UbiQuity may assume, but for its trust policy."""
    role = role_place(draft, snapshot)
    if role.state is State.UNREADABLE:
        yield Unread("role", role.required_arn)
    elif role.state is State.MISSING and namesake(snapshot) is None:
        yield from _creation(draft, role.required_arn, choices, RoleFacts(State.MISSING))
    elif role.is_required_one:
        yield from _boundary(role.required_arn, snapshot, choices)
        yield from _tags(role.required_arn, snapshot, choices)
    elif role.is_found and Choice.REMAKE_ROLE in choices.chosen and can_be_remade(snapshot):
        creation = tuple(_creation(draft, role.required_arn, choices, snapshot.role))
        if changes_in(creation):
            yield from _taken_apart(role.arn, snapshot)
        yield from creation


def namesake(snapshot: Snapshot) -> str | None:
    """Return the ARN of another role that stands where AWS would let no second one be made."""
    return next((r.arn for r in snapshot.similar_roles if r.name.lower() == ROLE_NAME), None)


def can_be_remade(snapshot: Snapshot) -> bool:
    """Tell whether all is known that deleting the role takes, and no instance profile holds it."""
    role = snapshot.role
    facts = (TRUST, ATTACHED, INLINE, BOUNDARY)
    inline = (f"{INLINE}[{place}].document" for place in range(len(role.inline_policies)))
    is_read = all(map(snapshot.was_read, (*facts, *inline))) and role.instance_profiles is not None
    return is_read and not role.instance_profiles and isinstance(role.trust_policy, Mapping)


def _creation(draft: Draft, arn: str, choices: Choices, old: RoleFacts) -> Iterator[PlanPart]:
    """Make the role; tags and boundary of an ``old`` one that it stands for are the account's."""
    boundary = choices.permissions_boundary or (
        old.permissions_boundary.arn if old.permissions_boundary else None
    )
    tags = {**_without_aws(old.tags or {}), **choices.tags}
    settings = ChangeSettings(choices.description, tags, boundary)
    document = StoredDocument(trust_policy(draft.database_id))
    change = CREATE_ROLE.change(arn, None, document, settings=settings)
    yield no_room_for_tags((*tags, MADE_BY_TAG), arn) or change


def _without_aws(tags: Mapping[str, str]) -> dict[str, str]:
    """Leave out AWS's own tags, which nobody else may set (IAM User Guide, "Tags for IAM")."""
    return {key: value for key, value in tags.items() if not is_of_aws(key)}


def _taken_apart(arn: str, snapshot: Snapshot) -> Iterator[Change]:
    """Yield what deletes the role. Nothing of it can be undone: a new role has another id."""
    role = snapshot.role
    for policy in role.attached_policies:
        yield DETACH_POLICY.change(arn, PolicyReference(policy.arn or ""), None, reversible=False)
    for policy in role.inline_policies:
        inline = InlinePolicy(policy.name, policy.document)
        yield PUT_ROLE_POLICY.change(arn, inline, None, reversible=False)
    yield deletion(arn, role)


def _boundary(arn: str, snapshot: Snapshot, choices: Choices) -> Iterator[PlanPart]:
    required, boundary = choices.permissions_boundary, snapshot.role.permissions_boundary
    if required is None or (boundary is not None and boundary.arn == required):
        return
    if not snapshot.was_read(BOUNDARY):
        yield Unread(BOUNDARY, arn)
        return
    before = PolicyReference(boundary.arn or "") if boundary else None
    yield SET_PERMISSIONS_BOUNDARY.change(arn, before, PolicyReference(required))


def _tags(arn: str, snapshot: Snapshot, choices: Choices) -> Iterator[PlanPart]:
    tags = snapshot.role.tags
    if not choices.tags:
        return
    if tags is None:
        yield Unread("role.tags", arn)
        return
    after = {key: value for key, value in choices.tags.items() if tags.get(key) != value}
    before = {key: tags[key] for key in after if key in tags}
    if after and (full := no_room_for_tags({**tags, **after}, arn)):
        yield full
    elif after:
        yield TAG_ROLE.change(arn, Tags(before), Tags(after))
