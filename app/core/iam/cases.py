"""Every case of a key that nobody knows, where the policies tell only a few apart.

Two Deny statements, one for each answer, deny for certain although neither is certain alone.
The cases of a key are: absent, each plain text that a condition compares it with, and any other
text. Trying them all settles some of what stays unknown statement by statement.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Final

from app.core.iam.conditions import Condition
from app.core.iam.context import Anything, Context, KeyValue, PartText, Text
from app.core.iam.operators import TextOperator, ValueOperator
from app.core.iam.policies import Policy
from app.core.iam.value_operators import FLAG_EQUAL

_MOST_CASES: Final = 256
_MULTIVALUED: Final = frozenset(
    {
        "aws:calledvia",
        "aws:principalorgpaths",
        "aws:principalservicenameslist",
        "aws:resourceorgpaths",
        "aws:sourceorgpaths",
        "aws:tagkeys",
        "aws:vpceorgpaths",
        "kms:encryptioncontextkeys",
        "kms:resourcealiases",
        "s3:requestobjecttagkeys",
        "sts:transitivetagkeys",
    }
)
"""Keys that may have several texts at once: their cases are too many. Source: AWS "AWS global
condition context keys" and the Service Authorization Reference (types ``ArrayOf…``)."""


def contexts_in_all_cases(
    context: Context, policies: Sequence[Policy], keys: Iterable[str]
) -> Iterator[Context]:
    """Yield ``context`` once for each combination of the cases of ``keys``.

    Keys with too many cases stay as they are; nothing is yielded where none is left.
    """
    conditions = [c for p in policies for s in p.statements for c in s.conditions]
    cases: dict[str, list[KeyValue]] = {}
    count = 1
    for key in keys:
        name = key.lower()
        tests = [condition for condition in conditions if condition.key.lower() == name]
        values = [] if name in _MULTIVALUED else _cases(context.value(name), tests)
        if len(values) > 1 and count * len(values) <= _MOST_CASES:
            cases[name] = values
            count *= len(values)
    if cases:
        for combination in product(*cases.values()):
            yield context.with_more(dict(zip(cases, combination, strict=True)))


def _cases(value: KeyValue, tests: Sequence[Condition]) -> list[KeyValue]:
    """Return ``value`` case by case; any text at all becomes each text that is compared."""
    texts = frozenset(text for test in tests for text in _compared(test))
    cases: list[KeyValue] = []
    for case in value.cases:
        if case is not None and len(case) == 1 and _is_any(case[0]):
            cases += [KeyValue(((text,),)) for text in sorted(texts)]
            cases.append(KeyValue(((PartText((Anything(0),), texts),),)))
        else:
            cases.append(KeyValue((case,)))
    return cases


def _is_any(text: Text) -> bool:
    return isinstance(text, PartText) and all(isinstance(p, Anything) for p in text.parts)


def _compared(test: Condition) -> Iterator[str]:
    """Yield the plain texts that the test compares with."""
    kind = test.operator.kind if test.operator else None
    if isinstance(kind, ValueOperator) and kind.test is FLAG_EQUAL:
        yield from ("true", "false")
    if isinstance(kind, TextOperator):
        for template in test.templates:
            has_wildcard = kind.wildcards and any("*" in p or "?" in p for p in template.texts)
            if template.plain is not None and not has_wildcard:
                yield template.plain
