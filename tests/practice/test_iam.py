"""IAM of the practice AWS: what it takes, what it refuses, and in which words.

Sources: IAM API Reference (errors of each action), IAM User Guide, "IAM and AWS STS quotas" and
"AWS JSON policy elements: Principal".
"""

import json
from collections.abc import Callable

import pytest

from app.core.documents.policies import trust_policy
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.practice.account import ACCOUNT_ID, DATABASE_ID, Keys
from tests.practice.clients import (
    POLICY_ARN,
    ROLE_ARN,
    Person,
    Refusal,
    allow,
    deny,
    document,
    refusal_of,
)
from tests.practice.conftest import Setup

TRUST = json.dumps(trust_policy(DATABASE_ID))


def said(refusal: Refusal) -> tuple[str, int, str]:
    return refusal.code, refusal.status, refusal.message


MISSING: dict[str, tuple[Callable[[Person], object], str]] = {
    "role": (
        lambda who: who.iam.get_role(RoleName="nobody"),
        "The role with name nobody cannot be found.",
    ),
    "trust": (
        lambda who: who.iam.update_assume_role_policy(RoleName="nobody", PolicyDocument=TRUST),
        "The role with name nobody cannot be found.",
    ),
    "policy": (
        lambda who: who.iam.get_policy(PolicyArn=POLICY_ARN),
        f"Policy {POLICY_ARN} was not found.",
    ),
    "deleting a policy": (
        lambda who: who.iam.delete_policy(PolicyArn=POLICY_ARN),
        f"Policy {POLICY_ARN} was not found.",
    ),
}


@pytest.mark.parametrize("name", MISSING)
def test_what_is_not_there(admin: Person, name: str) -> None:
    call, message = MISSING[name]
    assert said(refusal_of(lambda: call(admin))) == ("NoSuchEntity", 404, message)


def test_attaching_what_is_attached_changes_nothing(setup: Setup) -> None:
    """A script that is run twice, and Terraform that takes a role over, attach again."""
    setup.role()
    setup.policy()
    iam = setup.admin.iam
    iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    assert iam.get_policy(PolicyArn=POLICY_ARN)["Policy"]["AttachmentCount"] == 1
    iam.detach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    iam.delete_policy(PolicyArn=POLICY_ARN)


def test_attaching_what_is_not_there(setup: Setup) -> None:
    setup.role()
    refusal = refusal_of(
        lambda: setup.admin.iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    )
    message = f"Policy {POLICY_ARN} does not exist or is not attachable."
    assert said(refusal) == ("NoSuchEntity", 404, message)
    boundary = refusal_of(
        lambda: setup.admin.iam.put_role_permissions_boundary(
            RoleName=ROLE_NAME, PermissionsBoundary=POLICY_ARN
        )
    )
    message = f"Scope ARN: {POLICY_ARN} does not exist or is not attachable."
    assert said(boundary) == ("NoSuchEntity", 404, message)


@pytest.mark.parametrize("name", [ROLE_NAME, ROLE_NAME.upper()])
def test_role_names_are_unique_whatever_their_case(setup: Setup, name: str) -> None:
    setup.role()
    refusal = refusal_of(
        lambda: setup.admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
    )
    assert said(refusal) == ("EntityAlreadyExists", 409, f"Role with name {name} already exists.")


def test_a_role_is_found_whatever_the_case(setup: Setup) -> None:
    setup.role()
    found = setup.admin.iam.get_role(RoleName=ROLE_NAME.upper())["Role"]
    assert (found["RoleName"], found["Arn"]) == (ROLE_NAME, ROLE_ARN)
    assert found["RoleId"].startswith("AROA")


@pytest.mark.parametrize("name", [POLICY_NAME, POLICY_NAME.title()])
def test_policy_names_are_unique_whatever_their_case(setup: Setup, name: str) -> None:
    setup.whole()
    refusal = refusal_of(
        lambda: setup.admin.iam.create_policy(
            PolicyName=name, PolicyDocument=document(allow("s3:*"))
        )
    )
    message = f"A policy called {name} already exists. Duplicate names are not allowed."
    assert said(refusal) == ("EntityAlreadyExists", 409, message)


def test_nothing_that_is_in_use_is_deleted(setup: Setup) -> None:
    setup.whole()
    iam = setup.admin.iam
    in_use = refusal_of(lambda: iam.delete_policy(PolicyArn=POLICY_ARN))
    message = "Cannot delete a policy attached to entities."
    assert said(in_use) == ("DeleteConflict", 409, message)
    role = refusal_of(lambda: iam.delete_role(RoleName=ROLE_NAME))
    message = "Cannot delete entity, must detach all policies first."
    assert said(role) == ("DeleteConflict", 409, message)
    iam.create_policy_version(PolicyArn=POLICY_ARN, PolicyDocument=document(allow("s3:*")))
    iam.detach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    versions = refusal_of(lambda: iam.delete_policy(PolicyArn=POLICY_ARN))
    assert versions.message.startswith("This policy has more than one version.")
    iam.delete_policy_version(PolicyArn=POLICY_ARN, VersionId="v2")
    iam.delete_policy(PolicyArn=POLICY_ARN)
    iam.delete_role(RoleName=ROLE_NAME)
    assert iam.list_roles()["Roles"] == []


def test_the_limits(setup: Setup) -> None:
    setup.role()
    iam = setup.admin.iam
    many = [f"arn:aws:s3:::bucket-{number:05}/*" for number in range(250)]
    long = document(allow("s3:GetObject", on=many))
    size = refusal_of(lambda: iam.create_policy(PolicyName="long", PolicyDocument=long))
    assert said(size) == ("LimitExceeded", 409, "Cannot exceed quota for PolicySize: 6144")
    statements = [{**statement(), "Sid": f"S{number}"} for number in range(40)]
    quota = refusal_of(
        lambda: iam.update_assume_role_policy(
            RoleName=ROLE_NAME, PolicyDocument=document(*statements)
        )
    )
    assert said(quota) == ("LimitExceeded", 409, "Cannot exceed quota for ACLSizePerRole: 2048")
    for number in range(10):
        arn = iam.create_policy(
            PolicyName=f"p{number}", PolicyDocument=document(allow("s3:ListBucket"))
        )["Policy"]["Arn"]
        iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=arn)
    full = refusal_of(
        lambda: iam.attach_role_policy(
            RoleName=ROLE_NAME, PolicyArn="arn:aws:iam::aws:policy/AmazonS3FullAccess"
        )
    )
    assert said(full) == ("LimitExceeded", 409, "Cannot exceed quota for PoliciesPerRole: 10")


def test_at_most_five_versions(setup: Setup) -> None:
    setup.whole()
    iam = setup.admin.iam
    newer = document(allow("s3:ListBucket"))
    for _ in range(4):
        iam.create_policy_version(PolicyArn=POLICY_ARN, PolicyDocument=newer)
    refusal = refusal_of(
        lambda: iam.create_policy_version(PolicyArn=POLICY_ARN, PolicyDocument=newer)
    )
    assert (refusal.code, refusal.status) == ("LimitExceeded", 409)
    assert refusal.message.startswith("A managed policy can have up to 5 versions.")


def statement(**elements: object) -> dict[str, object]:
    guide = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}}
    return {**guide, "Action": "sts:AssumeRole", **elements}


def without(element: str) -> dict[str, object]:
    return {name: value for name, value in statement().items() if name != element}


NOT_TAKEN: dict[str, tuple[str, str]] = {
    "no JSON": ("{", "This policy contains invalid Json"),
    "a list": ("[]", "This policy contains invalid Json"),
    "no principal": (document(without("Principal")), "Missing required field Principal"),
    "a resource": (document(statement(Resource="*")), "Has prohibited field Resource"),
    "no such role": (
        document(statement(Principal={"AWS": f"arn:aws:iam::{ACCOUNT_ID}:role/none"})),
        f'Invalid principal in policy: "AWS":"arn:aws:iam::{ACCOUNT_ID}:role/none"',
    ),
    "no such user": (
        document(statement(Principal={"AWS": "arn:aws:iam::049579744830:user/none"})),
        'Invalid principal in policy: "AWS":"arn:aws:iam::049579744830:user/none"',
    ),
    "an orphan": (
        document(statement(Principal={"AWS": "AROAJQABLZS4A3QDU576Q"})),
        'Invalid principal in policy: "AWS":"AROAJQABLZS4A3QDU576Q"',
    ),
    "another partition": (
        document(statement(Principal={"AWS": "arn:aws-cn:iam::049579744830:root"})),
        'Invalid principal in policy: "AWS":"arn:aws-cn:iam::049579744830:root"',
    ),
    "an action of S3": (
        document(statement(Action="s3:GetObject")),
        "AssumeRole policy may only specify STS AssumeRole actions.",
    ),
    "an unknown operator": (
        document(statement(Condition={"StringEqual": {"sts:ExternalId": "x"}})),
        "Syntax errors in policy.",
    ),
}


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_a_trust_policy_that_iam_would_not_take(setup: Setup, name: str) -> None:
    text, message = NOT_TAKEN[name]
    iam = setup.admin.iam
    making = refusal_of(lambda: iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=text))
    assert said(making) == ("MalformedPolicyDocument", 400, message)
    setup.role()
    changing = refusal_of(
        lambda: iam.update_assume_role_policy(RoleName=ROLE_NAME, PolicyDocument=text)
    )
    assert said(changing) == ("MalformedPolicyDocument", 400, message)
    kept = iam.get_role(RoleName=ROLE_NAME)["Role"]["AssumeRolePolicyDocument"]
    assert kept == trust_policy(DATABASE_ID)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "Syntax errors in policy."),
        (document(statement()), "Policy document should not specify a principal."),
        (document({"Effect": "Allow", "Resource": "*"}), "Missing required field Action"),
        (document(allow("GetObject")), "Actions/Conditions must be prefaced by a vendor, e.g.,"),
        (document(allow("s3:GetObject", on="mine")), 'Resource mine must be in ARN format or "*".'),
        (document(allow("s3:*", Sid="A"), allow("s3:*", Sid="A")), "Statement IDs (SID) in a"),
        (document(allow("s3:*")).replace("2012-10-17", "2008-10-17"), "Policy document must be"),
    ],
)
def test_an_identity_policy_that_iam_would_not_take(setup: Setup, text: str, message: str) -> None:
    setup.role()
    iam = setup.admin.iam
    for refusal in (
        refusal_of(lambda: iam.create_policy(PolicyName="p", PolicyDocument=text)),
        refusal_of(
            lambda: iam.put_role_policy(RoleName=ROLE_NAME, PolicyName="p", PolicyDocument=text)
        ),
    ):
        assert (refusal.code, refusal.status) == ("MalformedPolicyDocument", 400)
        assert refusal.message.startswith(message)


@pytest.fixture
def clerk(admin: Person) -> Person:
    """Return a user who may look at roles and do nothing else."""
    admin.iam.create_user(UserName="clerk")
    admin.iam.put_user_policy(
        UserName="clerk",
        PolicyName="look",
        PolicyDocument=document(allow("iam:GetRole", "iam:ListRoles"), deny("iam:DeleteRole")),
    )
    key = admin.iam.create_access_key(UserName="clerk")["AccessKey"]
    return Person(admin.aws, Keys(key["AccessKeyId"], key["SecretAccessKey"]))


WHO = f"User: arn:aws:iam::{ACCOUNT_ID}:user/clerk is not authorized to perform:"
DENIED: dict[str, tuple[Callable[[Person], object], str]] = {
    "iam:CreateRole": (
        lambda who: who.iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST),
        f"on resource: arn:aws:iam::{ACCOUNT_ID}:role/r because no identity-based policy allows",
    ),
    "iam:GetRolePolicy": (
        lambda who: who.iam.get_role_policy(RoleName="r", PolicyName="p"),
        "on resource: role r because no identity-based policy allows",
    ),
    "iam:CreatePolicy": (
        lambda who: who.iam.create_policy(PolicyName="p", PolicyDocument="{}"),
        "on resource: policy p because no identity-based policy allows",
    ),
    "iam:GetPolicy": (
        lambda who: who.iam.get_policy(PolicyArn=POLICY_ARN),
        f"on resource: policy {POLICY_ARN} because no identity-based policy allows",
    ),
    "iam:ListPolicies": (
        lambda who: who.iam.list_policies(),
        f"on resource: arn:aws:iam::{ACCOUNT_ID}:policy/ because no identity-based policy allows",
    ),
    "iam:DeleteRole": (
        lambda who: who.iam.delete_role(RoleName="r"),
        "on resource: role r with an explicit deny in an identity-based policy",
    ),
}


@pytest.mark.parametrize("action", DENIED)
def test_who_may_not_is_told_so(clerk: Person, action: str) -> None:
    call, rest = DENIED[action]
    refusal = refusal_of(lambda: call(clerk))
    assert (refusal.code, refusal.status) == ("AccessDenied", 403)
    assert refusal.message.startswith(f"{WHO} {action} {rest}")


def test_who_may_is_let_through(clerk: Person, setup: Setup) -> None:
    setup.role()
    assert clerk.iam.get_role(RoleName=ROLE_NAME)["Role"]["Arn"] == ROLE_ARN
    assert len(clerk.iam.list_roles()["Roles"]) == 1


def test_a_user_has_what_its_groups_have(setup: Setup, clerk: Person) -> None:
    setup.role()
    iam = setup.admin.iam
    refusal = refusal_of(lambda: clerk.iam.list_role_policies(RoleName=ROLE_NAME))
    assert refusal.code == "AccessDenied"
    iam.create_group(GroupName="clerks")
    iam.put_group_policy(
        GroupName="clerks",
        PolicyName="more",
        PolicyDocument=document(allow("iam:ListRolePolicies")),
    )
    iam.add_user_to_group(GroupName="clerks", UserName="clerk")
    assert clerk.iam.list_role_policies(RoleName=ROLE_NAME)["PolicyNames"] == []


def test_conditions_of_iam_are_kept(setup: Setup, clerk: Person) -> None:
    setup.role()
    own = {"ArnEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}}
    setup.admin.iam.put_user_policy(
        UserName="clerk",
        PolicyName="attach",
        PolicyDocument=document(allow("iam:AttachRolePolicy", Condition=own)),
    )
    attach = clerk.iam.attach_role_policy
    name = "arn:aws:iam::aws:policy/AmazonS3"
    assert attach(RoleName=ROLE_NAME, PolicyArn=f"{name}ReadOnlyAccess")
    refusal = refusal_of(lambda: attach(RoleName=ROLE_NAME, PolicyArn=f"{name}FullAccess"))
    assert refusal.code == "AccessDenied"


def test_ubiquitys_account_sees_nothing_of_the_customers(ubiquity: Person) -> None:
    refusal = refusal_of(lambda: ubiquity.iam.get_role(RoleName=ROLE_NAME))
    assert "because no identity-based policy allows the iam:GetRole action" in refusal.message


@pytest.mark.parametrize("service", ["organizations", "accessanalyzer", "account", "sso-admin"])
def test_services_that_are_not_there_answer_cleanly(admin: Person, service: str) -> None:
    call: dict[str, Callable[[], object]] = {
        "organizations": lambda: admin.client("organizations").describe_organization(),
        "accessanalyzer": lambda: admin.client("accessanalyzer").list_analyzers(),
        "account": lambda: admin.client("account").get_contact_information(),
        "sso-admin": lambda: admin.client("sso-admin").list_instances(),
    }
    refusal = refusal_of(call[service])
    assert (refusal.code, refusal.status) == ("AccessDeniedException", 403)


def test_a_call_that_moto_does_not_have(admin: Person) -> None:
    refusal = refusal_of(admin.iam.list_service_specific_credentials)
    assert (refusal.code, refusal.status) == ("AccessDenied", 403)


def test_versions_of_a_policy(setup: Setup) -> None:
    setup.whole()
    iam = setup.admin.iam
    iam.create_policy_version(
        PolicyArn=POLICY_ARN, PolicyDocument=document(allow("s3:*")), SetAsDefault=True
    )
    default = refusal_of(lambda: iam.delete_policy_version(PolicyArn=POLICY_ARN, VersionId="v2"))
    message = "Cannot delete the default version of a policy."
    assert said(default) == ("DeleteConflict", 409, message)
    for call in (
        iam.delete_policy_version,
        iam.get_policy_version,
        iam.set_default_policy_version,
    ):
        gone = refusal_of(lambda: call(PolicyArn=POLICY_ARN, VersionId="v9"))  # noqa: B023
        message = f"Policy {POLICY_ARN} version v9 does not exist or is not attachable."
        assert said(gone) == ("NoSuchEntity", 404, message)
    iam.set_default_policy_version(PolicyArn=POLICY_ARN, VersionId="v1")
    assert iam.get_policy(PolicyArn=POLICY_ARN)["Policy"]["DefaultVersionId"] == "v1"
    iam.delete_policy_version(PolicyArn=POLICY_ARN, VersionId="v2")
    iam.create_policy_version(PolicyArn=POLICY_ARN, PolicyDocument=document(allow("s3:*")))
    versions = iam.list_policy_versions(PolicyArn=POLICY_ARN)["Versions"]
    assert {version["VersionId"] for version in versions} == {"v1", "v3"}  # none is used twice


def test_a_boundary_is_in_use_as_an_attachment_is(setup: Setup) -> None:
    setup.role()
    iam = setup.admin.iam
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=document(allow("s3:*")))
    iam.put_role_permissions_boundary(RoleName=ROLE_NAME, PermissionsBoundary=POLICY_ARN)
    in_use = refusal_of(lambda: iam.delete_policy(PolicyArn=POLICY_ARN))
    message = "Cannot delete a policy attached to entities."
    assert said(in_use) == ("DeleteConflict", 409, message)
    iam.delete_role_permissions_boundary(RoleName=ROLE_NAME)
    assert "PermissionsBoundary" not in iam.get_role(RoleName=ROLE_NAME)["Role"]
    iam.delete_policy(PolicyArn=POLICY_ARN)


def test_tags_of_a_role(setup: Setup) -> None:
    setup.role()
    iam = setup.admin.iam
    iam.tag_role(RoleName=ROLE_NAME, Tags=[{"Key": "team", "Value": "data"}])
    assert iam.get_role(RoleName=ROLE_NAME)["Role"]["Tags"] == [{"Key": "team", "Value": "data"}]
    iam.untag_role(RoleName=ROLE_NAME, TagKeys=["team", "never there"])
    assert iam.list_role_tags(RoleName=ROLE_NAME)["Tags"] == []
    gone = refusal_of(lambda: iam.tag_role(RoleName="nobody", Tags=[{"Key": "a", "Value": "b"}]))
    assert gone.code == "NoSuchEntity"


def test_a_role_with_anything_of_its_own_is_not_deleted(setup: Setup) -> None:
    setup.role()
    iam = setup.admin.iam
    inline = document(allow("s3:*"))
    iam.put_role_policy(RoleName=ROLE_NAME, PolicyName="extra", PolicyDocument=inline)
    refusal = refusal_of(lambda: iam.delete_role(RoleName=ROLE_NAME))
    assert said(refusal) == (
        "DeleteConflict",
        409,
        "Cannot delete entity, must delete policies first.",
    )
    iam.delete_role_policy(RoleName=ROLE_NAME, PolicyName="extra")
    iam.delete_role(RoleName=ROLE_NAME)
