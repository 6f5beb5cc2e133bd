"""Rehearsals about the permissions: what the policies leave out, refuse, or give too much."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from app.core.documents.policies import Document, bucket_arn, permissions_policy
from app.core.guide import OBJECT_ACTIONS, PLACEHOLDER_BUCKETS
from app.core.i18n import mark
from app.practice.needs import CUSTOMER_ADDRESS
from app.practice.scenarios.scenario import Scenario
from app.practice.scenarios.stage import IMPORTS, RehearsalStage, allow, deny, document

OFFICE: Final = f"{CUSTOMER_ADDRESS}/32"
_BUCKET: Final = bucket_arn(IMPORTS.name)
_OBJECTS: Final = f"{_BUCKET}/*"
_LISTING: Final = allow("s3:ListBucket", on=_BUCKET)
_FROM_OFFICE: Final = {"IpAddress": {"aws:SourceIp": OFFICE}}
_NOT_FROM_OFFICE: Final = {"NotIpAddress": {"aws:SourceIp": OFFICE}}


def _policy(content: Document) -> Callable[[RehearsalStage], None]:
    """Return what sets everything up, but with this permissions policy."""

    def arrange(stage: RehearsalStage) -> None:
        stage.role()
        stage.policy(content)
        stage.attach()

    return arrange


def _granting(*statements: Document) -> Callable[[RehearsalStage], None]:
    return _policy(document(*statements))


def _naming(bucket: str) -> Callable[[RehearsalStage], None]:
    return _policy(permissions_policy([replace(IMPORTS, name=bucket)]))


def _and(name: str, *statements: Document) -> Callable[[RehearsalStage], None]:
    """Return what sets everything up, and writes one more policy into the role."""

    def arrange(stage: RehearsalStage) -> None:
        stage.everything()
        stage.inline(name, document(*statements))

    return arrange


def _missing(stage: RehearsalStage) -> None:
    stage.role()


def _not_attached(stage: RehearsalStage) -> None:
    stage.role()
    stage.policy()


def _too_broad(stage: RehearsalStage) -> None:
    stage.everything()
    stage.attach("arn:aws:iam::aws:policy/AmazonS3FullAccess")


SCENARIOS: Final = (
    Scenario("policy.missing", mark("The role has no permissions at all."), _missing),
    Scenario(
        "policy.not-attached", mark("The policy was not attached to the role."), _not_attached
    ),
    Scenario(
        "policy.placeholder",
        mark("The placeholder was left where the bucket's name belongs."),
        _naming(PLACEHOLDER_BUCKETS[0]),
    ),
    Scenario(
        "policy.wrong-bucket",
        mark("The policy names another bucket."),
        _naming(IMPORTS.name.removesuffix("s")),
    ),
    Scenario(
        "policy.objects-not-covered",
        mark("The policy names the bucket, but not the files in it."),
        _granting(_LISTING, allow(*OBJECT_ACTIONS, on=_BUCKET)),
    ),
    Scenario(
        "policy.bucket-not-covered",
        mark("The policy names the files, but not the bucket itself."),
        _granting(allow("s3:ListBucket", on=_OBJECTS), allow(*OBJECT_ACTIONS, on=_OBJECTS)),
    ),
    Scenario(
        "policy.prefix-mismatch",
        mark("The policy is limited to another folder."),
        _policy(
            permissions_policy(
                [replace(IMPORTS, prefix="imports/ubiquity/", restrict_to_prefix=True)]
            )
        ),
    ),
    Scenario(
        "policy.action-missing",
        mark("The policy does not allow files to be deleted."),
        _granting(_LISTING, allow("s3:GetObject", "s3:PutObject", on=_OBJECTS)),
    ),
    Scenario(
        "policy.explicit-deny",
        mark("Another policy of the role refuses to delete files."),
        _and("keep-all-files", deny("s3:DeleteObject", on=_OBJECTS)),
    ),
    Scenario(
        "policy.deny-may-apply",
        mark("Another policy of the role refuses calls from outside the office."),
        _and("office-only", deny("s3:*", Condition=_NOT_FROM_OFFICE)),
    ),
    Scenario(
        "policy.condition-blocks",
        mark("The policy allows the files only to calls from the office."),
        _granting(_LISTING, allow(*OBJECT_ACTIONS, on=_OBJECTS, Condition=_FROM_OFFICE)),
    ),
    Scenario("policy.too-broad", mark("The role may do anything in any bucket."), _too_broad),
)
