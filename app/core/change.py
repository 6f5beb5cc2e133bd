"""Changes to an AWS account, as values: planned, shown, applied and taken back."""

from collections.abc import Mapping
from enum import StrEnum

from app.core.choices import Choice
from app.core.frozen import field, frozen
from app.core.report import Finding


class ChangeKind(StrEnum):
    """What a change does (``kind`` in the plan's JSON, formats.md)."""

    CREATE_ROLE = "create-role"
    UPDATE_TRUST_POLICY = "update-trust-policy"
    CREATE_POLICY = "create-policy"
    CREATE_POLICY_VERSION = "create-policy-version"
    DELETE_POLICY_VERSION = "delete-policy-version"
    ATTACH_POLICY = "attach-policy"
    SET_PERMISSIONS_BOUNDARY = "set-permissions-boundary"
    TAG_ROLE = "tag-role"
    PUT_KEY_POLICY = "put-key-policy"
    DETACH_POLICY = "detach-policy"
    DELETE_POLICY = "delete-policy"
    DELETE_ROLE = "delete-role"
    PUT_ROLE_POLICY = "put-role-policy"
    PUT_BUCKET_POLICY = "put-bucket-policy"
    REVOKE_GRANT = "revoke-grant"
    SET_DEFAULT_POLICY_VERSION = "set-default-policy-version"
    """Undo only: never part of a plan."""


@frozen
class Change:
    """One change: one call that alters AWS, or two where tags are both put and removed.

    ``target`` is the ARN it acts on; ``before`` and ``after`` are JSON values, to be put back to
    the letter and read as types by ``changes.sides`` alone; None where there is nothing yet and
    where nothing will be left:

    - ``create-role``, ``update-trust-policy``, ``delete-role``: the role; the trust policy.
    - ``create-policy``, ``delete-policy``: the policy; its document.
    - ``create-policy-version``: the policy; the default version's document before, and the new
      one, which becomes the default.
    - ``delete-policy-version``: the policy; ``{"version": "v1", "document": …}`` before.
    - ``attach-policy``, ``detach-policy``: the role; ``{"policy_arn": …}``.
    - ``set-permissions-boundary``: the role; ``{"policy_arn": …}``, or None for no boundary.
    - ``tag-role``: the role; a tag's value by its key. Keys that only ``before`` has are removed.
    - ``put-role-policy``: the role; ``{"name": …, "document": …}``, None after to delete it.
    - ``put-key-policy``: the key; the key policy.
    - ``put-bucket-policy``: the bucket; its policy, None after to delete it.
    - ``revoke-grant``: the key; ``{"id": …, "grantee": …, "operations": […]}`` before.
    - ``set-default-policy-version``: the policy; ``{"version": "v1", "document": …}`` of the
      default before and after.

    ``settings`` are what a role or policy is made with beside its document: ``description``,
    ``tags`` (value by key), and for a role ``permissions_boundary`` (an ARN) and
    ``max_session_duration`` (seconds); of a deletion they are what an undo makes it with again,
    and ``restored`` then tells that it was there before. ``makes_room`` is of a version that is
    deleted since a policy has no more than five; ``region`` and ``owner`` (an account) are of a
    bucket. ``addition`` marks what goes beyond the published guide.
    """

    kind: ChangeKind
    target: str
    before: object
    after: object
    reversible: bool
    settings: Mapping[str, object] = field(default_factory=dict)
    addition: bool = False


@frozen
class Obstacle:
    """What a plan can't mend: a finding's code, and the thing it is about.

    ``finding`` is the whole finding where the diagnosis made one; its words say what is wrong,
    and the catalogue who can act.
    """

    code: str
    target: str
    finding: Finding | None = None


@frozen
class Offer:
    """A choice that this account gives rise to, off unless chosen.

    ``params`` are the values its words are made from (names, External IDs, buckets).
    """

    choice: Choice
    target: str
    params: Mapping[str, object] = field(default_factory=dict)


@frozen
class LeftAlone:
    """What others put there, and the plan leaves to the letter: shown, never narrowed unasked.

    ``code`` is one of ``others-trusted`` (statements of the trust policy that let others in),
    ``other-external-ids``, ``other-policies`` (attached or inline), ``other-buckets``,
    ``key-statements``, ``policy-elsewhere`` (who else has the customer's policy that the plan
    changes; ``policy-elsewhere-unread`` where that was not read), ``gone-principals`` (whom a
    rewritten policy can't name any more, since they no longer exist: these alone are left out),
    and of a plan that revokes ``instance-profiles``, ``policy-boundary`` and
    ``policy-statements`` (whose ``policy`` names the policy); ``params`` hold ``names``, a list of
    texts.
    """

    code: str
    target: str
    params: Mapping[str, object] = field(default_factory=dict)


@frozen
class Plan:
    """The least changes from what is there to what is needed, in order.

    No changes and no obstacles mean that AWS already is as wished. Obstacles do not stop the
    changes: what can be mended is, and what remains is said.
    """

    changes: tuple[Change, ...]
    cannot_mend: tuple[Obstacle, ...] = ()
    offers: tuple[Offer, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
