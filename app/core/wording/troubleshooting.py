"""The guide's section "Troubleshooting": its four headings, and what to check for each."""

from enum import StrEnum

from app.core.frozen import frozen
from app.core.guide import DATABASE_ID_PLACE, POLICY_NAME, ROLE_NAME, UBIQUITY_ROOT_ARN
from app.core.i18n import tr


class GuideHeading(StrEnum):
    """The guide's four headings."""

    ASSUME = "assume"
    OPERATIONS = "operations"
    REGION = "region"
    EXTERNAL_ID = "external-id"


@frozen
class Advice:
    """One heading of the guide with its explanation and checks."""

    title: str
    detail: str
    checks: tuple[str, ...]


def trouble_of(action: str, code: str) -> GuideHeading:
    """Return the guide's heading for a refused call: ``code`` is AWS's error code."""
    if action == "sts:AssumeRole":
        return GuideHeading.ASSUME
    if code in {
        "NoSuchBucket",
        "PermanentRedirect",
        "AuthorizationHeaderMalformed",
        "IllegalLocationConstraintException",
        "301",
        "404",
    }:
        return GuideHeading.REGION
    return GuideHeading.OPERATIONS


def advice(trouble: GuideHeading) -> Advice:
    """Return the guide's advice under one of its headings."""
    return _ADVICE[trouble]()


def _assume() -> Advice:
    return Advice(
        tr("Access denied, or not authorised to perform sts:AssumeRole"),
        tr("The connector cannot assume your IAM role. Check the following:"),
        (
            tr("The role name is exactly {role} (case-sensitive).").format(role=ROLE_NAME),
            tr("The trust policy’s principal is {arn}.").format(arn=UBIQUITY_ROOT_ARN),
            tr(
                "The External ID in the trust policy matches your UbiQuity Account ID exactly. "
                "Copy it directly from UbiQuity, so that no white space comes with it."
            ),
        ),
    )


def _operations() -> Advice:
    return Advice(
        tr("The role can be assumed, but S3 operations fail"),
        tr("The connector can reach your account but cannot access the bucket. Check:"),
        (
            tr("The policy {policy} is attached to the role.").format(policy=POLICY_NAME),
            tr(
                "Your bucket policy has no explicit Deny that would override the permissions of "
                "the role."
            ),
            tr(
                "If your bucket uses SSE-KMS encryption, the KMS key policy grants kms:Decrypt and "
                "kms:DescribeKey to the role. Step 3 shows the statement."
            ),
        ),
    )


def _region() -> Advice:
    return Advice(
        tr("The bucket does not exist in the region"),
        tr("UbiQuity looked for the bucket where you said, and it is not there. Check:"),
        (
            tr("The bucket name: upper and lower case count, and it has no spaces."),
            tr("The region in UbiQuity matches the actual region of your bucket."),
            tr("The bucket is in the same AWS account as the role."),
        ),
    )


def _external_id() -> Advice:
    return Advice(
        tr("Invalid External ID, or External ID mismatch"),
        tr("The External ID that UbiQuity sends is not the one in your trust policy. Check:"),
        (
            tr("Copy your UbiQuity Account ID directly from {place}.").format(
                place=DATABASE_ID_PLACE
            ),
            tr("Look for spaces or line breaks that came with it when it was pasted."),
        ),
    )


_ADVICE = {
    GuideHeading.ASSUME: _assume,
    GuideHeading.OPERATIONS: _operations,
    GuideHeading.REGION: _region,
    GuideHeading.EXTERNAL_ID: _external_id,
}
