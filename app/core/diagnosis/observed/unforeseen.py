"""What a refusal is put down to that no finding foresaw.

``likely_cause`` takes AWS's own words, but for causes that the snapshot rules out: what was read
is right, so it isn't that. ``unexplained`` is what is left to say where nothing explains it: new
things take a while in AWS, and some rules can't be seen. Source: IAM User Guide, "Troubleshoot
IAM", "Changes that I make are not always immediately visible".
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from app.core.diagnosis.observed.tried import Cause
from app.core.diagnosis.view.setup import AnsweredConnector, Setup
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.report import Evidence, Finding
from app.core.snapshot import State

_PLAIN_FACTS: Final = (
    "bucket.missing",
    "bucket.region-mismatch",
    "kms.key-disabled",
    "files.archived",
    "files.sse-c",
)
"""What AWS says in so many words, as it is at that moment."""

_OTHER_ID: Final = {"trust.external-id-mismatch", "trust.external-id-placeholder"}


def likely_cause(setup: Setup, causes: Sequence[Cause], bucket: str | None) -> Cause | None:
    """Return the cause that a refusal tells of and that the snapshot doesn't rule out."""
    codes = {cause.code for cause in causes}
    is_fact = len(causes) == 1 and causes[0].code in _PLAIN_FACTS
    if causes and (is_fact or codes == _OTHER_ID):
        # Said outright: AWS has it otherwise by now, or UbiQuity holds other details.
        return causes[0]
    connections = [c for c in setup.connections if bucket in (None, c.bucket)]
    possible = (cause for cause in causes if not _is_ruled_out(setup, cause.code, connections))
    likeliest = next(possible, None)
    if likeliest is None and "bucket.region-mismatch" in codes:
        return Cause("bucket.region-mismatch", {})
    return likeliest


def _is_ruled_out(setup: Setup, code: str, connections: Sequence[AnsweredConnector]) -> bool:
    if code == "role.boundary":
        return _boundary_is_read(setup)
    if code in ("bucket.missing", "bucket.other-account", "bucket.region-mismatch"):
        return all(c.connector.state is not State.UNREADABLE for c in connections)
    rule = _RULED_OUT_BY_SERVICE.get(code.partition(".")[0])
    return rule is None or rule(setup, connections)


def _boundary_is_read(setup: Setup) -> bool:
    boundary = setup.role.boundary
    return setup.role.is_found and (boundary is None or boundary.is_read)


def _role(setup: Setup, _connections: Sequence[AnsweredConnector]) -> bool:
    return setup.role.state is not State.UNREADABLE


def _trust(setup: Setup, _connections: Sequence[AnsweredConnector]) -> bool:
    return setup.role.is_found and setup.role.trust.is_read


def _policies(setup: Setup, _connections: Sequence[AnsweredConnector]) -> bool:
    return setup.role.is_found and all(policy.is_read for policy in setup.role.identity)


def _bucket_policies(_setup: Setup, connections: Sequence[AnsweredConnector]) -> bool:
    policies = (connection.connector.policy for connection in connections)
    return all(policy is None or policy.is_read for policy in policies)


def _key_policies(_setup: Setup, connections: Sequence[AnsweredConnector]) -> bool:
    keys = (key for connection in connections for key in connection.connector.keys)
    return all(key.policy.is_read for key in keys)


def _files(_setup: Setup, _connections: Sequence[AnsweredConnector]) -> bool:
    return False


_RULED_OUT_BY_SERVICE: Final[Mapping[str, Callable[[Setup, Sequence[AnsweredConnector]], bool]]] = {
    "role": _role,
    "trust": _trust,
    "policy": _policies,
    "bucket": _bucket_policies,
    "kms": _key_policies,
    "files": _files,
}
"""Findings on the caller and on changes are never what UbiQuity was refused for."""


_LONGEST_SPREADING: Final = timedelta(minutes=5)
"""A change spreads in seconds, seldom in a minute; what is older than this is everywhere."""

_CHANGING: Final = ("create", "put", "attach", "update", "set")


def unexplained(setup: Setup, refused: Observation) -> Iterator[Finding]:
    """Yield what is left to say of ``refused``, which all that was read says should work."""
    last_change = max(_times_of_changes(setup, refused.at), default=setup.snapshot.captured_at)
    age = max(refused.at - last_change, timedelta())
    if age <= _LONGEST_SPREADING:
        params: dict[str, object] = {"seconds": int(age.total_seconds())}
        yield Finding("connect.propagating", Evidence.VERIFIED, params=params)
    else:
        # Nothing more is known, so the finding has no values and its words say "may".
        yield Finding("organization.denies", Evidence.PREDICTED, refused.bucket)


def _times_of_changes(setup: Setup, until: datetime) -> Iterator[datetime]:
    for version in setup.snapshot.customer_policy.versions or ():
        if version.created_at is not None and version.created_at <= until:
            yield version.created_at
    for observation in setup.snapshot.observations:
        name = observation.action.partition(":")[2].lower()
        changed = name.startswith(_CHANGING) and observation.outcome is ObservedOutcome.ALLOWED
        if observation.identity is Identity.CUSTOMER and changed and observation.at <= until:
            yield observation.at
