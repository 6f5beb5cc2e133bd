"""IAM's decision where everything is known: a second evaluator, which shares nothing with ours.

It knows yes and no alone, and just what ``any_world`` draws. Written from AWS's documents: IAM
User Guide, "Policy evaluation logic", "Cross-account policy evaluation logic", "Permissions
boundaries for IAM entities", "AWS JSON policy elements: Principal" and "… NotPrincipal", "IAM
JSON policy elements: Condition operators"; AWS KMS Developer Guide, "Key policies in AWS KMS".
"""

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Json = dict[str, Any]


@dataclass(frozen=True)
class Ask:
    """A request of which everything is known.

    ``names`` are what a Principal element may call the caller by, apart from the account:
    ``role`` (or user) and ``session``, and the unique id. ``refused`` is what becomes of an
    operator that AWS does not know, ``caught`` what a Deny does whose NotPrincipal names the
    caller in part: AWS says neither.
    """

    action: str
    resource: str
    account: str
    role: str
    session: str
    unique_id: str
    context: dict[str, list[str]]
    refused: bool
    caught: bool


def listed(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


def like(pattern: str, text: str) -> bool:
    parts = (".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def _same(value: str, actual: str) -> bool:
    return value == actual


def _same_flag(value: str, actual: str) -> bool:
    return value.lower() == actual.lower()


def _within(value: str, actual: str) -> bool:
    return ipaddress.ip_address(actual) in ipaddress.ip_network(value)


def _like_arn(value: str, actual: str) -> bool:
    parts, others = value.split(":", 5), actual.split(":", 5)
    return len(parts) == len(others) and all(map(like, parts, others))


_TESTS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "StringEquals": _same,
    "StringLike": like,
    "Bool": _same_flag,
    "IpAddress": _within,
    "ArnLike": _like_arn,
}


def _filled(text: str, ask: Ask) -> str | None:
    """Return ``text`` with its variable filled in, None where that has no value."""
    variable = re.search(r"\$\{(.*?)\}", text)
    if variable is None:
        return text
    value = ask.context.get(variable[1].lower())
    return None if value is None else text.replace(variable[0], value[0])


def _holds(operator: str, values: list[str], actual: list[str] | None, ask: Ask) -> bool:
    over, _, name = operator.rpartition(":")
    if name == "Null":
        return ("false" if actual else "true") in values
    if_exists = name.endswith("IfExists")
    name = name.removesuffix("IfExists")
    negated = "Not" in name
    test = _TESTS.get(name.replace("Not", ""))
    if test is None:
        return ask.refused
    if actual is None:
        return over == "ForAllValues" or (over == "" and (if_exists or negated))
    filled = [text for text in (_filled(v, ask) for v in values) if text is not None]
    singles = [any(test(v, a) for v in filled) is not negated for a in actual]
    if over == "" and negated:
        return all(singles)
    return all(singles) if over == "ForAllValues" else any(singles)


def _conditions(statement: Json, ask: Ask) -> bool:
    return all(
        _holds(operator, listed(values), ask.context.get(key.lower()), ask)
        for operator, tests in statement.get("Condition", {}).items()
        for key, values in tests.items()
    )


def _about(statement: Json, ask: Ask) -> bool:
    if not any(like(a.lower(), ask.action.lower()) for a in listed(statement["Action"])):
        return False
    if "Resource" not in statement and "NotResource" not in statement:
        return True
    # A variable that has no value matches nothing.
    patterns = listed(statement.get("Resource", statement.get("NotResource")))
    named = any(like(p, ask.resource) for p in patterns if "${" not in p)
    return named is ("Resource" in statement)


def _levels(element: Any, ask: Ask) -> dict[str, bool]:  # noqa: ANN401
    names = ["*"] if element == "*" else listed(element.get("AWS", []))
    root = f"arn:aws:iam::{ask.account}:root"
    return {
        "everybody": "*" in names,
        "account": root in names or ask.account in names,
        "role": ask.role in names or ask.unique_id in names,
        "session": ask.session in names,
    }


def _reached(statement: Json, ask: Ask) -> dict[str, bool]:
    """Return how the caller is named, where that counts as a grant or a denial."""
    if "NotPrincipal" not in statement:
        return _levels(statement["Principal"], ask)
    named = _levels(statement["NotPrincipal"], ask)
    return {"session": not any(named.values())}


def _caught(statement: Json, ask: Ask, bounded: bool) -> bool:
    """Tell whether a Deny of a resource's policy catches the caller."""
    if "NotPrincipal" not in statement:
        return any(_levels(statement["Principal"], ask).values())
    named = _levels(statement["NotPrincipal"], ask)
    whole = named["account"] and named["role"] and named["session"]
    if bounded or not any(named.values()):
        return True
    return ask.caught and not (whole or named["everybody"])


def _applying(policy: Json | None, effect: str, ask: Ask) -> list[Json]:
    return [
        s
        for s in (policy or {}).get("Statement", [])
        if s["Effect"] == effect and _about(s, ask) and _conditions(s, ask)
    ]


def allows(
    ask: Ask, kind: str, identity: list[Json] | None, resource: Json | None, boundary: Json | None
) -> bool:
    """Decide: ``kind`` is ``bucket``, ``key`` or ``trust``; ``identity`` None is taken as given."""
    denials = [d for p in [*(identity or []), boundary] for d in _applying(p, "Deny", ask)]
    denials += [
        d for d in _applying(resource, "Deny", ask) if _caught(d, ask, boundary is not None)
    ]
    if denials:
        return False
    ways = [_reached(s, ask) for s in _applying(resource, "Allow", ask)]
    by = {
        way: any(w.get(way, False) for w in ways)
        for way in ("everybody", "account", "role", "session")
    }
    own = identity is None or any(_applying(p, "Allow", ask) for p in identity)
    within = boundary is None or bool(_applying(boundary, "Allow", ask))
    direct = by["everybody"] or by["session"]
    if kind == "bucket":
        return direct or (within and (own or by["role"]))
    if kind == "key":
        return direct or (within and (by["role"] or (by["account"] and own)))
    return direct or by["role"] or by["account"]
