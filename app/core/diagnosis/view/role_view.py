"""The role of the snapshot as the diagnosis takes it: which role it is, and its policies read.

A policy's label (``source``) is its path in the snapshot, so that each statement that decides
leads to the fact it stands in.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from app.core.diagnosis.view.policy_reader import PolicyReader
from app.core.draft import Draft
from app.core.frozen import field, frozen
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT, role_arn
from app.core.iam.policies import Policy, unread_policy
from app.core.iam.principals import account_of
from app.core.iam.requests import RoleSession
from app.core.iam.work import Work
from app.core.snapshot import PolicyDocument, RoleFacts, Snapshot, State

TRUST: Final = "role.trust_policy"
ATTACHED: Final = "role.attached_policies"
INLINE: Final = "role.inline_policies"
BOUNDARY: Final = "role.permissions_boundary"
CUSTOMER_POLICY: Final = "customer_policy"

_PARTITION: Final = "arn:aws:"
"""Trust does not cross partitions, so no other counts."""


@frozen
class RolePlace:
    """Which role it is.

    ``state`` is unreadable too where the snapshot's role is one of another account.
    """

    state: State
    required_arn: str
    arn: str
    name: str
    path: str

    @property
    def is_found(self) -> bool:
        """Whether there is a role to speak of."""
        return self.state is State.FOUND

    @property
    def is_required_one(self) -> bool:
        """Whether it is the one role that UbiQuity may assume."""
        exact = self.arn == self.required_arn and self.name == ROLE_NAME and self.path == "/"
        return self.is_found and exact


@frozen
class RoleView:
    """The role, and what of it could be read.

    ``session`` is the role once assumed; where the role is missing, as it would be.
    """

    place: RolePlace
    session: RoleSession
    trust: Policy
    identity: tuple[Policy, ...]
    boundary: Policy | None
    boundary_arn: str
    names: Mapping[str, str]
    """The names of the policies, by their labels."""
    work: Work = field(default_factory=Work)
    """The work of whoever asks."""

    @property
    def state(self) -> State:
        """What is known of the role; see ``RolePlace``."""
        return self.place.state

    @property
    def required_arn(self) -> str:
        """The ARN of the one role that UbiQuity may assume."""
        return self.place.required_arn

    @property
    def arn(self) -> str:
        """Its own ARN."""
        return self.place.arn

    @property
    def is_found(self) -> bool:
        """Whether there is a role to speak of."""
        return self.place.is_found

    @property
    def is_required_one(self) -> bool:
        """Whether it is the one role that UbiQuity may assume."""
        return self.place.is_required_one


def is_foreign(draft: Draft, snapshot: Snapshot) -> bool:
    """Tell whether the sign-in belongs to another account than the draft's.

    UbiQuity's own account is its support and never counts as such.
    """
    caller = snapshot.caller
    return caller is not None and caller.account not in (draft.account_id, UBIQUITY_ACCOUNT)


def role_place(draft: Draft, snapshot: Snapshot) -> RolePlace:
    """Return which role ``snapshot`` has for ``draft``, without a look at its policies."""
    role, required = snapshot.role, role_arn(draft.account_id)
    arn = _arn(role, draft)
    state = State.UNREADABLE if _is_elsewhere(draft, snapshot, arn) else role.state
    name, path = _name_and_path(role, arn)
    return RolePlace(state, required, arn, name, path)


def view_role(draft: Draft, snapshot: Snapshot, work: Work | None = None) -> RoleView:
    """Return the role of ``snapshot`` for ``draft``; what is asked about it is part of ``work``."""
    role, work = snapshot.role, work or Work()
    place = role_place(draft, snapshot)
    is_found = place.is_found
    session_arn = place.arn if is_found else place.required_arn
    boundary = role.permissions_boundary if is_found else None
    reader = PolicyReader(snapshot, work)
    return RoleView(
        place=place,
        session=_session(role, session_arn, snapshot, is_found=is_found),
        trust=reader.read(TRUST, role.trust_policy, "trust")
        if is_found
        else unread_policy(TRUST, "trust"),
        identity=tuple(_identity(snapshot, reader)) if is_found else (),
        boundary=_boundary(snapshot, reader) if is_found else None,
        boundary_arn=(boundary.arn or "") if boundary else "",
        names=_names(role),
        work=work,
    )


def _arn(role: RoleFacts, draft: Draft) -> str:
    if role.arn:
        return role.arn
    path, name = role.path or "/", role.name or ROLE_NAME
    return f"arn:aws:iam::{draft.account_id}:role{path}{name}"


def _name_and_path(role: RoleFacts, arn: str) -> tuple[str, str]:
    """Return both from the ARN, or from the facts beside it where those are the odd ones."""
    path, _, name = arn.partition(":role")[2].rpartition("/")
    names = (name, role.name or name)
    paths = (f"{path}/", role.path or "/")
    odd_name = next((name for name in names if name != ROLE_NAME), ROLE_NAME)
    return odd_name, next((name for name in paths if name != "/"), "/")


def _is_elsewhere(draft: Draft, snapshot: Snapshot, arn: str) -> bool:
    """Tell whether the role is not one of the draft's account.

    IAM knows a role by its name alone: a sign-in of another account reads the role there.
    """
    if not arn.startswith(_PARTITION) or account_of(arn) != draft.account_id:
        return True
    return is_foreign(draft, snapshot) and snapshot.role.arn is None


def _session(role: RoleFacts, arn: str, snapshot: Snapshot, *, is_found: bool) -> RoleSession:
    if not is_found:
        return RoleSession(arn, organization_id=snapshot.organization_id)
    return RoleSession(arn, role.id, role.tags, snapshot.organization_id)


def document_path(listed: str, index: int) -> str:
    """Return the path of a policy's document, by the path of its list and its place there."""
    return f"{listed}[{index}].document"


def _identity(snapshot: Snapshot, reader: PolicyReader) -> Iterator[Policy]:
    role = snapshot.role
    for listed, policies in ((ATTACHED, role.attached_policies), (INLINE, role.inline_policies)):
        if not snapshot.was_read(listed):
            yield unread_policy(listed, "identity")
        for index, policy in enumerate(policies):
            yield reader.read(document_path(listed, index), policy.document, "identity")


def _boundary(snapshot: Snapshot, reader: PolicyReader) -> Policy | None:
    boundary = snapshot.role.permissions_boundary
    if boundary is not None:
        return reader.read(f"{BOUNDARY}.document", boundary.document, "boundary")
    return None if snapshot.was_read(BOUNDARY) else unread_policy(BOUNDARY, "boundary")


def _names(role: RoleFacts) -> dict[str, str]:
    names = {
        document_path(listed, index): policy.name
        for listed, policies in ((ATTACHED, role.attached_policies), (INLINE, role.inline_policies))
        for index, policy in enumerate(policies)
    }
    boundary: PolicyDocument | None = role.permissions_boundary
    return names | ({f"{BOUNDARY}.document": boundary.name} if boundary else {})
