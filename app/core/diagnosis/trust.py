"""What keeps UbiQuity out at the trust policy, or may.

Of several statements that nearly let UbiQuity in, the nearest is taken, and all that is wrong
with it is said. Sources: the guide's Step 2 and Troubleshooting; IAM User Guide, "AWS JSON policy
elements: Principal".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.core.diagnosis.deny_findings import denials_of
from app.core.diagnosis.quote import condition_of, quoted, texts_in
from app.core.diagnosis.view.question import grants
from app.core.diagnosis.view.setup import Setup
from app.core.documents.damage import is_damaged_form
from app.core.documents.external_ids import (
    asks_for_external_id,
    is_ours,
    is_placeholder,
)
from app.core.frozen import frozen
from app.core.iam.conditions import ConditionReading
from app.core.iam.decision import Decision
from app.core.iam.json_text import as_list
from app.core.iam.principals import is_orphan
from app.core.iam.readings import StatementReading
from app.core.iam.statements import Effect, Statement
from app.core.iam.truth import Truth
from app.core.report import Evidence, Finding

_NEARNESS: Final = (Truth.TRUE, Truth.UNKNOWN, Truth.FALSE)

_ID_PREFIXES: Final = ("AROA", "AIDA")
"""What unique ids of roles and users begin with (IAM User Guide, "IAM identifiers")."""


@frozen
class _Candidate:
    """A statement that lets somebody in, seen as one that should let UbiQuity in."""

    reading: StatementReading
    external_ids: tuple[str, ...]
    """The External IDs that it asks for, where UbiQuity's isn't one of them."""
    ours: bool
    """Whether it asks for the draft's External ID, or for a damaged form of it."""

    @property
    def reached(self) -> Truth:
        """Whether UbiQuity's account is its principal; unknown for a user or role there."""
        return self.reading.reach.anyhow

    @property
    def distance(self) -> tuple[int, bool, int, bool, str]:
        """How far it is from letting UbiQuity in, wherever it stands in the policy."""
        strange = bool(self.external_ids) and not self.ours
        wrong_action = self.reading.action is not Truth.TRUE
        wrong = len(_other_conditions(self.reading)) + wrong_action + bool(self.external_ids)
        reached = _NEARNESS.index(self.reached)
        return reached, strange, wrong, wrong_action, repr(self.reading.statement.raw)


def trust_findings(setup: Setup) -> Iterator[Finding]:
    """Yield what stops UbiQuity at the trust policy, or may."""
    if setup.role.is_found and setup.role.trust.is_read and not setup.assume.is_allowed:
        yield from _what_is_lacking(setup)
        yield from _what_denies(setup)


def _what_is_lacking(setup: Setup) -> Iterator[Finding]:
    granted = grants(setup.assume.question)
    if granted.decision is Decision.ALLOWED:
        return
    expected = setup.draft.database_id
    allows = (r for r in granted.readings if r.statement.effect is Effect.ALLOW)
    candidates = [_candidate(reading, expected) for reading in allows]
    nearest = min(candidates, key=lambda candidate: candidate.distance, default=None)
    if nearest is None or nearest.reached is not Truth.TRUE:
        yield _principal([candidate.reading for candidate in candidates])
    # Others have conditions of their own: where UbiQuity isn't let in, only ours count.
    if nearest and (nearest.reached is not Truth.FALSE or nearest.ours):
        yield from _faults(nearest, candidates, expected)


def _candidate(reading: StatementReading, expected: str) -> _Candidate:
    id_conditions = [c for c in reading.conditions if asks_for_external_id(c)]
    values = tuple(value for c in id_conditions for value in c.condition.values)
    external_ids = tuple(
        v for c in id_conditions if c.truth is Truth.FALSE for v in c.condition.values
    )
    ours = any(is_ours(value, expected) or is_placeholder(value) for value in values)
    return _Candidate(reading, external_ids, ours)


def _principal(readings: Sequence[StatementReading]) -> Finding:
    deleted = [name for r in readings for name in deleted_in(r.statement)]
    if deleted:
        params: dict[str, object] = {"found": deleted[0]}
        return Finding("trust.principal-orphaned", Evidence.PREDICTED, params=params)
    principals = dict.fromkeys(name for r in readings for name in _principals_in(r.statement))
    return Finding("trust.principal-wrong", Evidence.PREDICTED, params={"found": list(principals)})


def _principals_in(statement: Statement) -> tuple[str, ...]:
    """Return the names in Principal or NotPrincipal, of whatever kind, as written."""
    raw = statement.raw
    if not isinstance(raw, Mapping):
        return ()
    element = raw.get("Principal", raw.get("NotPrincipal"))
    names_by_kind = element.values() if isinstance(element, Mapping) else [element]
    names = (name for of_one_kind in names_by_kind for name in as_list(of_one_kind))
    return tuple(name for name in names if isinstance(name, str))


def deleted_in(statement: Statement, living: str | None = None) -> tuple[str, ...]:
    """Return the unique ids that deleted roles and users left behind in Principal.

    AWS shows an ARN for as long as its principal lives (IAM User Guide, "AWS JSON policy
    elements: Principal"); ``living`` is the id of one that does.
    """
    principals = statement.principals
    if principals is None or principals.negated:
        return ()
    return tuple(
        name
        for name in principals.names
        if is_orphan(name) and name.startswith(_ID_PREFIXES) and name != living
    )


def _faults(
    nearest: _Candidate, candidates: Sequence[_Candidate], expected: str
) -> Iterator[Finding]:
    reading = nearest.reading
    if nearest.external_ids:
        external_ids = (
            nearest.external_ids if nearest.ours else _all_external_ids(nearest, candidates)
        )
        yield _external_id_finding(expected, external_ids)
    if reading.action is not Truth.TRUE:
        actions = list(texts_in(reading.statement, "Action"))
        params = {"found": actions, "statement": quoted(reading.statement)["statement"]}
        yield Finding("trust.action-wrong", Evidence.PREDICTED, params=params)
    conditions = _other_conditions(reading)
    if conditions:
        certain = any(condition.truth is Truth.FALSE for condition in conditions)
        params = quoted(reading.statement) | {
            "condition": condition_of(conditions),
            "certain": certain,
        }
        yield Finding("trust.condition-blocks", Evidence.PREDICTED, params=params)


def _all_external_ids(nearest: _Candidate, candidates: Sequence[_Candidate]) -> tuple[str, ...]:
    """Return the External IDs that any statement for UbiQuity asks for, the nearest's first."""
    others = (c for c in candidates if c.reached is nearest.reached)
    external_ids = (value for candidate in (nearest, *others) for value in candidate.external_ids)
    return tuple(dict.fromkeys(external_ids))


def _other_conditions(reading: StatementReading) -> list[ConditionReading]:
    """Return the conditions that UbiQuity does not or may not meet, but for its External ID."""
    return [
        condition
        for condition in reading.conditions
        if condition.truth is not Truth.TRUE
        and not (condition.truth is Truth.FALSE and asks_for_external_id(condition))
    ]


def _what_denies(setup: Setup) -> Iterator[Finding]:
    for denial in denials_of(setup.assume.question):
        code = "trust.explicit-deny" if denial.certain else "trust.deny-may-apply"
        params = denial.params | denial.advice(setup.role.session)
        yield Finding(code, Evidence.PREDICTED, params=params)


def _external_id_finding(expected: str, external_ids: Sequence[str]) -> Finding:
    """Return what is wrong with ``external_ids``, where ``expected`` isn't one of them."""
    left_in = next((text for text in external_ids if is_placeholder(text)), None)
    if left_in is not None:
        params = {"expected": expected, "found": left_in}
        return Finding("trust.external-id-placeholder", Evidence.PREDICTED, params=params)
    nearest = max(external_ids, key=lambda text: _likeness(expected, text))
    others = [text for text in dict.fromkeys(external_ids) if text != nearest]
    return Finding(
        "trust.external-id-mismatch",
        Evidence.PREDICTED,
        params={"expected": expected, "found": nearest, "others": others or None},
    )


def _likeness(expected: str, text: str) -> tuple[bool, int]:
    """Return how like ``expected`` a text is: whether it is damaged, then by its two ends."""
    ends = _same_start(expected, text) + _same_start(expected[::-1], text[::-1])
    return is_damaged_form(expected, text), ends


def _same_start(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how many characters are the same from the start, whatever their case."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a.lower() != b.lower():
            break
        count += 1
    return count
