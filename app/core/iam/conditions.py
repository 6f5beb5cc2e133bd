"""The Condition element: what it tests in a request, and whether the request meets it.

Source: AWS "IAM JSON policy elements: Condition", "Conditions with multiple context keys or
values" and "Single-valued vs. multivalued context keys". Operators and keys are ANDed, values
ORed; a negated operator holds where none of its values fits. A missing key fits nothing (so a
negated operator holds), holds under ``…IfExists`` and ``ForAllValues:``, and never under
``ForAnyValue:``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from app.core.iam.context import Context, PartText, Text
from app.core.iam.document_faults import DocumentFault, FaultCode
from app.core.iam.json_text import scalars, shown
from app.core.iam.operators import (
    NullOperator,
    Operator,
    OperatorKind,
    TextOperator,
    ValueOperator,
    parse_operator,
)
from app.core.iam.patterns import Glob
from app.core.iam.truth import Truth, agreed, all_of, any_of, negate
from app.core.iam.variables import Template, Unresolved, is_whole_arn, parse_template, resolve
from app.core.iam.work import Work

_CONDITION: Final = 5
"""About how many steps a condition takes, beside its values."""


class Comparands(NamedTuple):
    """What a condition compares with: the policy's values, filled in from the request.

    ``maybes`` are those of which a part is not known, ``limits`` those of an operator that
    compares values of a type.
    """

    globs: tuple[Glob, ...] = ()
    maybes: tuple[Unresolved, ...] = ()
    limits: tuple[object, ...] = ()


class Condition(NamedTuple):
    """One operator with one key. ``operator`` is None where AWS would refuse the condition.

    ``comparands`` are None where they hang on the request.
    """

    operator_name: str
    key: str
    values: tuple[str, ...]
    operator: Operator | None
    templates: tuple[Template, ...] = ()
    comparands: Comparands | None = None

    @property
    def keys(self) -> frozenset[str]:
        """The keys, in lower case, that it hangs on: its own, and those in its values."""
        return frozenset((self.key.lower(),)).union(*(t.keys for t in self.templates))

    @property
    def steps(self) -> int:
        """About how much work it is to read it: see ``work``."""
        return _CONDITION + len(self.values) + sum(map(len, self.values)) // 8


class ConditionReading(NamedTuple):
    """What a request makes of one condition.

    ``missing`` are the keys that would have to be known, where it is unknown.
    """

    condition: Condition
    truth: Truth
    missing: tuple[str, ...] = ()


def parse_conditions(
    block: object, statement: int, work: Work | None = None, *, variables: bool
) -> tuple[tuple[Condition, ...], list[DocumentFault]]:
    """Take a Condition element apart, as part of the ``work``.

    Returns its conditions and what AWS would refuse of them; a refused one stays in its place,
    with no operator, and reads as unknown.
    """
    work = work or Work()
    parsed = [_parse(name, key, values, variables, work) for name, key, values in _tests(block)]
    faults = [
        DocumentFault(code, statement, "Condition", _at_fault(condition, code))
        for condition, code in parsed
        if code is not None
    ]
    return tuple(condition for condition, _ in parsed), faults


def _at_fault(condition: Condition, code: FaultCode) -> str:
    return condition.operator_name if code == "operator-unknown" else condition.key


def _tests(block: object) -> Iterator[tuple[str, str, object]]:
    """Yield operator, key and values; what isn't of that shape comes with empty names."""
    if not isinstance(block, Mapping):
        yield "", "", None
        return
    for name, tests in block.items():
        if not isinstance(tests, Mapping):
            yield shown(name), "", None
            continue
        for key, values in tests.items():
            yield shown(name), shown(key), values


def _parse(
    name: str, key: str, raw_values: object, variables: bool, work: Work
) -> tuple[Condition, FaultCode | None]:
    work.spend(_CONDITION)
    values = scalars(raw_values) if raw_values is not None else None
    operator = parse_operator(name)
    refused = Condition(name, key, values or (), None)
    if operator is None:
        return refused, "operator-unknown"
    # IAM: "Conditions must be prefaced by a vendor".
    if values is None or ":" not in key:
        return refused, "value-malformed"
    kind = operator.kind
    if isinstance(kind, ValueOperator) and None in map(kind.parse, work.reading(values)):
        return refused, "value-malformed"
    templates: tuple[Template, ...] = ()
    if isinstance(kind, TextOperator):
        parsed = (parse_template(value, variables=variables) for value in work.reading(values))
        templates = tuple(parsed)
        if kind.arn and not all(is_whole_arn(template) for template in templates):
            return refused, "value-malformed"
    comparands = _fixed(operator, templates, values)
    return Condition(name, key, values, operator, templates, comparands), None


def _fixed(
    operator: Operator, templates: tuple[Template, ...], values: tuple[str, ...]
) -> Comparands | None:
    """Return what the condition compares with whatever the request; None where that differs."""
    kind = operator.kind
    if isinstance(kind, ValueOperator):
        return Comparands(limits=kind.test.limits(values))
    if any(template.plain is None for template in templates):
        return None
    return _filled_in(kind, templates, Context())


def read_condition(condition: Condition, context: Context) -> ConditionReading:
    """Return whether ``context`` meets ``condition``."""
    if condition.operator is None:
        return ConditionReading(condition, Truth.UNKNOWN)
    comparands = condition.comparands
    if comparands is None:
        comparands = _filled_in(condition.operator.kind, condition.templates, context)
    cases = context.value(condition.key).cases
    truth = agreed(_case(condition, condition.operator, case, comparands) for case in cases)
    if truth is not Truth.UNKNOWN:
        return ConditionReading(condition, truth)
    certain = len(cases) == 1 and not any(isinstance(t, PartText) for t in cases[0] or ())
    own_keys = () if certain else (condition.key,)
    keys_in_values = tuple(key for maybe in comparands.maybes for key in maybe.keys)
    return ConditionReading(condition, truth, own_keys + keys_in_values)


def _filled_in(kind: OperatorKind, templates: Iterable[Template], context: Context) -> Comparands:
    """Fill in the values; those that certainly have none are left out: nothing is like them."""
    wildcards = isinstance(kind, TextOperator) and kind.wildcards
    resolved = [resolve(template, context, wildcards=wildcards) for template in templates]
    globs = tuple(value for value in resolved if isinstance(value, Glob))
    maybes = tuple(value for value in resolved if isinstance(value, Unresolved) and value.keys)
    return Comparands(globs, maybes)


def _case(
    condition: Condition,
    operator: Operator,
    texts: tuple[Text, ...] | None,
    comparands: Comparands,
) -> Truth:
    """Return the operator's truth where the key is absent (None) or has just these ``texts``."""
    kind = operator.kind
    if isinstance(kind, NullOperator):
        return Truth.of(("false" if texts else "true") in map(str.lower, condition.values))
    if operator.over is not None:
        # "A null dataset, such as an empty string", counts as no value at all.
        hits = [_hit(kind, text, comparands) for text in texts or () if text != ""]
        singles = [negate(hit) if kind.negated else hit for hit in hits]
        return all_of(singles) if operator.over == "all" else any_of(singles)
    if not texts:
        return Truth.of(operator.if_exists or kind.negated)
    hit = any_of(_hit(kind, text, comparands) for text in texts)
    return negate(hit) if kind.negated else hit


def _hit(kind: TextOperator | ValueOperator, text: Text, comparands: Comparands) -> Truth:
    """Return whether ``text`` fits any of the policy's values."""
    if isinstance(kind, ValueOperator):
        return kind.test.truth(comparands.limits, text)
    certain = [kind.test(glob, text) for glob in comparands.globs]
    return any_of(certain + [maybe.may_match(text) for maybe in comparands.maybes])
