"""Ways to break the role and its trust policy."""

from typing import Final

from app.core.guide import PLACEHOLDER_DATABASE_ID, ROLE_NAME
from tests.core.diagnosis.row import Row
from tests.helpers.snapshots import (
    ACCOUNT,
    DATABASE_ID,
    DELETED,
    FOUR,
    OBJECTS,
    ROOT,
    STRANGER,
    UBIQUITY_ROOT,
    Break,
    World,
    allow,
    asks_for,
    deny,
    good_encrypted,
    trusting,
)

OFFICE: Final = {"NotIpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}


def missing(*similar: str) -> Break:
    def break_it(world: World) -> None:
        world.snapshot["role"] = {"state": "missing"}
        arn = f"arn:aws:iam::{ACCOUNT}:role/"
        world.snapshot["similar_roles"] = [{"name": s, "arn": arn + s} for s in similar]

    return break_it


def missing_with_all_else(world: World) -> None:
    missing()(world)
    world.snapshot["customer_policy"] = {"state": "missing"}


def renamed(name: str) -> Break:
    def break_it(world: World) -> None:
        world.role.update(name=name, arn=f"arn:aws:iam::{ACCOUNT}:role/{name}")

    return break_it


def under(path: str) -> Break:
    def break_it(world: World) -> None:
        world.role.update(path=path, arn=f"arn:aws:iam::{ACCOUNT}:role{path}{ROLE_NAME}")

    return break_it


def bounded(*statements: dict[str, object]) -> Break:
    return lambda world: world.set_boundary(*statements)


def trust(*statements: dict[str, object]) -> Break:
    return lambda world: world.set_trust(*statements)


def also(*statements: dict[str, object]) -> Break:
    """Add to the guide's trust policy."""
    return lambda world: world.role["trust_policy"]["Statement"].extend(statements)


def external_id(value: object, operator: str = "StringEquals") -> Break:
    return trust(trusting({"AWS": UBIQUITY_ROOT}, asks_for(value, operator)))


def principal(value: object) -> Break:
    return trust(trusting(value, asks_for(DATABASE_ID)))


def action(value: object) -> Break:
    return lambda world: world.trust.update(Action=value)


def condition(**tests: dict[str, object]) -> Break:
    return trust(trusting({"AWS": UBIQUITY_ROOT}, asks_for(DATABASE_ID) | tests))


def trust_deny(principal: object, **more: object) -> dict[str, object]:
    body = {"Effect": "Deny", "Principal": principal, "Action": "sts:AssumeRole"}
    return body | more


ROLE: Final = (
    Row("role.missing", "alone", missing()),
    Row("role.missing", "with its policy", missing_with_all_else),
    Row("role.missing", "under an encrypted bucket", missing(), base=good_encrypted),
    Row("role.misnamed", "underscores", missing("ubiquity_connectors_s3_access_role")),
    Row("role.misnamed", "a letter", missing("ubiquity-connector-s3-access-role", "x-s3-access")),
    Row("role.misnamed", "case, found", renamed("Ubiquity-Connectors-S3-Access-Role")),
    Row("role.path", "service", under("/service/")),
    Row("role.path", "two deep", under("/apps/ubiquity/")),
    Row("role.path", "with a key", under("/x/"), base=good_encrypted),
    Row("role.boundary", "other service", bounded(allow("ec2:*"))),
    Row("role.boundary", "no delete", bounded(allow(list(FOUR[:3])))),
    Row("role.boundary", "a Deny in it", bounded(allow(), deny("s3:PutObject", OBJECTS))),
    Row("role.boundary", "no key", bounded(allow("s3:*")), "role.boundary", good_encrypted),
    Row("role.boundary", "another bucket", bounded(allow("s3:*", "arn:aws:s3:::other*"))),
    Row(
        "role.boundary",
        "an MFA condition",
        bounded(allow(Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})),
    ),
)

TRUST: Final = (
    Row("trust.principal-wrong", "own account", principal({"AWS": ROOT})),
    Row("trust.principal-wrong", "a service", trust(trusting({"Service": "ec2.amazonaws.com"}))),
    Row("trust.principal-wrong", "digits", principal({"AWS": "049579744831"})),
    Row("trust.principal-wrong", "nobody", trust()),
    Row(
        "trust.principal-wrong",
        "somebody else with conditions of their own",
        trust(trusting({"AWS": STRANGER}, asks_for("theirs"))),
    ),
    Row(
        "trust.principal-wrong",
        "a user of UbiQuity's, which may not be the one",
        principal({"AWS": "arn:aws:iam::049579744830:user/import"}),
    ),
    Row("trust.principal-orphaned", "role", principal({"AWS": DELETED})),
    Row("trust.principal-orphaned", "user", principal({"AWS": ["AIDAEXAMPLEDELETED001"]})),
    Row(
        "trust.principal-orphaned",
        "beside others",
        trust(
            trusting({"AWS": ROOT}),
            trusting({"AWS": DELETED}, asks_for(DATABASE_ID)),
        ),
    ),
    Row("trust.external-id-mismatch", "space", external_id(f"{DATABASE_ID} ")),
    Row("trust.external-id-mismatch", "line break", external_id(f"{DATABASE_ID}\n")),
    Row("trust.external-id-mismatch", "case", external_id(DATABASE_ID.lower())),
    Row("trust.external-id-mismatch", "padding", external_id(f"{DATABASE_ID}==")),
    Row("trust.external-id-mismatch", "another", external_id("AAAAAAAAAAAAAAAAAAAAAA")),
    Row("trust.external-id-mismatch", "several", external_id(["one", DATABASE_ID[:-1]])),
    Row("trust.external-id-mismatch", "pattern", external_id("abc*", "StringLike")),
    Row("trust.external-id-mismatch", "any of", external_id(["x"], "ForAnyValue:StringEquals")),
    Row(
        "trust.external-id-mismatch",
        "two databases, neither ours",
        trust(
            trusting({"AWS": UBIQUITY_ROOT}, asks_for("AAAAAAAAAAAAAAAAAAAAAA")),
            trusting({"AWS": UBIQUITY_ROOT}, asks_for("BBBBBBBBBBBBBBBBBBBBBA")),
        ),
    ),
    Row("trust.external-id-placeholder", "plain", external_id(PLACEHOLDER_DATABASE_ID)),
    Row("trust.external-id-placeholder", "angles", external_id(f"<{PLACEHOLDER_DATABASE_ID}>")),
    Row(
        "trust.external-id-placeholder",
        "in a list",
        external_id([PLACEHOLDER_DATABASE_ID, "another"]),
    ),
    Row(
        "trust.external-id-not-required",
        "no condition",
        trust(trusting({"AWS": UBIQUITY_ROOT})),
    ),
    Row(
        "trust.external-id-not-required",
        "if it exists",
        external_id(DATABASE_ID, "StringEqualsIfExists"),
    ),
    Row(
        "trust.external-id-not-required",
        "for all values",
        external_id(DATABASE_ID, "ForAllValues:StringEquals"),
    ),
    Row(
        "trust.external-id-not-required",
        "a second statement",
        also(trusting({"AWS": UBIQUITY_ROOT})),
    ),
    Row("trust.external-id-not-required", "whichever", external_id("*", "StringLike")),
    Row("trust.action-wrong", "tagging only", action("sts:TagSession")),
    Row("trust.action-wrong", "SAML", action("sts:AssumeRoleWithSAML")),
    Row("trust.action-wrong", "two others", action(["sts:TagSession", "sts:SetSourceIdentity"])),
    Row(
        "trust.condition-blocks",
        "MFA",
        condition(Bool={"aws:MultiFactorAuthPresent": "true"}),
    ),
    Row("trust.condition-blocks", "address", condition(IpAddress={"aws:SourceIp": "192.0.2.0/24"})),
    Row(
        "trust.condition-blocks",
        "organisation",
        condition(StringLike={"aws:PrincipalOrgID": "o-a1b2c3d4e5"}),
    ),
    Row(
        "trust.condition-blocks",
        "negated operator",
        external_id(DATABASE_ID, "StringNotEquals"),
    ),
    Row("trust.condition-blocks", "operator for ARNs", external_id("arn:a:b:c:d:e", "ArnLike")),
    Row(
        "trust.condition-blocks",
        "another key",
        trust(trusting({"AWS": UBIQUITY_ROOT}, {"StringEquals": {"aws:ExternalId": DATABASE_ID}})),
    ),
    Row(
        "trust.condition-blocks",
        "none wanted",
        trust(trusting({"AWS": UBIQUITY_ROOT}, {"Null": {"sts:ExternalId": "true"}})),
    ),
    Row("trust.deny-may-apply", "address", also(trust_deny("*", Condition=OFFICE))),
    Row(
        "trust.deny-may-apply",
        "role of UbiQuity's",
        also(trust_deny({"AWS": "arn:aws:iam::049579744830:role/old"})),
    ),
    Row(
        "trust.deny-may-apply",
        "session name",
        also(trust_deny("*", Condition={"StringNotLike": {"sts:RoleSessionName": "ubiquity-*"}})),
    ),
    Row("trust.explicit-deny", "everyone", also(trust_deny("*"))),
    Row("trust.explicit-deny", "UbiQuity", also(trust_deny({"AWS": UBIQUITY_ROOT}))),
    Row(
        "trust.explicit-deny",
        "all but one",
        also({"Effect": "Deny", "NotPrincipal": {"AWS": ROOT}, "Action": "sts:*"}),
    ),
    Row(
        "trust.explicit-deny",
        "without MFA",
        also(trust_deny("*", Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})),
    ),
    Row("trust.too-open", "everyone with ours", principal("*")),
    Row("trust.too-open", "everyone as AWS", principal({"AWS": "*"})),
    Row(
        "trust.too-open",
        "everyone at all",
        trust(trusting("*")),
        "trust.external-id-not-required trust.too-open",
    ),
)
