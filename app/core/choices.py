"""What a person chose beside the draft: additions, and what would take something from others.

All of it is off unless chosen (the guide is followed to the letter without it).
"""

from collections.abc import Mapping
from enum import StrEnum

from app.core.frozen import field, frozen


class Choice(StrEnum):
    """A thing that is asked before it is done."""

    DATA_KEY = "kms-generate-data-key"
    """Addition: ``kms:GenerateDataKey`` in the key policy, so that files can be moved."""
    OTHER_KEYS = "keys-of-files"
    """The guide's statement in the policies of keys that files lie under, and no draft names."""
    INLINE_POLICY = "inline-policy"
    """Write the permissions into the role itself, where AWS takes no further managed policy."""
    TAGGING = "object-tagging"
    """Addition: the tagging actions, so that tagged files can be moved."""
    REQUIRE_EXTERNAL_ID = "require-external-id"
    """UbiQuity gets in without the External ID; ask for it from now on."""
    REPLACE_TRUST = "replace-trust-policy"
    """Make the trust policy the guide's alone: others, and other External IDs, lose access."""
    REPLACE_POLICY = "replace-permissions-policy"
    """Make the permissions policy the draft's alone: other buckets are no longer granted."""
    REMAKE_ROLE = "remake-role"
    """Destructive: delete the role under a path, or under a name of other case, and make it."""
    EVERYONE = "revoke-for-everyone"
    """Revoking: end the access of every UbiQuity database that shares the role."""
    CONNECTOR_BUCKETS = "revoke-connector-buckets"
    """Revoking: statements of the guide's shape for buckets that no draft names are ours too."""
    END_SESSIONS = "end-open-sessions"
    """Revoking by the trust policy: deny sessions that began before."""


@frozen
class Choices:
    """What was chosen, and what an organisation requires of a new role."""

    chosen: frozenset[Choice] = frozenset()
    permissions_boundary: str | None = None
    """The ARN of a policy."""
    tags: Mapping[str, str] = field(default_factory=dict)
    description: str | None = None


class RevokeWay(StrEnum):
    """The guide's ways to revoke access in AWS ("Revoking access")."""

    DELETE_ROLE = "delete-role"
    CHANGE_TRUST = "change-trust"
