"""Requests of S3 and KMS that somebody of another account makes for themselves, without the role.

An External ID is a condition of assuming a role alone: no such request carries one, so it makes
no difference here. Sources: AWS "Cross-account policy evaluation logic", "AWS global condition
context keys" (Availability of each key), and the S3 User Guide, "Blocking public access",
The meaning of "public" (which conditions make a grant to ``*`` a narrow one).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from app.core.frozen import frozen, replace
from app.core.iam import request_keys as keys
from app.core.iam.context import (
    ABSENT,
    PRESENT,
    UNKNOWN,
    UNNAMED,
    Anything,
    Context,
    KeyValue,
    PartText,
    Text,
    known,
    one_of,
)
from app.core.iam.principals import Requester
from app.core.iam.requests import Request, known_time

_ANYWHERE: Final = "192.0.2.1"
"""An address of the Internet that no policy names (RFC 5737, TEST-NET-1)."""
_NOT_FROM_A_VPC: Final[Mapping[str, KeyValue]] = {
    name: ABSENT for name in keys.GLOBAL if name.startswith(("aws:sourcevpc", "aws:vpc"))
}
_FROM_ANYWHERE: Final = {**_NOT_FROM_A_VPC, "aws:sourceip": known(_ANYWHERE)}
_AS_THEY_LIKE: Final[Mapping[str, KeyValue]] = dict.fromkeys(
    (
        *keys.NOT_THE_CONNECTORS,
        # Whoever is let in may come by themselves, or have a service call for them (IAM User
        # Guide, "Forward access sessions": Athena reads files of S3, S3 uses a key).
        *(name for name in keys.FORWARDED if name.startswith(("aws:via", "aws:calledvia"))),
    ),
    UNKNOWN,
)
"""What hangs on how they ask."""
_STRANGER: Final = "000000000000"
"""An account that no policy names."""

_WHO_AND_WHENCE: Final = (
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorg",
    "aws:sourceip",
    "aws:sourcevpc",
    "aws:userid",
    "aws:vpc",
    "kms:calleraccount",
)


def narrows(key: str) -> bool:
    """Tell whether a condition on ``key`` says who may come, or from where.

    Whatever else a condition asks for, whoever is let in can see to: a folder, a header, MFA, a
    tag of their own role. What never is in such a request (an access point, an AWS service that
    calls for somebody) isn't met anyhow.
    """
    return key.lower().startswith(_WHO_AND_WHENCE)


@frozen
class Outsider:
    """Somebody of another account, with what is known of them: the condition keys' values.

    Whoever has the same ``name`` is the same.
    """

    name: str
    principal: Requester
    values: Mapping[str, KeyValue]


@frozen
class AskedFor:
    """What an outsider asks for, with what is known of it; ``owner`` and ``region`` None if not.

    ``organization_id`` is the owner's.
    """

    resource: Text
    at: datetime
    owner: str | None = None
    region: str | None = None
    organization_id: str | None = None


def outsiders_of(account: str, arns: Iterable[str]) -> Iterator[Outsider]:
    """Yield those of ``account`` that a policy may tell apart.

    They are somebody whom no policy names and whoever is named by one of ``arns``, each from
    anywhere on the Internet and from wherever they may be; and somebody of whom nothing is known.
    """
    iam = f"arn:aws:iam::{account}:"
    unnamed = _some(account, known(PartText((f"{iam}role/", UNNAMED))))
    for somebody in (unnamed, *(_named(account, arn) for arn in arns)):
        yield _from_anywhere(somebody)
        yield somebody
    both = (known(PartText((f"{iam}{kind}/", Anything()))) for kind in ("role", "user"))
    yield _some(account, one_of(*both))


def stranger() -> Outsider:
    """Return somebody in an account that nobody named, somewhere on the Internet."""
    arn = PartText((f"arn:aws:iam::{_STRANGER}:role/", UNNAMED))
    alone: dict[str, KeyValue] = {
        name: ABSENT for name in keys.GLOBAL if name.startswith("aws:principalorg")
    }
    alone["aws:userid"] = known(PartText(("AROA", UNNAMED)))
    # Whoever brings no credentials is let in where a bucket is public.
    types = ("AssumedRole", "User", "Anonymous")
    alone["aws:principaltype"] = one_of(*(known(kind) for kind in types))
    somebody = _from_anywhere(_some(_STRANGER, known(arn)))
    return replace(somebody, values={**somebody.values, **alone})


def _from_anywhere(somebody: Outsider) -> Outsider:
    values = {**somebody.values, **_FROM_ANYWHERE}
    return Outsider(f"{somebody.name} from anywhere", somebody.principal, values)


def outside_request(action: str, asked_for: AskedFor, outsider: Outsider) -> Request:
    """Return the request that ``outsider`` makes with their own credentials."""
    service = action.partition(":")[0].lower()
    organization = asked_for.organization_id
    values = {
        **keys.GLOBAL,
        **_AS_THEY_LIKE,
        **_OF_SERVICE.get(service, _no_values)(action.lower(), outsider),
        **known_time(asked_for.at),
        "aws:requestedregion": _known_or(PRESENT, asked_for.region),
        "aws:resourceaccount": _known_or(PRESENT, asked_for.owner),
        "aws:resourceorgid": _known_or(UNKNOWN, organization),
        "s3:resourceaccount": _known_or(PRESENT, asked_for.owner),
        **_organization(organization),
        **outsider.values,
    }
    families = {"aws:principaltag/": UNKNOWN, **_FAMILIES.get(service, {})}
    context = Context(values, families)
    return Request(action, asked_for.resource, outsider.principal, context)


def keys_of(action: str) -> frozenset[str]:
    """Return the condition keys that depend on the action, in lower case, of a request for it."""
    service = action.partition(":")[0]
    return frozenset(_OF_SERVICE.get(service, _no_values)(action, stranger()))


def _some(account: str, arn: KeyValue) -> Outsider:
    name = " or ".join(str(text) for case in arn.cases for text in case or ())
    return Outsider(name, Requester.someone_in(account), _values(account, arn))


def _named(account: str, arn: str) -> Outsider:
    """Return whoever ``arn`` names; a session is one of its role."""
    kind, _, name = arn.partition(f"::{account}:")[2].partition("/")
    if kind == "assumed-role":
        role, _, session = name.partition("/")
        role_arn = f"arn:aws:iam::{account}:role/{role}"
        requester = Requester.role_session(role_arn, session_name=session)
        return Outsider(arn, requester, _values(account, known(role_arn)))
    requester = Requester.role_session(arn) if kind == "role" else Requester.user(arn)
    return Outsider(arn, requester, _values(account, known(arn)))


def _values(account: str, arn: KeyValue) -> dict[str, KeyValue]:
    return {
        "aws:principalaccount": known(account),
        "aws:principalarn": arn,
        "aws:principaltype": one_of(known("AssumedRole"), known("User")),
        "aws:multifactorauthpresent": one_of(ABSENT, known("false")),
        "aws:userid": PRESENT,
        "aws:username": UNKNOWN,
        "aws:tokenissuetime": UNKNOWN,
        "aws:federatedprovider": UNKNOWN,
    }


def _organization(organization_id: str | None) -> Mapping[str, KeyValue]:
    """Return what is known of the outsider's organisation: it is not the owner's."""
    if organization_id is None:
        return {}
    other = PartText((Anything(0),), frozenset({organization_id}))
    return {"aws:principalorgid": one_of(ABSENT, known(other))}


def _known_or(otherwise: KeyValue, text: str | None) -> KeyValue:
    return otherwise if text is None else known(text)


def _s3_values(action: str, _outsider: Outsider) -> Mapping[str, KeyValue]:
    chosen = {f"s3:{name}": UNKNOWN for name in ("prefix", "delimiter", "max-keys")}
    lists = chosen if action in ("s3:listbucket", "s3:listbucketversions") else {}
    return {**keys.S3_ANY, **keys.S3_BY_ACTION.get(action, {}), **lists}


def _kms_values(action: str, outsider: Outsider) -> Mapping[str, KeyValue]:
    theirs = (*keys.KMS_SINGLE_REGION, "kms:viaservice")
    values = {**keys.KMS_KEY, **dict.fromkeys(theirs, UNKNOWN)}
    if action != keys.DESCRIBE_KEY:
        values |= {**keys.KMS_CRYPTOGRAPHY, "kms:encryptioncontextkeys": UNKNOWN}
    return {**values, "kms:calleraccount": known(outsider.principal.account)}


def _no_values(_action: str, _outsider: Outsider) -> Mapping[str, KeyValue]:
    return {}


_OF_SERVICE: Final = {"s3": _s3_values, "kms": _kms_values}
_FAMILIES: Final[Mapping[str, Mapping[str, KeyValue]]] = {
    "s3": {
        **keys.S3_FAMILIES,
        "s3:existingobjecttag/": UNKNOWN,
        "s3:requestobjecttag/": UNKNOWN,
    },
    "kms": {**keys.KMS_FAMILIES, **keys.KMS_CRYPTOGRAPHY_FAMILIES},
}
