"""The connector's three kinds of request, with what is known of their contexts.

AssumeRole comes from somebody in UbiQuity's account; S3 and KMS are asked by the session of the
customer's role. Time is the snapshot's. Source: the guide "S3 Connection", How it works, and AWS
"AWS global condition context keys". Other requests, all known, are made with ``Context.known``.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from app.core.frozen import frozen
from app.core.guide import LIST_ACTION, UBIQUITY_ACCOUNT
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
from app.core.iam.principals import Requester, account_of

_SESSION_NAME: Final = Anything(2)
"""STS takes session names of 2 characters or more."""
_BUCKET_ACTIONS_WITH_OBJECT: Final = "bucketobject"


@frozen
class Request:
    """One question to AWS, whether ``principal`` may do ``action`` to ``resource``.

    ``resource`` is an ARN, which may be known in part (see ``context.Unnamed``).
    """

    action: str
    resource: Text
    principal: Requester
    context: Context


@frozen
class RoleSession:
    """The customer's role once UbiQuity has assumed it.

    ``arn`` is the role's; ``unique_id`` its ``AROA…`` id, ``tags`` its tags and
    ``organization_id`` the customer's, each None where it was not read.
    """

    arn: str
    unique_id: str | None = None
    tags: Mapping[str, str] | None = None
    organization_id: str | None = None

    @property
    def caller(self) -> Requester:
        """The session as a principal; UbiQuity alone knows its name."""
        return Requester.role_session(self.arn, self.unique_id)


@frozen
class ConnectorPlace:
    """Where a connector reads and writes: ``region`` and ``owner`` (account) None if unknown."""

    bucket: str
    prefix: str = ""
    region: str | None = None
    owner: str | None = None

    @property
    def bucket_arn(self) -> str:
        """The ARN of the bucket."""
        return f"arn:aws:s3:::{self.bucket}"

    @property
    def objects(self) -> PartText:
        """The ARN of an object under the prefix that no policy mentions.

        ``imports/*`` covers it; ``imports/*.csv``, ``imports/a*`` and ``imports/????`` don't.
        As text it is ``arn:aws:s3:::<bucket>/<prefix>*``.
        """
        return PartText((f"{self.bucket_arn}/{self.prefix}", UNNAMED))


def assume_role_request(
    role_arn: str,
    external_id: str | None,
    at: datetime,
    *,
    role_tags: Mapping[str, str] | None = None,
    organization_id: str | None = None,
) -> Request:
    """Return UbiQuity's AssumeRole with ``external_id``, or without one for None."""
    caller = Requester.someone_in(UBIQUITY_ACCOUNT)
    iam = f"arn:aws:iam::{UBIQUITY_ACCOUNT}:"
    arns = (known(PartText((f"{iam}{kind}/", Anything()))) for kind in ("role", "user"))
    values = {
        **keys.GLOBAL,
        **keys.NOT_THE_CONNECTORS,
        **keys.ASSUMING,
        **known_time(at),
        "aws:principalaccount": known(UBIQUITY_ACCOUNT),
        "aws:principalarn": one_of(*arns),
        "aws:principaltype": one_of(known("AssumedRole"), known("User")),
        # No MFA: a role's session says so, a user's access key says nothing.
        "aws:multifactorauthpresent": one_of(ABSENT, known("false")),
        "aws:resourceaccount": known(account_of(role_arn)),
        "aws:resourceorgid": _or_unknown(organization_id),
        "aws:resourceorgpaths": _paths(organization_id),
        "sts:externalid": ABSENT if external_id is None else known(external_id),
        **_tags("aws:resourcetag/", role_tags),
        **_tags("iam:resourcetag/", role_tags),
    }
    tagged = keys.ROLE_TAG_FAMILIES if role_tags is None else {}
    context = Context(values, {**keys.ASSUMING_FAMILIES, **tagged})
    return Request("sts:AssumeRole", role_arn, caller, context)


def s3_request(action: str, role: RoleSession, place: ConnectorPlace, at: datetime) -> Request:
    """Return an S3 request of the role's session.

    On the bucket where ``action`` is about buckets, else on an object under the prefix that no
    policy mentions. ``s3:prefix`` is the connector's, in a listing alone, and absent if empty.
    """
    name = action.lower()
    sent = keys.S3_BY_ACTION.get(name, {})
    values = {**keys.S3_ANY, **sent, **keys.S3_NOT_THE_CONNECTORS}
    if name == LIST_ACTION.lower() and place.prefix:
        values["s3:prefix"] = known(place.prefix)
    values["s3:resourceaccount"] = _or_present(place.owner)
    families = {**keys.S3_FAMILIES, **keys.S3_FAMILIES_BY_ACTION.get(name, {})}
    context = _session_context(role, place, at, owner=place.owner).with_more(values, families)
    resource = place.objects if is_about_objects(name) else place.bucket_arn
    return Request(action, resource, role.caller, context)


def kms_request(
    action: str,
    role: RoleSession,
    key_arn: str,
    place: ConnectorPlace,
    at: datetime,
    *,
    bucket_key: bool | None = None,
) -> Request:
    """Return a KMS request for the role's session, on the bucket's key.

    S3 makes those that encrypt and decrypt, in a forward access session. ``kms:DescribeKey`` is
    the session's own call; as to ``kms:ViaService`` it counts as S3's, whose own key policy at
    AWS lets it describe the key for its callers. With a ``bucket_key`` S3 names the bucket in the
    encryption context, without one the object; None where that wasn't read. Source: S3 User Guide
    "Using SSE-KMS", Encryption context.
    """
    account = account_of(key_arn)
    region = known(f"s3.{place.region}.amazonaws.com") if place.region else None
    values = {
        **keys.KMS_KEY,
        **keys.of_key(key_arn),
        "kms:viaservice": region or known(PartText(("s3.", Anything(), ".amazonaws.com"))),
        "kms:calleraccount": known(role.caller.account),
    }
    families = dict(keys.KMS_FAMILIES)
    if action.lower() != keys.DESCRIBE_KEY:
        values |= keys.FORWARDED
        values |= keys.KMS_CRYPTOGRAPHY
        values["kms:encryptioncontext:aws:s3:arn"] = _encrypted(place, bucket_key)
        families |= keys.KMS_CRYPTOGRAPHY_FAMILIES
    context = _session_context(role, place, at, owner=account or None)
    return Request(action, key_arn, role.caller, context.with_more(values, families))


def _encrypted(place: ConnectorPlace, bucket_key: bool | None) -> KeyValue:
    bucket, objects = known(place.bucket_arn), known(place.objects)
    return one_of(bucket, objects) if bucket_key is None else bucket if bucket_key else objects


def is_about_objects(action: str) -> bool:
    """Tell whether an action of S3, in lower case, is about objects and not about buckets."""
    if action in ("s3:abortmultipartupload", "s3:listmultipartuploadparts"):
        return True
    return "object" in action and _BUCKET_ACTIONS_WITH_OBJECT not in action


def _session_context(
    role: RoleSession, place: ConnectorPlace, at: datetime, *, owner: str | None
) -> Context:
    """Return what holds for every request of the role's session."""
    account = role.caller.account
    session = _session_values(account, role.arn, role.unique_id, role.organization_id, at)
    values = {
        **session,
        "aws:requestedregion": known(place.region) if place.region else PRESENT,
        "aws:resourceaccount": _or_present(owner),
        "aws:resourceorgid": session["aws:principalorgid"] if owner == account else UNKNOWN,
        "aws:resourceorgpaths": session["aws:principalorgpaths"] if owner == account else UNKNOWN,
        **_tags("aws:principaltag/", role.tags),
    }
    families = {"aws:principaltag/": UNKNOWN} if role.tags is None else {}
    return Context(values, families)


@lru_cache(maxsize=16)
def _session_values(
    account: str, arn: str, unique_id: str | None, organization_id: str | None, at: datetime
) -> Mapping[str, KeyValue]:
    """Return the keys that have one value for all that a session asks, of which there is much."""
    # AROA: what unique ids of roles begin with (IAM User Guide, "IAM identifiers").
    role_id = (unique_id,) if unique_id else ("AROA", Anything())
    return {
        **keys.GLOBAL,
        **keys.NOT_THE_CONNECTORS,
        **known_time(at),
        "aws:principalaccount": known(account),
        "aws:principalarn": known(arn),
        "aws:principaltype": known("AssumedRole"),
        "aws:userid": known(PartText((*role_id, ":", _SESSION_NAME))),
        "aws:multifactorauthpresent": known("false"),
        # The session is made for the request: its token is as old as the snapshot.
        "aws:tokenissuetime": known(_iso(at)),
        "aws:principalorgid": _or_unknown(organization_id),
        "aws:principalorgpaths": _paths(organization_id),
    }


def known_time(at: datetime) -> dict[str, KeyValue]:
    """Return the condition keys of the time of a request made at ``at``."""
    moment = at if at.tzinfo else at.replace(tzinfo=UTC)
    epoch = str(int(moment.timestamp()))
    return {"aws:currenttime": known(_iso(at)), "aws:epochtime": known(epoch)}


def _iso(at: datetime) -> str:
    moment = at.astimezone(UTC) if at.tzinfo else at
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _or_unknown(text: str | None) -> KeyValue:
    return UNKNOWN if text is None else known(text)


def _or_present(text: str | None) -> KeyValue:
    return PRESENT if text is None else known(text)


def _paths(organization_id: str | None) -> KeyValue:
    if organization_id is None:
        return UNKNOWN
    return known(PartText((f"{organization_id}/", Anything())))


def _tags(prefix: str, tags: Mapping[str, str] | None) -> dict[str, KeyValue]:
    return {f"{prefix}{name}".lower(): known(text) for name, text in (tags or {}).items()}
