"""Every case of a key that nobody knows, where the policies tell only a few apart.

Two Deny statements, one for each answer, deny for certain although neither is certain alone.
The cases of a key are: absent, each plain text that a condition compares it with, and any other
text. Trying them all settles some of what stays unknown statement by statement. Combinations that
cannot be are left out: a request has a public address or comes by a VPC endpoint, never both, so
a Deny of all other addresses beside a Deny of all other endpoints denies everybody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final, NamedTuple

from app.core.iam.conditions import Condition
from app.core.iam.context import Anything, Context, KeyValue, PartText, Text
from app.core.iam.operators import TextOperator, ValueOperator
from app.core.iam.policies import Policy
from app.core.iam.value_operators import FLAG_EQUAL
from app.core.iam.work import Work

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
"""Keys that may have several texts at once: where those are any, the cases are too many. Source:
AWS "AWS global condition context keys" and the Service Authorization Reference (types
``ArrayOf…``)."""


_PUBLIC_ADDRESS: Final = "aws:sourceip"
_OF_AN_ENDPOINT: Final = frozenset({"aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"})
"""There "only if the requester uses a VPC endpoint to make the request", while the address is
there "except when the requester uses a VPC endpoint" (the same page, Availability)."""


class Cases(NamedTuple):
    """The cases of some keys of a context."""

    context: Context
    values: Mapping[str, Sequence[KeyValue]]

    @property
    def keys(self) -> frozenset[str]:
        """The keys whose cases are tried, in lower case."""
        return frozenset(self.values)

    def contexts(self) -> Iterator[Context]:
        """Yield the context once for each combination; nothing where no key is left."""
        if self.values:
            for combination in product(*self.values.values()):
                values = dict(zip(self.values, combination, strict=True))
                if _can_be(values):
                    yield self.context.with_more(values)


def _can_be(values: Mapping[str, KeyValue]) -> bool:
    """Tell whether a request can have these values all at once."""
    by_endpoint = {not v.is_absent for key, v in values.items() if key in _OF_AN_ENDPOINT}
    if _PUBLIC_ADDRESS in values:
        by_endpoint.add(values[_PUBLIC_ADDRESS].is_absent)
    return len(by_endpoint) <= 1


def cases_of(
    context: Context, policies: Sequence[Policy], keys: Iterable[str], work: Work
) -> Cases:
    """Return the cases of ``keys``; those that have too many stay as they are."""
    compared = [work.once(_texts_by_key, policy) for policy in policies]
    cases: dict[str, Sequence[KeyValue]] = {}
    count = 1
    for key in keys:
        name = key.lower()
        value = context.value(name)
        if (name in _MULTIVALUED and not value.is_one_of_known) or count * 2 > _MOST_CASES:
            continue
        texts = frozenset[str]().union(*(by_key.get(name, ()) for by_key in compared))
        values = _cases(value, texts)
        if len(values) > 1 and count * len(values) <= _MOST_CASES:
            cases[name] = values
            count *= len(values)
    return Cases(context, cases)


def _texts_by_key(policy: Policy) -> dict[str, set[str]]:
    """Return the plain texts that the policy's conditions compare each key with."""
    texts: dict[str, set[str]] = {}
    for statement in policy.statements:
        for condition in statement.conditions:
            texts.setdefault(condition.key.lower(), set()).update(_compared(condition))
    return texts


def _cases(value: KeyValue, texts: frozenset[str]) -> list[KeyValue]:
    """Return ``value`` case by case; any text at all becomes each text that is compared.

    Nothing where those are too many.
    """
    cases: list[KeyValue] = []
    for case in value.cases:
        if case is not None and len(case) == 1 and _is_any(case[0]):
            if len(texts) >= _MOST_CASES:
                return []
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
