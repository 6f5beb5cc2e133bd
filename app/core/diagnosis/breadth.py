"""What the role may do on S3 beside what the connector needs.

Each action is tried on all of the role's policies, so that what a Deny or a boundary takes away
again is left out. Source: the guide's Step 3 and "Restricting access to a specific folder".
"""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.diagnosis.quote import texts_in
from app.core.diagnosis.s3_patterns import S3Pattern, s3_patterns
from app.core.diagnosis.service_actions import S3_ABOUT_THE_ACCOUNT, S3_OTHER_ACTIONS
from app.core.diagnosis.view.connector import S3_ACTIONS
from app.core.diagnosis.view.setup import Setup
from app.core.documents.additions import TAGGING_ACTIONS
from app.core.frozen import frozen
from app.core.iam.decision import Decision, decide_same_account
from app.core.iam.patterns import Glob
from app.core.iam.requests import ConnectorPlace, s3_request
from app.core.iam.statements import Effect, Statement
from app.core.iam.truth import Truth
from app.core.report import Evidence, Finding

_NEEDED: Final = frozenset(action.lower() for action in (*S3_ACTIONS, *TAGGING_ACTIONS))
"""Tagging is needed to move tagged files, so it is never too much."""


@frozen
class _Beyond:
    """What one statement allows beyond the need, as it is written there."""

    actions: tuple[str, ...]
    buckets: tuple[str, ...]


class _Rights:
    """What the role may do on S3 by all of its policies; each is asked once."""

    def __init__(self, setup: Setup) -> None:
        self._role = setup.role
        self._account = setup.draft.account_id
        self._at = setup.snapshot.captured_at
        self._decisions: dict[tuple[str, str, str], Decision] = {}
        self._restricted: dict[str, bool] = {}
        for entry in setup.draft.buckets:
            others = self._restricted.get(entry.name, True)
            self._restricted[entry.name] = others and entry.restrict_to_prefix
        self.bucket_names = self._restricted.keys()

    def may(self, action: str, pattern: S3Pattern) -> bool:
        """Tell whether the role may do ``action`` to something that the pattern names."""
        bucket = pattern.bucket.replace("*", "x").replace("?", "x")
        folder = (pattern.key or "").replace("?", "*").partition("*")[0]
        return self._decision(action, bucket, folder) is not Decision.DENIED

    def is_whole(self, bucket: str) -> bool:
        """Tell whether it reaches all of a bucket of which the draft wants folders only."""
        return self._restricted[bucket] and any(
            self._decision(action, bucket) is Decision.ALLOWED for action in S3_ACTIONS
        )

    def _decision(self, action: str, bucket: str, folder: str = "") -> Decision:
        asked = action, bucket, folder
        if asked not in self._decisions:
            self._decisions[asked] = self._decide(*asked)
        return self._decisions[asked]

    def _decide(self, action: str, bucket: str, folder: str) -> Decision:
        role, place = self._role, ConnectorPlace(bucket, folder, None, self._account)
        outcome = decide_same_account(
            s3_request(action, role.session, place, self._at),
            identity=role.identity,
            resource=None,
            boundary=role.boundary,
            work=role.work,
        )
        return outcome.decision


def breadth_findings(setup: Setup) -> Iterator[Finding]:
    """Yield one finding for all that the role may do beyond the need."""
    if not setup.role.is_found:
        return
    rights = _Rights(setup)
    policies: list[str] = []
    actions: list[str] = []
    buckets: list[str] = []
    for policy in setup.role.identity:
        for statement in policy.statements:
            beyond = _beyond(rights, statement)
            if beyond.actions or beyond.buckets:
                policies.append(setup.role.names.get(policy.source, ""))
            actions += beyond.actions
            buckets += beyond.buckets
    whole_buckets = [name for name in rights.bucket_names if rights.is_whole(name)]
    if actions or buckets or whole_buckets:
        params = {
            "policies": _each(policies),
            "buckets": _each(buckets),
            "actions": _each(actions),
            "whole": _each(whole_buckets),
        }
        yield Finding("policy.too-broad", Evidence.PREDICTED, params=params)


def _each(texts: Iterable[str]) -> list[str] | None:
    return list(dict.fromkeys(texts)) or None


def _beyond(rights: _Rights, statement: Statement) -> _Beyond:
    if statement.effect is not Effect.ALLOW or statement.unreadable or not statement.resources:
        return _Beyond((), ())
    patterns = s3_patterns(texts_in(statement, "Resource", "NotResource"))
    if statement.resources.negated:
        patterns = s3_patterns(("*",))
    matched_by_text = {text: _matched(text) for text in texts_in(statement, "Action")}
    if statement.actions and statement.actions.negated:
        matched_by_text = {"NotAction": _not_matched(statement)}
    actions = tuple(
        text
        for text, matched in matched_by_text.items()
        if any(rights.may(action, p) for action in matched.others for p in patterns)
    )
    on_buckets = [a for matched in matched_by_text.values() for a in matched.on_buckets]
    elsewhere = (p for p in patterns if p.bucket not in rights.bucket_names)
    buckets = (p.bucket for p in elsewhere if any(rights.may(action, p) for action in on_buckets))
    return _Beyond(actions, tuple(buckets))


@frozen
class _Matched:
    """The actions on S3 that a pattern of a policy matches."""

    needed: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def on_buckets(self) -> tuple[str, ...]:
        """Those that are about buckets and objects."""
        return self.needed + tuple(a for a in self.others if a not in S3_ABOUT_THE_ACCOUNT)


def _matched(text: str) -> _Matched:
    pattern = Glob.of(text.lower())
    if pattern.plain is not None:
        is_s3 = text.lower().startswith("s3:")
        is_needed = text.lower() in _NEEDED
        return _Matched((text,) if is_needed else (), (text,) if is_s3 and not is_needed else ())
    return _Matched(
        tuple(a for a in S3_ACTIONS if pattern.match(a.lower()) is Truth.TRUE),
        tuple(a for a in S3_OTHER_ACTIONS if pattern.match(a.lower()) is Truth.TRUE),
    )


def _not_matched(statement: Statement) -> _Matched:
    patterns = statement.actions.patterns if statement.actions else ()

    def is_left(action: str) -> bool:
        return all(pattern.match(action.lower()) is Truth.FALSE for pattern in patterns)

    return _Matched(tuple(filter(is_left, S3_ACTIONS)), tuple(filter(is_left, S3_OTHER_ACTIONS)))
