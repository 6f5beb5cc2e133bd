"""What the connector will ask of AWS, as questions that the plan puts to the policies."""

from app.core.diagnosis.view.bucket_key import BucketKey
from app.core.diagnosis.view.connector import (
    DECRYPT,
    KEY_ACTIONS,
    S3_ACTIONS,
    Connector,
    connectors_of,
    key_question,
    s3_question,
)
from app.core.diagnosis.view.question import Question, Rule
from app.core.diagnosis.view.role_view import RoleView, view_role
from app.core.diagnosis.view.setup import assume_request
from app.core.draft import Draft
from app.core.frozen import frozen
from app.core.iam.work import Work
from app.core.snapshot import Snapshot


@frozen
class ConnectorQuestions:
    """Draft and snapshot, and what the connector asks for."""

    draft: Draft
    snapshot: Snapshot
    role: RoleView
    connectors: tuple[Connector, ...]

    @property
    def assume(self) -> Question:
        """UbiQuity's AssumeRole with the draft's External ID."""
        return self._assume(self.draft.database_id)

    @property
    def assume_without(self) -> Question:
        """The same without an External ID."""
        return self._assume(None)

    def _assume(self, external_id: str | None) -> Question:
        request = assume_request(external_id, self.role, self.snapshot)
        return Question(request, Rule.TRUST, resource=self.role.trust, work=self.role.work)

    def on_s3(
        self, connector: Connector, actions: tuple[str, ...] = S3_ACTIONS
    ) -> tuple[Question, ...]:
        """Return what the connector does to its files."""
        return tuple(s3_question(a, connector, self.role, self.snapshot) for a in actions)

    def on_key(self, connector: Connector) -> tuple[Question, ...]:
        """Return the three things that it does with the bucket's key, none without a key."""
        key = connector.key
        if key is None:
            return ()
        return tuple(key_question(a, connector, key, self.role, self.snapshot) for a in KEY_ACTIONS)

    def to_decrypt(self, connector: Connector, key: BucketKey) -> Question:
        """Return what the connector does with the key of some of its files."""
        return key_question(DECRYPT, connector, key, self.role, self.snapshot)

    @property
    def unread_policies(self) -> tuple[str, ...]:
        """The paths of the role's policies that were not read."""
        return tuple(policy.source for policy in self.role.identity if not policy.is_read)


def connector_questions(draft: Draft, snapshot: Snapshot, work: Work) -> ConnectorQuestions:
    """Return what the connector asks for, with the role of ``snapshot`` once assumed."""
    return ConnectorQuestions(
        draft, snapshot, view_role(draft, snapshot, work), connectors_of(draft, snapshot, work)
    )
