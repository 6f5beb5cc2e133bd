"""The policy of the guide's Step 3: made, extended and attached, where the role needs it.

What any other of its policies grants the role needs no change. Sources: the guide's Step 3 and
"Granting access to multiple buckets"; IAM User Guide, "Versioning IAM policies".
"""

from collections.abc import Iterator, Mapping

from app.core.change import Change, Obstacle
from app.core.changes.applied import after_changes
from app.core.changes.attachment import ATTACH_POLICY
from app.core.changes.aws_call import MADE_BY_TAG
from app.core.changes.managed_policy import (
    CREATE_POLICY,
    CREATE_POLICY_VERSION,
    new_version,
)
from app.core.changes.sides import ChangeSettings, PolicyReference, StoredDocument
from app.core.choices import Choice, Choices
from app.core.diagnosis.view.customer_policy import DOCUMENT, view_customer_policy
from app.core.diagnosis.view.role_view import CUSTOMER_POLICY
from app.core.documents.additions import TAGGING_ACTIONS
from app.core.documents.comparison import same_document
from app.core.documents.policies import POLICY_VERSION, Document, permissions_policy
from app.core.draft import BucketEntry, Draft
from app.core.frozen import frozen
from app.core.guide import role_arn
from app.core.iam.decision import Decision
from app.core.iam.work import Work
from app.core.planning.connector_questions import ConnectorQuestions, connector_questions
from app.core.planning.extension import extensions, with_tagging
from app.core.planning.granted import are_granted
from app.core.planning.inline import inline_parts, no_room_to_attach
from app.core.planning.part import PlanPart, Unread, no_room_for_tags, too_long
from app.core.snapshot import Snapshot, State


@frozen
class _Needs:
    """The entries that the role is not granted, and those whose tags it may not move.

    ``unread`` where that hangs on a policy of the role that was not read.
    """

    entries: tuple[BucketEntry, ...]
    tagged: tuple[BucketEntry, ...]
    unread: bool


def policy_parts(
    draft: Draft, snapshot: Snapshot, choices: Choices, work: Work
) -> Iterator[PlanPart]:
    """Yield what grants the role of ``snapshot`` all that the draft needs on S3."""
    questions = connector_questions(draft, snapshot, work)
    customer = view_customer_policy(draft, snapshot, work)
    needs = _needs(questions, choices)
    is_there = customer.state is State.FOUND
    replaces = Choice.REPLACE_POLICY in choices.chosen and is_there and customer.is_attached
    if needs.unread:
        yield from (Unread(path, questions.role.required_arn) for path in questions.unread_policies)
    if not (needs.entries or needs.tagged or replaces):
        return
    # What is replaced grants all that is needed: nothing has to stand in the role besides.
    if Choice.INLINE_POLICY in choices.chosen and needs.entries and not replaces:
        yield from inline_parts(draft, snapshot, needs.entries, needs.tagged)
        return
    if not customer.is_attached and (full := no_room_to_attach(snapshot)):
        yield full
        return
    if customer.state is State.MISSING:
        yield from _creation(draft, customer.arn, needs, choices)
    elif not is_there:
        yield Unread(CUSTOMER_POLICY, customer.arn)
    elif not isinstance(snapshot.customer_policy.document, Mapping) or customer.policy is None:
        yield Unread(DOCUMENT, customer.arn)
    else:
        there = _There(draft, snapshot, choices, customer.arn, customer.is_attached, work)
        yield from there.parts(needs)


def _needs(questions: ConnectorQuestions, choices: Choices) -> _Needs:
    decisions = [
        (connector.entry, are_granted(questions.on_s3(connector)))
        for connector in questions.connectors
    ]
    return _Needs(
        tuple(entry for entry, decision in decisions if decision is Decision.DENIED),
        tuple(_tagged(questions)) if Choice.TAGGING in choices.chosen else (),
        any(decision is Decision.UNKNOWN for _, decision in decisions),
    )


def _tagged(questions: ConnectorQuestions) -> Iterator[BucketEntry]:
    for connector in questions.connectors:
        if are_granted(questions.on_s3(connector, TAGGING_ACTIONS)) is Decision.DENIED:
            yield connector.entry


def _creation(draft: Draft, arn: str, needs: _Needs, choices: Choices) -> Iterator[PlanPart]:
    """Make the policy; where the role needs nothing but the addition, with that alone."""
    empty: Document = {"Version": POLICY_VERSION, "Statement": []}
    guides = permissions_policy(draft.buckets) if needs.entries else empty
    document = with_tagging(guides, needs.tagged)
    obstacle = too_long(document, CREATE_POLICY.size_limit, arn)
    if obstacle := obstacle or no_room_for_tags((*choices.tags, MADE_BY_TAG), arn):
        yield obstacle
        return
    is_addition = not needs.entries
    yield CREATE_POLICY.change(
        arn,
        None,
        StoredDocument(document),
        settings=ChangeSettings(tags=choices.tags),
        addition=is_addition,
    )
    yield _attachment(draft, arn, addition=is_addition)


def _attachment(draft: Draft, policy: str, *, addition: bool) -> Change:
    role = role_arn(draft.account_id)
    return ATTACH_POLICY.change(role, None, PolicyReference(policy), addition=addition)


@frozen
class _There:
    """The customer's policy as it is there and was read."""

    draft: Draft
    snapshot: Snapshot
    choices: Choices
    arn: str
    attached: bool
    work: Work

    def parts(self, needs: _Needs) -> Iterator[PlanPart]:
        """Yield what makes the policy grant what is needed, and puts it on the role."""
        attachment = _attachment(self.draft, self.arn, addition=not needs.entries)
        attaching = () if self.attached else (attachment,)
        state = after_changes(self.snapshot, attaching)
        obstacle = Obstacle("change.conflict", self.arn)
        for base in self._bases(state):
            document = self._whole(state, base)
            if document is None:
                continue
            limit = None if document == self._present else CREATE_POLICY_VERSION.size_limit
            too_big = too_long(document, limit, self.arn)
            if too_big is None:
                yield from self._version(document, addition=base == self._present)
                yield from attaching
                return
            obstacle = too_big
        yield obstacle

    @property
    def _present(self) -> Document:
        document = self.snapshot.customer_policy.document
        return dict(document) if isinstance(document, Mapping) else {}

    def _bases(self, state: Snapshot) -> Iterator[Document]:
        """Yield documents that may do, the one that changes least first."""
        if Choice.REPLACE_POLICY in self.choices.chosen:
            yield permissions_policy(self.draft.buckets)
            return
        lacking = _needs(connector_questions(self.draft, state, self.work), self.choices).entries
        if lacking:
            yield from extensions(self._present, lacking, self.draft.bucket_names)
        else:
            yield self._present

    def _whole(self, state: Snapshot, base: Document) -> Document | None:
        """Return ``base`` with the addition, None where it would not grant all that is needed."""
        state = after_changes(state, (self._new_version(base),))
        needs = _needs(connector_questions(self.draft, state, self.work), self.choices)
        if needs.entries:
            return None
        document = with_tagging(base, needs.tagged)
        return self._present if same_document(document, self._present) else document

    def _new_version(self, document: Document, *, addition: bool = False) -> Change:
        present = StoredDocument(self.snapshot.customer_policy.document)
        return CREATE_POLICY_VERSION.change(
            self.arn, present, StoredDocument(document), addition=addition
        )

    def _version(self, document: Document, *, addition: bool) -> Iterator[Change]:
        if document == self._present:
            return
        policy = self.snapshot.customer_policy
        yield from new_version(policy, self.arn, document, addition=addition)
