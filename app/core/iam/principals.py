"""Who asks, and whom a Principal or NotPrincipal element names.

Source: AWS "AWS JSON policy elements: Principal", "… NotPrincipal" and "IAM identifiers"
(unique identifiers). How a principal is named decides what a grant is worth: the account (or its
root) only hands on to identity policies, the role's ARN is capped by a permissions boundary, and
the session, the user or ``*`` is granted to directly ("Permissions boundaries for IAM entities").
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple, Self

from app.core.frozen import frozen
from app.core.iam.json_text import shown, strings
from app.core.iam.truth import Truth, all_of, any_of, negate


class RequesterKind(StrEnum):
    """What kind of principal asks."""

    ROLE_SESSION = "role-session"
    USER = "user"
    ROOT = "root"
    SOMEONE = "someone"
    """Some user or role of an account; nobody here knows which."""


@frozen
class Requester:
    """The principal that asks.

    ``arn`` is the role's (not the session's) or the user's; ``unique_id`` the ``AROA…`` or
    ``AIDA…`` of it where that was read; ``session_name`` is None where only UbiQuity knows it.
    """

    kind: RequesterKind
    account: str
    arn: str | None = None
    unique_id: str | None = None
    session_name: str | None = None
    partition: str = "aws"

    @classmethod
    def role_session(
        cls, role_arn: str, unique_id: str | None = None, session_name: str | None = None
    ) -> Self:
        """Return a session of the role ``role_arn``."""
        account, partition = account_of(role_arn), _partition_of(role_arn)
        kind = RequesterKind.ROLE_SESSION
        return cls(kind, account, role_arn, unique_id, session_name, partition)

    @classmethod
    def user(cls, user_arn: str, unique_id: str | None = None) -> Self:
        """Return the IAM user ``user_arn``."""
        account, partition = account_of(user_arn), _partition_of(user_arn)
        return cls(RequesterKind.USER, account, user_arn, unique_id, None, partition)

    @classmethod
    def root(cls, account: str) -> Self:
        """Return the root user of ``account``."""
        return cls(RequesterKind.ROOT, account, f"arn:aws:iam::{account}:root")

    @classmethod
    def someone_in(cls, account: str) -> Self:
        """Return some user or role of ``account``: all else is unknown."""
        return cls(RequesterKind.SOMEONE, account)


def account_of(arn: str) -> str:
    """Return the account in ``arn``, or nothing where it has none."""
    return [*arn.split(":"), "", "", "", "", ""][4]


def _partition_of(arn: str) -> str:
    return [*arn.split(":"), ""][1]


class PrincipalReach(NamedTuple):
    """How surely a Principal element reaches the caller, by the way it names it."""

    account: Truth = Truth.FALSE
    role: Truth = Truth.FALSE
    direct: Truth = Truth.FALSE

    @property
    def anyhow(self) -> Truth:
        """Whether the caller is reached in any way: what counts for a Deny."""
        return any_of((self.account, self.role, self.direct))


NOBODY: Final = PrincipalReach()
EVERYBODY: Final = PrincipalReach(direct=Truth.TRUE)
NOT_KNOWN: Final = PrincipalReach(Truth.UNKNOWN, Truth.UNKNOWN, Truth.UNKNOWN)

_EVERYBODY: Final = "*"
_IDENTITIES: Final = ("user", "role", "assumed-role", "federated-user")
_TYPES: Final = ("AWS", "Service", "Federated", "CanonicalUser")


class Principals(NamedTuple):
    """A Principal element, or with ``negated`` a NotPrincipal element.

    ``names`` are the accounts, ARNs and ids under ``AWS`` (``*`` for everyone); services,
    federated principals and canonical users are never an IAM principal, and are left out.
    """

    names: tuple[str, ...]
    negated: bool = False

    def reach(self, caller: Requester) -> PrincipalReach:
        """Return how the element reaches ``caller``."""
        reach = self._named(caller)
        return PrincipalReach(direct=negate(reach.anyhow)) if self.negated else reach

    def spares(self, caller: Requester) -> Truth:
        """Return whether a Deny with this NotPrincipal leaves ``caller`` out.

        Whoever is named in no way is caught. For the rest AWS's pages say that it "might" be all
        the same: "AWS might validate the account first, then the role, and then the assumed-role
        user". Only where each of these is named, is the caller left out for certain.
        """
        if _EVERYBODY in self.names:
            return Truth.TRUE
        named = self._named(caller)
        is_named_whole = all_of(_levels(named, caller))
        certain = Truth.FALSE if named.anyhow is Truth.FALSE else Truth.UNKNOWN
        return is_named_whole if is_named_whole is Truth.TRUE else certain

    def _named(self, caller: Requester) -> PrincipalReach:
        return _merged(_reach(name, caller) for name in self.names)


def _levels(named: PrincipalReach, caller: Requester) -> tuple[Truth, ...]:
    """Return whether each of what AWS might look at is named: account, role, session or user."""
    if caller.kind is RequesterKind.ROLE_SESSION:
        return named.account, named.role, named.direct
    return named.account, any_of((named.role, named.direct))


def parse_principals(element: object, *, negated: bool) -> Principals | str:
    """Take the element apart, or return the text in it that AWS would refuse."""
    if element == _EVERYBODY:
        return Principals((_EVERYBODY,), negated)
    if not isinstance(element, Mapping):
        return shown(element)
    names: list[str] = []
    for kind, value in element.items():
        names_of_kind = strings(value)
        if kind not in _TYPES or names_of_kind is None:
            return shown(kind)
        if kind != "AWS":
            continue
        refused = next((name for name in names_of_kind if not _is_principal(name)), None)
        if refused is not None:
            return refused
        names += names_of_kind
    return Principals(tuple(names), negated)


def _is_principal(name: str) -> bool:
    return (
        name == _EVERYBODY or _is_account(name) or is_orphan(name) or _resource_of(name) is not None
    )


def _is_account(text: str) -> bool:
    return len(text) == 12 and text.isascii() and text.isdigit()


def is_orphan(name: str) -> bool:
    """Return whether ``name`` is a unique id: what AWS shows once its principal is deleted."""
    is_id = name.isascii() and name.isalnum() and name.upper() == name and len(name) >= 16
    return is_id and name.startswith("A") and name[:4].isalpha()


def _resource_of(arn: str) -> str | None:
    """Return what follows the account in an IAM or STS ARN, or None where AWS takes no such ARN.

    No wildcards ("AWS JSON policy elements: Principal"); CloudFront's origin access identities
    have ``cloudfront`` for an account.
    """
    parts = arn.split(":", 5)
    if len(parts) != 6 or parts[0] != "arn" or parts[2] not in ("iam", "sts") or parts[3]:
        return None
    if not (_is_account(parts[4]) or parts[4] == "cloudfront") or "*" in arn or "?" in arn:
        return None
    kind, _, name = parts[5].partition("/")
    return parts[5] if parts[5] == "root" or (kind in _IDENTITIES and name) else None


def _merged(reaches: Iterable[PrincipalReach]) -> PrincipalReach:
    each_reach = list(reaches)
    return PrincipalReach(
        any_of(reach.account for reach in each_reach),
        any_of(reach.role for reach in each_reach),
        any_of(reach.direct for reach in each_reach),
    )


def _reach(name: str, caller: Requester) -> PrincipalReach:
    if name == _EVERYBODY:
        return EVERYBODY
    if _is_account(name):
        return _reach_account(name, caller)
    if is_orphan(name):
        # AWS turns an ARN into the id when it stores the policy and shows the ARN for as long as
        # the principal lives, so an id reaches nobody but its own living principal.
        return _named(Truth.of(name == caller.unique_id), caller)
    resource = _resource_of(name)
    mine = (_partition_of(name), account_of(name)) == (caller.partition, caller.account)
    return _reach_arn(name, resource, caller) if resource is not None and mine else NOBODY


def _reach_account(account: str, caller: Requester) -> PrincipalReach:
    same = Truth.of(account == caller.account)
    # The root user is the account: what is granted to the account it has directly.
    return PrincipalReach(same, direct=same if caller.kind is RequesterKind.ROOT else Truth.FALSE)


def _named(truth: Truth, caller: Requester) -> PrincipalReach:
    if caller.kind is RequesterKind.ROLE_SESSION:
        return PrincipalReach(role=truth)
    return PrincipalReach(direct=truth)


def _reach_arn(arn: str, resource: str, caller: Requester) -> PrincipalReach:
    """Return the reach of an ARN of the caller's own account."""
    if resource == "root":
        return _reach_account(caller.account, caller)
    kind = resource.partition("/")[0]
    if caller.kind is RequesterKind.SOMEONE:
        level = Truth.UNKNOWN
        return PrincipalReach(role=level) if kind == "role" else PrincipalReach(direct=level)
    if kind == "assumed-role":
        return PrincipalReach(direct=_is_session(resource, caller))
    return _named(Truth.of(arn == caller.arn), caller)


def _is_session(resource: str, caller: Requester) -> Truth:
    """Return whether ``assumed-role/NAME/SESSION`` is the caller: NAME is without its path."""
    _, _, role_and_session = resource.partition("/")
    role, _, session = role_and_session.partition("/")
    is_role = caller.kind is RequesterKind.ROLE_SESSION and caller.arn is not None
    if not is_role or role != str(caller.arn).rpartition("/")[2]:
        return Truth.FALSE
    if caller.session_name is None:
        return Truth.UNKNOWN
    return Truth.of(session == caller.session_name)
