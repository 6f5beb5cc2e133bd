"""Rehearsals about the bucket: the wrong one, the wrong place, or a policy of its own."""

from dataclasses import replace
from typing import Final

from app.core.documents.policies import bucket_arn
from app.core.draft import BucketEntry
from app.core.guide import UBIQUITY_ROOT_ARN
from app.core.i18n import mark
from app.practice.account import ACCOUNT_ID, ADMIN_USER, PARTNER_BUCKET
from app.practice.needs import CUSTOMER_ADDRESS
from app.practice.scenarios.scenario import Scenario
from app.practice.scenarios.stage import IMPORTS, RehearsalStage, allow, deny

_BUCKET: Final = bucket_arn(IMPORTS.name)
_EVERYBODY_ELSE: Final = {
    "ArnNotEquals": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT_ID}:user/{ADMIN_USER}"}
}


def _missing(stage: RehearsalStage) -> None:
    stage.use(replace(IMPORTS, name="practice-data-imports-2025"))
    stage.everything()


def _other_account(stage: RehearsalStage) -> None:
    stage.use(BucketEntry(PARTNER_BUCKET.name, PARTNER_BUCKET.region, PARTNER_BUCKET.prefix))
    stage.everything()


def _region(stage: RehearsalStage) -> None:
    stage.use(replace(IMPORTS, region="eu-west-1"))
    stage.everything()


def _explicit_deny(stage: RehearsalStage) -> None:
    stage.everything()
    refuse = deny("s3:PutObject", "s3:DeleteObject", on=f"{_BUCKET}/*", Condition=_EVERYBODY_ELSE)
    stage.bucket_policy(IMPORTS.name, {**refuse, "Sid": "OnlyTheAdministrator", "Principal": "*"})


def _deny_may_apply(stage: RehearsalStage) -> None:
    stage.everything()
    elsewhere = {"NotIpAddress": {"aws:SourceIp": f"{CUSTOMER_ADDRESS}/32"}}
    refuse = deny("s3:*", on=[_BUCKET, f"{_BUCKET}/*"], Condition=elsewhere)
    stage.bucket_policy(IMPORTS.name, {**refuse, "Sid": "OfficeOnly", "Principal": "*"})


def _direct_grant(stage: RehearsalStage) -> None:
    stage.everything()
    let_in = allow("s3:*", on=[_BUCKET, f"{_BUCKET}/*"], Principal={"AWS": UBIQUITY_ROOT_ARN})
    stage.bucket_policy(IMPORTS.name, {**let_in, "Sid": "LetUbiQuityIn"})


def _ownership(stage: RehearsalStage) -> None:
    stage.everything()
    stage.admin.s3().put_bucket_ownership_controls(
        Bucket=IMPORTS.name,
        OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]},
    )


SCENARIOS: Final = (
    Scenario("bucket.missing", mark("There is no bucket of that name."), _missing),
    Scenario("bucket.other-account", mark("The bucket belongs to a partner."), _other_account),
    Scenario("bucket.region-mismatch", mark("The bucket is in another region."), _region),
    Scenario(
        "bucket.explicit-deny",
        mark("The bucket's policy lets only the administrator change files."),
        _explicit_deny,
    ),
    Scenario(
        "bucket.deny-may-apply",
        mark("The bucket's policy refuses calls from outside the office."),
        _deny_may_apply,
    ),
    Scenario(
        "bucket.direct-grant",
        mark("The bucket's policy lets UbiQuity's account in without the role."),
        _direct_grant,
    ),
    Scenario(
        "bucket.object-ownership",
        mark("Files belong to the account that wrote them, not to the bucket's owner."),
        _ownership,
    ),
)
