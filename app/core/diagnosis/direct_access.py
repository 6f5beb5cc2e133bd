"""Every way in past the role: UbiQuity's account let in by a bucket policy, a key policy, a grant.

A policy that names UbiQuity's account, or anybody, lets it in without the role and without its
External ID, which is no part of a request to S3 or KMS. Each Allow is asked by itself, with the
policy's Deny statements beside it, for the connector's actions and whatever else it grants, on
all that it covers. Sources: AWS "Cross-account policy evaluation logic"; KMS Developer Guide,
"Grants in AWS KMS"; S3 User Guide, "Blocking public access", The meaning of "public". Access
points, S3 Access Grants, ACLs and Block Public Access are not in a snapshot, so nothing here
knows of them: Block Public Access may shut out whom a public policy lets in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from app.core.diagnosis.quote import texts_in
from app.core.diagnosis.service_actions import KMS_OTHER_ACTIONS, S3_OTHER_ACTIONS
from app.core.diagnosis.view.connector import KEY_ACTIONS, S3_ACTIONS
from app.core.documents.statements import RawStatement
from app.core.documents.ubiquity_trust import is_ubiquitys
from app.core.frozen import frozen, replace
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.iam.conditions import Condition
from app.core.iam.context import UNNAMED, Anything, PartText, Text, Unnamed
from app.core.iam.json_text import strings
from app.core.iam.outsiders import (
    AskedFor,
    Outsider,
    keys_of,
    narrows,
    outside_request,
    outsiders_of,
    stranger,
)
from app.core.iam.patterns import Glob
from app.core.iam.policies import Policy, parse_policy
from app.core.iam.principals import account_of
from app.core.iam.readings import Asked, Reader, StatementReading
from app.core.iam.requests import is_about_objects
from app.core.iam.statements import Effect, Statement
from app.core.iam.truth import Truth, all_of, any_of, negate
from app.core.iam.work import Work
from app.core.snapshot import BucketFacts, KeyPlace, KmsGrant, Snapshot, State

EVERYBODY: Final = "*"


class DirectWay(StrEnum):
    """What lets UbiQuity in."""

    BUCKET_POLICY = "bucket-policy"
    KEY_POLICY = "key-policy"
    GRANT = "grant"


@frozen
class DirectAccess:
    """One statement or grant that lets UbiQuity's account in directly, or may.

    ``where`` is the ARN of the bucket or key, ``bucket`` the bucket it was read for and ``path``
    the snapshot's path of the policy or of the list of grants, in which it stands at ``index``.
    """

    way: DirectWay
    where: str
    bucket: str
    path: str
    index: int
    statement: RawStatement | None
    """The statement to the letter; None for a grant."""
    grant: KmsGrant | None
    who: tuple[str, ...]
    """The principals that let UbiQuity in, as written; ``*`` also for a NotPrincipal."""
    others: tuple[str, ...]
    """The other principals of the statement, services and the like included."""
    what: tuple[str, ...]
    """The actions, as written; for a NotAction those that it leaves."""
    certain: Truth
    """TRUE where it lets in for sure, UNKNOWN where a condition or a Deny may keep them out."""
    is_for_anybody: bool = False
    """Whether it lets in anybody at all, and UbiQuity as one of them."""

    @property
    def only_ubiquity(self) -> bool:
        """Whether it lets nobody in but UbiQuity's account, so that it may be taken out whole."""
        return EVERYBODY not in self.who and not self.others


def direct_access_of(snapshot: Snapshot, work: Work | None = None) -> tuple[DirectAccess, ...]:
    """Return every way in past the role that the snapshot shows, bucket by bucket.

    A policy or grants that were not read show none: what was not looked at is for the caller to
    say. A key of several buckets comes once, with the first of them. Whoever a condition keeps
    out, or a Deny, is not in it; nor is a ``*`` that a condition narrows to others or to nobody
    knows whom. Without a limit to its ``work`` it never raises.
    """
    work = work or Work()
    ways: list[DirectAccess] = []
    seen: set[str] = set()
    for index, bucket in enumerate(snapshot.buckets):
        if bucket.state is State.FOUND:  # else the snapshot says nothing of its policy
            ways += _into_bucket(snapshot, bucket, f"buckets[{index}].policy", work)
        for place in snapshot.key_places_of(index):
            arn = _arn_of(place)
            if place.key.manager != "AWS" and arn not in seen:
                seen.add(arn)
                ways += _into_key(snapshot, place, work)
    return tuple(ways)


def _arn_of(place: KeyPlace) -> str:
    key, bucket = place.key, place.bucket
    named = bucket.encryption.kms_key_id if bucket.encryption else None
    return key.arn or named or f"arn:aws:kms:{bucket.region or '*'}:{key.account or '*'}:key/*"


def _into_bucket(
    snapshot: Snapshot, bucket: BucketFacts, path: str, work: Work
) -> Iterator[DirectAccess]:
    if not _is_open_to_reading(snapshot, path, bucket.policy, bucket.owner_account):
        return
    arn = f"arn:aws:s3:::{bucket.name}"
    asked_for = AskedFor(
        arn, snapshot.captured_at, bucket.owner_account, bucket.region, snapshot.organization_id
    )
    place = _Place(DirectWay.BUCKET_POLICY, arn, bucket.name, path, asked_for, work)
    yield from _by_policy(place, parse_policy(bucket.policy, path, "resource", work))


def _into_key(snapshot: Snapshot, where: KeyPlace, work: Work) -> Iterator[DirectAccess]:
    bucket, key, path = where.bucket, where.key, where.path
    arn = _arn_of(where)
    owner = key.account or account_of(arn) or None
    if owner == UBIQUITY_ACCOUNT:
        return
    asked_for = AskedFor(arn, snapshot.captured_at, owner, bucket.region, snapshot.organization_id)
    policy_path = f"{path}.policy"
    is_read = _is_open_to_reading(snapshot, policy_path, key.policy, owner)
    policy = parse_policy(key.policy if is_read else {}, policy_path, "resource", work)
    place = _Place(DirectWay.KEY_POLICY, arn, bucket.name, policy_path, asked_for, work)
    yield from _by_policy(place, policy)
    if snapshot.was_read(f"{path}.grants"):
        of_grants = replace(place, way=DirectWay.GRANT, path=f"{path}.grants")
        yield from _by_grants(of_grants, key.grants or (), policy)


def _is_open_to_reading(snapshot: Snapshot, path: str, document: object, owner: str | None) -> bool:
    return document is not None and owner != UBIQUITY_ACCOUNT and snapshot.was_read(path)


@frozen
class _Place:
    """A bucket or key, and what is asked there."""

    way: DirectWay
    where: str
    bucket: str
    path: str
    asked_for: AskedFor
    work: Work

    @property
    def is_bucket(self) -> bool:
        return self.way is DirectWay.BUCKET_POLICY

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions by which patterns are recognised, the connector's own first."""
        if self.is_bucket:
            return (*S3_ACTIONS, *S3_OTHER_ACTIONS)
        return (*KEY_ACTIONS, *KMS_OTHER_ACTIONS)


def _by_policy(place: _Place, policy: Policy) -> Iterator[DirectAccess]:
    denials = _Denials(place, policy)
    for statement in policy.statements:
        who = _who(statement) if statement.effect is Effect.ALLOW else ()
        if not who or not isinstance(statement.raw, Mapping):
            continue
        let_in = _let_in(denials, statement, who)
        if let_in.what:
            others = tuple(name for name in _names(statement.raw) if name not in who)
            yield DirectAccess(
                place.way,
                place.where,
                place.bucket,
                place.path,
                statement.index,
                statement.raw,
                None,
                who,
                others,
                let_in.what,
                let_in.certain,
                let_in.is_for_anybody,
            )


class _LetIn(NamedTuple):
    """What a statement lets UbiQuity do, as written; ``what`` is empty where that is nothing."""

    what: tuple[str, ...]
    certain: Truth
    is_for_anybody: bool


class _Denials:
    """The Deny statements of one policy; each request is made, and put to them, once.

    So the work grows with the statements, not with their square.
    """

    def __init__(self, place: _Place, policy: Policy) -> None:
        self.place = place
        self.statements = tuple(s for s in policy.statements if s.effect is Effect.DENY)
        self._policy = replace(policy, statements=self.statements)
        self._readers: dict[tuple[str, Text, str], Reader] = {}
        self._kept_out: dict[tuple[str, Text, str], Truth] = {}
        self._kinds: dict[str, tuple[object, ...]] = {}

    def distinct(self, actions: Iterable[str]) -> tuple[str, ...]:
        """Return one action of each kind.

        Those of a kind are denied by the same statements, and carry the same condition keys.
        """
        of_kind: dict[tuple[object, ...], str] = {}
        for action in actions:
            of_kind.setdefault(self._kind(action.lower()), action)
        return tuple(of_kind.values())

    def _kind(self, action: str) -> tuple[object, ...]:
        if action not in self._kinds:
            named = (
                s.actions is None or any(p.match(action) is Truth.TRUE for p in s.actions.patterns)
                for s in self.statements
            )
            self._kinds[action] = (is_about_objects(action), keys_of(action), *named)
        return self._kinds[action]

    def gets_through(
        self, allow: Statement, action: str, resource: Text, outsider: Outsider
    ) -> Truth:
        """Return whether ``allow`` lets ``outsider`` in, and no Deny keeps them out."""
        key = action, resource, outsider.name
        if key not in self._readers:
            asked_for = replace(self.place.asked_for, resource=resource)
            request = outside_request(action, asked_for, outsider)
            self._readers[key] = Reader(Asked(request, Truth.FALSE, self.place.work))
        reader = self._readers[key]
        reading = reader.read(self._policy, allow)
        allowed = all_of((_reached(reading), _applies(reading, Truth.TRUE)))
        if allowed is Truth.FALSE:
            return allowed
        if key not in self._kept_out:
            denies = reader.concerned(self._policy)
            kept_out = (all_of((_reached(d), _applies(d, Truth.FALSE))) for d in denies)
            self._kept_out[key] = _any(kept_out)
        return all_of((allowed, negate(self._kept_out[key])))


def _let_in(denials: _Denials, allow: Statement, who: Sequence[str]) -> _LetIn:
    """Ask one statement, with the policy's Deny statements beside it.

    A stranger is asked where it names everybody: a condition that narrows it, without naming
    UbiQuity's account, narrows it to others.
    """
    strangers = (stranger(),) if EVERYBODY in who else ()
    ubiquitys = _ubiquitys(allow, denials.statements)
    what: list[str] = []
    certain, is_for_anybody = Truth.FALSE, False
    for text in _actions(denials.place, allow):
        is_open = _certainty(denials, allow, text, strangers) is Truth.TRUE
        by_name = Truth.TRUE if is_open else _certainty(denials, allow, text, ubiquitys)
        if by_name is not Truth.FALSE:
            what.append(text)
        certain, is_for_anybody = any_of((certain, by_name)), is_for_anybody or is_open
    return _LetIn(tuple(what), certain, is_for_anybody)


def _by_grants(place: _Place, grants: Sequence[KmsGrant], policy: Policy) -> Iterator[DirectAccess]:
    """Yield the grants for UbiQuity's account; a Deny of the key policy counts more than they."""
    denials = _Denials(place, policy)
    for index, grant in enumerate(grants):
        place.work.spend(1)
        if not is_ubiquitys(grant.grantee):
            continue
        what = tuple(f"kms:{operation}" for operation in grant.operations)
        element = {"AWS": [grant.grantee]}
        as_policy = {"Effect": "Allow", "Principal": element, "Action": what, "Resource": "*"}
        (allow,) = parse_policy({"Statement": [as_policy]}, place.path, "resource").statements
        who = (grant.grantee,)
        certain = _let_in(denials, allow, who).certain
        if certain is not Truth.FALSE:
            yield DirectAccess(
                place.way,
                place.where,
                place.bucket,
                place.path,
                index,
                None,
                grant,
                who,
                (),
                what,
                certain,
            )


def _names(raw: Mapping[object, object]) -> tuple[str, ...]:
    """Return the names in Principal, of whatever kind, as written."""
    element = raw.get("Principal")
    by_kind = element.values() if isinstance(element, Mapping) else [element]
    return tuple(dict.fromkeys(name for names in by_kind for name in strings(names) or ()))


def _who(statement: Statement) -> tuple[str, ...]:
    """Return the principals of an Allow that reach UbiQuity's account."""
    raw = statement.raw
    if not isinstance(raw, Mapping):
        return ()
    if "NotPrincipal" in raw:
        return (EVERYBODY,)
    element = raw.get("Principal")
    names = (
        strings(element.get("AWS")) if isinstance(element, Mapping) else strings(element)
    ) or ()
    return tuple(dict.fromkeys(n for n in names if n == EVERYBODY or is_ubiquitys(n)))


def _actions(place: _Place, statement: Statement) -> tuple[str, ...]:
    """Return the actions of a statement as written; of a NotAction those it may be about."""
    if statement.actions is not None and statement.actions.negated:
        return place.actions
    return tuple(dict.fromkeys(texts_in(statement, "Action")))


def _certainty(denials: _Denials, allow: Statement, text: str, asking: Sequence[Outsider]) -> Truth:
    """Return whether an action as written lets any of ``asking`` do anything that it covers."""
    return _any(
        denials.gets_through(allow, action, resource, outsider)
        for action in denials.distinct(_covered(denials.place, text))
        for resource in _resources(denials.place, allow, action)
        for outsider in asking
    )


def _covered(place: _Place, text: str) -> list[str]:
    """Return the actions on the bucket or key that ``text``, an action as written, covers."""
    pattern = Glob.of(text.lower())
    if pattern.plain is not None:
        service = "s3:" if place.is_bucket else "kms:"
        return [text] if text.lower().startswith(service) else []
    return [action for action in place.actions if pattern.match(action.lower()) is Truth.TRUE]


def _any(truths: Iterable[Truth]) -> Truth:
    """Return OR, and ask no further once one is certain."""
    result = Truth.FALSE
    for truth in truths:
        if truth is Truth.TRUE:
            return truth
        result = any_of((result, truth))
    return result


def _ubiquitys(allow: Statement, denies: Sequence[Statement]) -> tuple[Outsider, ...]:
    """Return those of UbiQuity's account whom the statements tell apart; none if it names none."""
    if not _names_ubiquity(allow):
        return ()
    arns = (name for statement in (allow, *denies) for name in _arns_in(statement))
    return tuple(outsiders_of(UBIQUITY_ACCOUNT, dict.fromkeys(arns)))


def _names_ubiquity(allow: Statement) -> bool:
    """Tell whether UbiQuity's account stands in the statement, as principal or in a condition."""
    values = (text for condition in allow.conditions for text in condition.values)
    is_principal = any(is_ubiquitys(name) for name in _who(allow))
    return is_principal or any(UBIQUITY_ACCOUNT in text for text in values)


def _arns_in(statement: Statement) -> Iterator[str]:
    """Yield the users, roles and sessions of UbiQuity's account that a statement names."""
    names = statement.principals.names if statement.principals else ()
    values = (text for condition in statement.conditions for text in condition.values)
    for name in (*names, *values):
        is_one = account_of(name) == UBIQUITY_ACCOUNT and not set(name) & set("*?$")
        if is_one and not name.endswith(":root") and "/" in name:
            yield name


def _resources(place: _Place, allow: Statement, action: str) -> Iterator[Text]:
    """Yield what stands for all that a statement covers: the whole, and each pattern's own."""
    if not place.is_bucket:
        yield place.where
        return
    if not is_about_objects(action.lower()):
        yield place.where
        return
    yield PartText((f"{place.where}/", UNNAMED))
    for text in texts_in(allow, "Resource"):
        name, slash, key = text.partition("/")
        if slash and Glob.of(name).match(place.where) is Truth.TRUE:
            yield PartText((f"{place.where}/", *_filled_in(key)))


def _filled_in(key: str) -> Iterator[str | Anything | Unnamed]:
    """Yield a name that the pattern ``key`` covers; a policy variable in it may be anything."""
    first, *others = key.replace("?", "x").split("${")
    yield from _wildcards_filled(first)
    for other in others:
        _, _, rest = other.partition("}")
        yield Anything()
        yield from _wildcards_filled(rest)


def _wildcards_filled(text: str) -> Iterator[str | Anything | Unnamed]:
    first, *others = text.split("*")
    if first:
        yield first
    for other in others:
        yield UNNAMED
        if other:
            yield other


def _reached(reading: StatementReading) -> Truth:
    """Return whether the statement is about the outsider.

    Somebody of an account whom no policy names is not one of those whom it names: they are asked
    about by themselves.
    """
    reached, principals = reading.reach.anyhow, reading.statement.principals
    if reached is Truth.UNKNOWN and principals is not None:
        return Truth.of(principals.negated)
    return reached


def _applies(reading: StatementReading, chosen: Truth) -> Truth:
    """Return whether a statement applies, where what hangs on how one asks comes out ``chosen``."""
    conditions = (
        chosen if c.truth is Truth.UNKNOWN and _is_free(c.condition) else c.truth
        for c in reading.conditions
    )
    doubt = Truth.UNKNOWN if reading.statement.unreadable else Truth.TRUE
    return all_of((reading.action, reading.resource, doubt, *conditions))


def _is_free(condition: Condition) -> bool:
    """Tell whether it hangs on how one asks; one that AWS would refuse hangs on nobody knows."""
    return condition.operator is not None and not narrows(condition.key)
