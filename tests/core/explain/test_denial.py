"""AWS's denials taken apart: IAM User Guide, "Troubleshoot access denied error messages"."""

import pytest

from app.core.explain.console_denial import denials_told
from app.core.explain.denial import SIGNED_IN, DenialSentence, denials_in, is_by_organization
from app.core.explain.pasted import cleaned

LIST = (
    "User: arn:aws:iam::111122223333:user/u is not authorized to perform: s3:ListBucket on "
    'resource: "arn:aws:s3:::b" because no identity-based policy allows the s3:ListBucket action'
)

SAMPLES = (
    (
        LIST,
        DenialSentence(
            "arn:aws:iam::111122223333:user/u",
            "s3:ListBucket",
            resource="arn:aws:s3:::b",
            implicit="identity-based",
        ),
    ),
    (
        (
            "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: s3:PutObject on "
            'resource: "arn:aws:s3:::b/k.txt" with an explicit deny in a resource control policy'
        ),
        DenialSentence(
            "arn:aws:sts::1:assumed-role/r/s",
            "s3:PutObject",
            resource="arn:aws:s3:::b/k.txt",
            explicit="resource control",
        ),
    ),
    (
        (
            "User: arn:aws:iam::123456789012:user/Matt is not authorized to perform: "
            "iam:ListRoles on "
            "resource: arn:aws:iam::123456789012:role/* with an explicit deny in a service control "
            "policy: "
            "arn:aws:organizations::987654321098:policy/o-qv5af4abcd/service_control_policy/"
            "p-2kgnabcd"
        ),
        DenialSentence(
            "arn:aws:iam::123456789012:user/Matt",
            "iam:ListRoles",
            resource="arn:aws:iam::123456789012:role/*",
            explicit="service control",
            policy_arn="arn:aws:organizations::987654321098:policy/o-qv5af4abcd/"
            "service_control_policy/p-2kgnabcd",
        ),
    ),
    (
        (
            "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: sts:AssumeRole on "
            "resource: arn:aws:iam::2:role/x"
        ),
        DenialSentence(
            "arn:aws:sts::1:assumed-role/r/s", "sts:AssumeRole", resource="arn:aws:iam::2:role/x"
        ),
    ),
    (
        (
            "User: arn:aws:iam::1:user/J is not authorized to perform: sts:AssumeRole because no "
            "role "
            "trust policy allows the sts:AssumeRole action"
        ),
        DenialSentence("arn:aws:iam::1:user/J", "sts:AssumeRole", implicit="role trust"),
    ),
    (
        (
            "User: arn:aws:iam::1:user/J is not authorized to perform: sts:AssumeRole with an "
            "explicit "
            "deny in the role trust policy"
        ),
        DenialSentence("arn:aws:iam::1:user/J", "sts:AssumeRole", explicit="role trust"),
    ),
    (
        (
            "User: arn:aws:iam::1:user/J is not authorized to perform: codedeploy:ListDeployments "
            "on "
            "resource: arn:aws:codedeploy:us-east-1:1:deploymentgroup:* because no permissions "
            "boundary allows the codedeploy:ListDeployments action"
        ),
        DenialSentence(
            "arn:aws:iam::1:user/J",
            "codedeploy:ListDeployments",
            resource="arn:aws:codedeploy:us-east-1:1:deploymentgroup:*",
            implicit="permissions boundary",
        ),
    ),
    (
        (
            "User: arn:aws:iam::1:user/J is not authorized to perform: kms:Decrypt on the resource "
            "associated with this ciphertext because no identity-based policy allows the "
            "kms:Decrypt "
            "action"
        ),
        DenialSentence(
            "arn:aws:iam::1:user/J",
            "kms:Decrypt",
            obj="the resource associated with this ciphertext",
            implicit="identity-based",
        ),
    ),
    (
        (
            "User: arn:aws:sts::032379705303:assumed-role/x is not authorized to perform: "
            "kms:GenerateDataKey on this resource because the resource does not exist in this "
            "Region, "
            "no resource-based policies allow access, or a resource-based policy explicitly denies "
            "access"
        ),
        DenialSentence(
            "arn:aws:sts::032379705303:assumed-role/x",
            "kms:GenerateDataKey",
            obj="this resource",
            other="the resource does not exist in this Region, no resource-based policies allow "
            "access, or a resource-based policy explicitly denies access",
        ),
    ),
    (
        (
            "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: SNS:Publish on "
            "resource: arn:aws:sns:us-east-1:4:role-name-2 with an explicit deny in a VPC endpoint "
            "policy transitively through a service control policy"
        ),
        DenialSentence(
            "arn:aws:sts::1:assumed-role/r/s",
            "SNS:Publish",
            resource="arn:aws:sns:us-east-1:4:role-name-2",
            explicit="VPC endpoint",
            through="service control",
        ),
    ),
    (
        (
            "User: arn:aws:iam::111122223333:user/d is not authorized to perform: "
            "s3:ListAllMyBuckets "
            "because no identity-based policy allows the s3:ListAllMyBuckets action"
        ),
        DenialSentence(
            "arn:aws:iam::111122223333:user/d", "s3:ListAllMyBuckets", implicit="identity-based"
        ),
    ),
)


@pytest.mark.parametrize(("text", "denial"), SAMPLES)
def test_takes_a_denial_apart(text: str, denial: DenialSentence) -> None:
    assert tuple(denials_in(cleaned(text))) == (denial,)


@pytest.mark.parametrize(("text", "denial"), SAMPLES)
def test_upper_and_lower_case_make_no_difference_to_the_kind(
    text: str, denial: DenialSentence
) -> None:
    (found,) = denials_in(cleaned(text.lower()))
    assert (found.explicit, found.implicit, found.through) == (
        denial.explicit,
        denial.implicit,
        denial.through,
    )
    assert found.action == denial.action.lower()


def test_finds_each_denial_of_a_log_in_its_order() -> None:
    log = "\n".join(f"2026-11-23T01:02:03Z ERROR {text}" for text, _ in SAMPLES)
    assert tuple(denials_in(cleaned(log))) == tuple(denial for _, denial in SAMPLES)


def test_british_spelling_without_a_principal() -> None:
    (found,) = denials_in(cleaned("Not authorised to perform sts:AssumeRole"))
    assert found == DenialSentence("", "sts:AssumeRole")


def test_the_end_of_a_denial_alone_tells_kind_and_action() -> None:
    (found,) = denials_in("because no role trust policy allows the sts:AssumeRole action")
    assert found == DenialSentence("", "sts:AssumeRole", implicit="role trust")


def test_no_denial_in_other_words() -> None:
    assert not tuple(denials_in("Access Denied"))


def test_the_service_is_in_lower_case() -> None:
    assert DenialSentence("", "SNS:Publish").service == "sns"


BOX = (
    "User: arn:aws:iam::123456789012:user/jo\nService: iam\nAction: CreateRole\n"
    "On resource(s): a b\n"
)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("with an explicit deny in a service control policy", True),
        ("because no resource control policy allows the cloudtrail:LookupEvents action", True),
        ("because no identity-based policy allows the cloudtrail:LookupEvents action", False),
        ("with an explicit deny in an identity-based policy", False),
        ("", False),
    ],
)
def test_what_the_organisation_refuses_is_told_apart(reason: str, expected: bool) -> None:
    who = "User: arn:aws:iam::123456789012:user/service-control"
    sentence = f"{who} is not authorized to perform: cloudtrail:LookupEvents {reason}"
    assert is_by_organization(sentence) is expected


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        (
            f"{BOX}Context: no permissions boundary allows the iam:CreateRole action",
            DenialSentence(
                "arn:aws:iam::123456789012:user/jo",
                "iam:CreateRole",
                resource="a b",
                implicit="permissions boundary",
            ),
        ),
        (
            (
                "User: arn:aws:iam::123456789012:user/jo Action: s3:ListBucket Context: a "
                "resource-based policy explicitly denies the action"
            ),
            DenialSentence(
                "arn:aws:iam::123456789012:user/jo", "s3:ListBucket", explicit="resource-based"
            ),
        ),
        ("You don't have permission to iam:GetRole.", DenialSentence(SIGNED_IN, "iam:GetRole")),
        ("You don't have permission to view this page: ask", None),
        ("Action: iam:GetRole Context: none", None),
    ],
)
def test_takes_the_consoles_box_apart(text: str, denial: DenialSentence | None) -> None:
    assert denials_told(cleaned(text)) == ((denial,) if denial else ())
