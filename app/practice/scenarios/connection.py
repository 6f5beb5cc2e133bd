"""Rehearsals about the connection itself: how it shows that UbiQuity was here, and what it leaves.

All set-ups but one are sound and lead to no finding, so they have names of their own.
"""

import json
from datetime import timedelta
from typing import Final

from app.core.documents.policies import trust_policy
from app.core.draft import BucketEntry
from app.core.guide import ROLE_NAME, UBIQUITY_ROOT_ARN
from app.core.i18n import mark
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_REGION, file_contents
from app.practice.past_visits import PastVisit
from app.practice.scenarios.scenario import Scenario
from app.practice.scenarios.stage import RehearsalStage, allow, deny, document

OTHER_DATABASE: Final = "AnotherDatabaseOfUs4Qw"
KEPT: Final = BucketEntry("practice-kept-versions", KEY_REGION, "imports/")
BUSY: Final = 120
"""AssumeRoles of others since UbiQuity was there: more than two pages of event history."""

_MONTH: Final = timedelta(days=30)
_REPORTING: Final = f"arn:aws:iam::{ACCOUNT_ID}:role/practice-reporting"


def _visited(stage: RehearsalStage, ago: timedelta, external_id: str = DATABASE_ID) -> PastVisit:
    keys, region = stage.aws.ubiquity, stage.draft.buckets[0].region
    return PastVisit(keys, ago, region, external_id, used=True)


def _was_here(stage: RehearsalStage) -> None:
    stage.everything()
    stage.aws.let_pass(_MONTH)
    stage.aws.remember(_visited(stage, timedelta(hours=1)))


def _busy(stage: RehearsalStage) -> None:
    _was_here(stage)
    stage.aws.remember(
        *(
            PastVisit(
                stage.aws.partner,
                timedelta(seconds=20 * (number + 1)),
                KEY_REGION,
                arn=_REPORTING,
                session_name=f"report-{number}",
            )
            for number in range(BUSY)
        )
    )


def _refused(stage: RehearsalStage) -> None:
    _was_here(stage)
    guardrail = document(allow("*"), deny("cloudtrail:*"))
    stage.aws.faults.organization_policy = json.dumps(guardrail)


def _not_allowed(stage: RehearsalStage) -> None:
    _was_here(stage)
    keys = stage.colleague("practice-helpdesk", allow("*"), deny("cloudtrail:LookupEvents"))
    stage.sign_in_with(keys)


def _other_database(stage: RehearsalStage) -> None:
    trust = document(
        {
            "Effect": "Allow",
            "Principal": {"AWS": UBIQUITY_ROOT_ARN},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": [OTHER_DATABASE, DATABASE_ID]}},
        }
    )
    stage.role(trust)
    stage.attach(stage.policy())
    stage.aws.let_pass(_MONTH)
    stage.aws.remember(_visited(stage, timedelta(hours=1), OTHER_DATABASE))


def _changed_since(stage: RehearsalStage) -> None:
    """Let the trust policy have been spoilt after UbiQuity's last visit."""
    _was_here(stage)
    trust = json.dumps(trust_policy(OTHER_DATABASE))
    stage.admin.iam.update_assume_role_policy(RoleName=ROLE_NAME, PolicyDocument=trust)


def _keeps_versions(stage: RehearsalStage) -> None:
    """Make a bucket whose files can't be deleted for a day, and set it up."""
    s3 = stage.admin.s3(KEPT.region)
    s3.create_bucket(
        Bucket=KEPT.name,
        CreateBucketConfiguration={"LocationConstraint": "ap-southeast-2"},
        ObjectLockEnabledForBucket=True,
    )
    s3.put_object_lock_configuration(
        Bucket=KEPT.name,
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}},
        },
    )
    name = f"{KEPT.prefix}customers-2026-08.csv"
    s3.put_object(Bucket=KEPT.name, Key=name, Body=file_contents(name))
    stage.use(KEPT)
    stage.everything()


SCENARIOS: Final = (
    Scenario("visit.seen", mark("UbiQuity was here an hour ago."), _was_here),
    Scenario("visit.busy", mark("UbiQuity was here, among many other sign-ins."), _busy),
    Scenario("visit.organization", mark("The organisation hides the event history."), _refused),
    Scenario("visit.not-allowed", mark("The sign-in may not see the event history."), _not_allowed),
    Scenario("visit.other-database", mark("Another UbiQuity database was here."), _other_database),
    Scenario("visit.before-change", mark("UbiQuity was here before a change."), _changed_since),
    Scenario("test.keeps-versions", mark("The bucket keeps every version."), _keeps_versions),
)
