"""What the journal of a revocation tells of the account as it was before.

It may be all that is known once the run is gone on with: the policy that named the buckets, and
the trust policy that named the databases, may be gone by then.
"""

from collections.abc import Iterator

from app.core.changes.kinds import typed
from app.core.documents.ubiquity_trust import databases_in
from app.core.journal import Journal
from app.core.revoking.granted_buckets import buckets_of_document


def databases_before(run: Journal) -> tuple[str, ...]:
    """Return the External IDs that the role let in before ``run``, as far as it changes that."""
    names = (name for document in _documents_before(run) for name in databases_in(document))
    return tuple(dict.fromkeys(names))


def buckets_before(run: Journal) -> tuple[str, ...]:
    """Return the buckets that the policies named which ``run`` changes or deletes, each once."""
    documents = _documents_before(run)
    return tuple(dict.fromkeys(name for each in documents for name in buckets_of_document(each)))


def _documents_before(run: Journal) -> Iterator[object]:
    for step in run.steps:
        yield getattr(typed(step.change).before, "document", None)
