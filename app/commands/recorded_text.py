"""What AWS's own records tell of UbiQuity, as ``check`` prints it below the report."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.core.i18n import tr
from app.core.snapshot import Snapshot, State

if TYPE_CHECKING:
    from app.core.failure import AwsFailure
    from app.flow.look_back import LookBack


def recorded_lines(snapshot: Snapshot, found: "LookBack | None" = None) -> list[str]:
    """Return the lines: the role's last use, visits, and where CloudTrail did not tell.

    ``found`` is what looking back told, where that was just done. None where a snapshot was sent
    that holds nothing of it.
    """
    seen = [observation for observation in snapshot.observations if observation.is_visit]
    is_told = snapshot.role.state is State.FOUND and snapshot.role.last_used is not None
    if not (seen or is_told or found):
        return []
    from app.core.wording.recorded import last_use_words, seen_words

    notes = [last_use_words(snapshot.role.last_used)] if is_told else []
    notes += map(seen_words, seen)
    if found is not None:
        notes += _notes(found)
    return ["", tr("What AWS has recorded:"), *(f"  {note}" for note in notes)] if notes else []


def _notes(found: "LookBack") -> Iterator[str]:
    from app.core.wording.recorded import earlier_words, none_seen_words, not_all_looked_through

    if found.earlier is not None:
        yield earlier_words(found.earlier.at)
    elif found.since is not None and not found.visits:
        yield none_seen_words(found.since)
    if not found.complete:
        yield not_all_looked_through()
    yield from _not_told(found.failures)


def _not_told(failures: "tuple[AwsFailure, ...]") -> Iterator[str]:
    """Yield where CloudTrail did not tell, and why where a permission is all that lacks."""
    if not failures:
        return
    from app.core.explain.denial import is_by_organization
    from app.core.wording.recorded import (
        may_not_look_words,
        not_told_words,
        nothing_told_words,
        organization_hides_words,
    )

    refusing = [f for f in failures if f.finding is None and f.code.startswith("AccessDenied")]
    of_all = [failure for failure in refusing if is_by_organization(failure.message)]
    of_own = [failure for failure in refusing if failure not in of_all]
    others = [failure for failure in failures if failure not in refusing]
    for told, words in (
        (of_own, may_not_look_words),
        (of_all, organization_hides_words),
        (others, not_told_words),
    ):
        regions = [str(f.params["region"]) for f in told if "region" in f.params]
        if regions:
            yield words(regions)
        elif told:
            yield nothing_told_words()
