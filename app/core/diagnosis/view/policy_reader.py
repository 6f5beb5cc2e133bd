"""The policies of a snapshot, each read once."""

from app.core.iam.elements import PolicyKind
from app.core.iam.policies import Policy, parse_policy, unread_policy
from app.core.iam.work import Work
from app.core.snapshot import Snapshot


class PolicyReader:
    """Reads policies as part of a work; one bucket may have many connectors."""

    def __init__(self, snapshot: Snapshot, work: Work) -> None:
        self._snapshot = snapshot
        self._work = work
        self._policies: dict[str, Policy] = {}

    def read(self, path: str, document: object, kind: PolicyKind) -> Policy:
        """Return the ``document`` at ``path``, which is its label: one that was not read too."""
        if path not in self._policies:
            self._policies[path] = (
                parse_policy(document, path, kind, self._work)
                if self._snapshot.was_read(path)
                else unread_policy(path, kind)
            )
        return self._policies[path]
