"""Looks at what the program makes of details: the policies, what they allow, and each export."""

from datetime import UTC, datetime
from typing import Final

from app.core.conventions import row
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import (
    EXAMPLE_ACCOUNT_ID,
    EXAMPLE_DATABASE_ID,
    POLICY_NAME,
    ROLE_NAME,
    policy_arn,
    role_arn,
)
from app.core.i18n import tr
from app.core.snapshot import (
    BucketFacts,
    CustomerPolicy,
    PolicyDocument,
    RoleFacts,
    Snapshot,
    State,
)
from app.exports.by_format import EXPORTS
from app.wiring.installation.part import DamagedError

EXAMPLE: Final = Draft(
    EXAMPLE_ACCOUNT_ID,
    EXAMPLE_DATABASE_ID,
    (
        BucketEntry("example-imports", "eu-west-1", "imports/", restrict_to_prefix=True),
        BucketEntry("example-files", "ap-southeast-2"),
    ),
)
"""Details that belong to nobody."""

_ANOTHER: Final = "Aaaaaaaaaaaaaaaaaaaaaa"


def look_at_policies() -> str:
    """Make the guide's policies, and let the evaluator decide who gets in by them."""
    snapshot = _set_up(EXAMPLE)
    right = [row.decision for row in diagnose(EXAMPLE, snapshot).access]
    wrong = diagnose(replace(EXAMPLE, database_id=_ANOTHER), snapshot).access[0].decision
    # The first row is UbiQuity's own way in, the second the same without an External ID.
    allowed, without, *files = right
    if (allowed, without, wrong) != ("allowed", "denied", "denied") or set(files) != {"allowed"}:
        raise DamagedError(tr("The policies are not evaluated as AWS does."))
    return tr("made and evaluated; decisions: {count}").format(count=len(right) + 1)


def _set_up(draft: Draft) -> Snapshot:
    """Return an account as the guide sets it up for ``draft``."""
    document = permissions_policy(draft.buckets)
    arn = policy_arn(draft.account_id)
    return Snapshot(
        datetime(2026, 1, 1, tzinfo=UTC),
        None,
        RoleFacts(
            State.FOUND,
            arn=role_arn(draft.account_id),
            name=ROLE_NAME,
            path="/",
            trust_policy=trust_policy(draft.database_id),
            attached_policies=(PolicyDocument(POLICY_NAME, document, arn, "v1"),),
        ),
        CustomerPolicy(State.FOUND, arn=arn, version="v1", document=document),
        tuple(
            BucketFacts(entry.name, State.FOUND, entry.region, draft.account_id)
            for entry in draft.buckets
        ),
    )


def look_at_exports() -> str:
    """Make every export, and see that it has files with something in them."""
    count = 0
    for name, make in EXPORTS.items():
        files = make(EXAMPLE)
        if not files or not all(file.text.strip() for file in files):
            raise DamagedError(tr("The export “{name}” is empty.").format(name=name))
        count += len(files)
    words = tr("{formats}; files: {count}")
    return words.format(formats=row(EXPORTS), count=count)
