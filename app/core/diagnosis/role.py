"""The role: whether it is there, and the one that UbiQuity may assume (the guide's Step 1)."""

from collections.abc import Iterator

from app.core.diagnosis.setup import Setup
from app.core.guide import ROLE_NAME
from app.core.report import Evidence, Finding
from app.core.snapshot import State


def role_findings(setup: Setup) -> Iterator[Finding]:
    """Yield what is wrong with the role itself."""
    role = setup.role
    if role.state is State.MISSING:
        yield _missing(setup)
    if not role.is_found:
        return
    if role.name != ROLE_NAME:
        yield _misnamed([role.name])
    if role.path != "/":
        params = {"found": role.arn, "path": role.path}
        yield Finding("role.path", Evidence.OBSERVED, params=params)


def _missing(setup: Setup) -> Finding:
    names = [similar.name for similar in setup.snapshot.similar_roles if similar.name != ROLE_NAME]
    if names:
        # The one that differs least comes first.
        return _misnamed(sorted(names, key=_difference))
    params = {"account": setup.draft.account_id}
    return Finding("role.missing", Evidence.OBSERVED, params=params)


def _difference(name: str) -> tuple[bool, int]:
    letters = sum(a != b for a, b in zip(name.lower(), ROLE_NAME, strict=False))
    return name.lower() != ROLE_NAME, letters + 2 * abs(len(name) - len(ROLE_NAME))


def _misnamed(names: list[str]) -> Finding:
    first, *others = names
    return Finding(
        "role.misnamed", Evidence.OBSERVED, params={"found": first, "others": others or None}
    )
