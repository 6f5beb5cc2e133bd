"""Changes to an AWS account, as values: planned, shown, applied and taken back."""

from enum import StrEnum

from app.core.frozen import frozen


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


@frozen
class Change:
    """One change: one call that alters AWS.

    ``target`` is the ARN it acts on; ``before`` and ``after`` are JSON values, None where there
    is nothing yet and where nothing will be left:

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
    """

    kind: ChangeKind
    target: str
    before: object
    after: object
    reversible: bool


@frozen
class Obstacle:
    """What a plan leaves as it is: a finding's code, and the thing it is about."""

    code: str
    target: str


@frozen
class Plan:
    """The least changes from what is there to what is needed, in order.

    No changes and no obstacles mean that AWS already is as wished.
    """

    changes: tuple[Change, ...]
    cannot_mend: tuple[Obstacle, ...] = ()
