"""The role's policies as they would be, were a bucket's name mended in them."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from app.core.documents.policies import bucket_arn
from app.core.frozen import replace
from app.core.iam.json_text import as_list, strings
from app.core.iam.policies import Policy, parse_policy
from app.core.iam.work import Work

Json = dict[object, object]

_MAY_BE_MORE: Final = re.compile(r"[*?$]")
"""What a name may stand for other names by: wildcards and variables."""


def with_bucket_named(
    bucket: str, wrong_names: Iterable[str], policies: Iterable[Policy], work: Work
) -> tuple[Policy, ...]:
    """Return ``policies`` as they would be with ``bucket`` in the place of ``wrong_names``.

    In the statements that have one of those, resources that are plainly of other buckets are left
    out: they say nothing of this one, and a policy may name a hundred.
    """
    right, wrong = bucket_arn(bucket), frozenset(map(bucket_arn, wrong_names))
    return tuple(_mended(policy, right, wrong, work) for policy in policies)


def _mended(policy: Policy, right: str, wrong: Collection[str], work: Work) -> Policy:
    raw = policy.raw
    if not isinstance(raw, Mapping):
        return policy
    places: list[int] = []
    statements: list[Json] = []
    for place, statement in enumerate(as_list(raw.get("Statement", []))):
        work.spend(1)
        texts = strings(statement.get("Resource")) if isinstance(statement, Mapping) else None
        if isinstance(statement, Mapping) and any(_arn_in(text) in wrong for text in texts or ()):
            places.append(place)
            statements.append({**statement, "Resource": _resources(texts or (), right, wrong)})
    parsed = parse_policy({**raw, "Statement": statements}, policy.source, policy.kind, work)
    pairs = zip(places, parsed.statements, strict=True)
    anew = {place: replace(statement, index=place) for place, statement in pairs}
    return replace(policy, statements=tuple(anew.get(s.index, s) for s in policy.statements))


def _resources(texts: Iterable[str], right: str, wrong: Collection[str]) -> list[str]:
    """Return the resources that may be of the bucket ``right``, mended, each once."""
    resources: dict[str, None] = {}
    for text in texts:
        arn = _arn_in(text)
        if arn in wrong:
            resources[right + text[len(arn) :]] = None
        elif arn == right or _MAY_BE_MORE.search(arn):
            resources[text] = None
    return list(resources)


def _arn_in(resource: str) -> str:
    """Return the ARN of the bucket that a resource is, or is in."""
    return resource.partition("/")[0]
