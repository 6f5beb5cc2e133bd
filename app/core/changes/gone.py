"""Changes of trust and key policies that leave out principals which no longer exist."""

from collections.abc import Collection, Iterable

from app.core.change import Change, ChangeKind, Obstacle
from app.core.changes.kinds import rules_of
from app.core.changes.rules import ChangeRules
from app.core.changes.sides import StoredDocument
from app.core.documents.gone_principals import gone_in, without_gone


def rewriting(
    rules: ChangeRules[StoredDocument],
    target: str,
    before: object,
    after: object,
    gone: Collection[str] = (),
    *,
    addition: bool = False,
) -> Change | Obstacle:
    """Return the change of a trust or key policy to ``after`` without those that are gone.

    What named them can't be put back, so that such a change can't be undone to the letter. The
    obstacle is that AWS would refuse the document, and nothing can be left out of it.
    """
    document = without_gone(after, gone)
    if gone_in(document, gone):
        return Obstacle("change.refused", target)
    return rules.change(
        target,
        StoredDocument(before),
        StoredDocument(document),
        reversible=not gone_in(before, gone),
        addition=addition,
    )


def left_out(change: Change, gone: Collection[str] = ()) -> tuple[str, ...]:
    """Return whom a change leaves out of a trust or key policy since they are gone."""
    if not rules_of(change).names_principals:
        return ()
    still_named = gone_in(change.after, gone)
    return tuple(name for name in gone_in(change.before, gone) if name not in still_named)


def deleted_roles(changes: Iterable[Change]) -> frozenset[str]:
    """Return the ARNs of the roles that ``changes`` delete, which are gone after them."""
    return frozenset(c.target for c in changes if c.kind is ChangeKind.DELETE_ROLE)
