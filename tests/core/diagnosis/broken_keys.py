"""Ways to break the key of an encrypted bucket."""

from typing import Any, Final

from app.core.documents.policies import kms_statement
from tests.core.diagnosis.row import Row
from tests.helpers.snapshots import (
    ACCOUNT,
    DELETED,
    KEY,
    OTHER_KEY,
    ROLE_ARN,
    ROOT,
    STRANGER,
    UBIQUITY_ROOT,
    Break,
    World,
    allow,
    deny,
    document,
    good_encrypted,
    inline,
    together,
)

OFFICE: Final = {"NotIpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}
ADMIN: Final = f"arn:aws:iam::{ACCOUNT}:role/Admin"


def key(**changed: object) -> Break:
    return lambda world: world.bucket["kms_key"].update(changed)


def grant(**changed: object) -> Break:
    """Change the key policy's statement for the role."""
    return lambda world: world.key_statements[1].update(changed)


def key_policy(*statements: dict[str, Any]) -> Break:
    return key(policy=document(*statements))


def key_also(*statements: dict[str, Any]) -> Break:
    return lambda world: world.key_statements.extend(statements)


def published(world: World) -> None:
    world.bucket["kms_key"]["policy"] = document(dict(kms_statement(ACCOUNT)))


def of_another_account(world: World) -> None:
    """Put the key into another account, where both sides grant it."""
    foreign = KEY.replace(ACCOUNT, STRANGER)
    world.bucket["kms_key"].update(arn=foreign, account=STRANGER)
    world.entry["kms_key_arn"] = foreign
    world.role["inline_policies"] = [inline("key", allow("kms:*", foreign))]


KEYS: Final = (
    Row("kms.decrypt-denied", "no grant", key_policy(), base=good_encrypted),
    Row("kms.decrypt-denied", "another role", grant(Principal={"AWS": ADMIN}), base=good_encrypted),
    Row("kms.decrypt-denied", "encrypt only", grant(Action="kms:Encrypt"), base=good_encrypted),
    Row(
        "kms.decrypt-denied",
        "handed on, and nothing there",
        key_policy(allow("kms:*", Principal={"AWS": ROOT})),
        base=good_encrypted,
    ),
    Row(
        "kms.decrypt-denied",
        "through another service",
        grant(Condition={"StringEquals": {"kms:ViaService": "ec2.ap-southeast-2.amazonaws.com"}}),
        base=good_encrypted,
    ),
    Row(
        "kms.describe-denied",
        "left out",
        grant(Action=["kms:Decrypt", "kms:GenerateDataKey"]),
        base=good_encrypted,
    ),
    Row(
        "kms.describe-denied",
        "denied",
        key_also(deny("kms:Describe*", Principal="*")),
        base=good_encrypted,
    ),
    Row(
        "kms.describe-denied",
        "the role's own Deny",
        lambda world: world.role["inline_policies"].append(inline("x", deny("kms:DescribeKey"))),
        base=good_encrypted,
    ),
    Row("kms.write-denied", "as published", published, base=good_encrypted),
    Row(
        "kms.write-denied",
        "denied",
        key_also(deny("kms:Generate*", Principal="*")),
        base=good_encrypted,
    ),
    Row(
        "kms.write-denied",
        "star of another kind",
        grant(Action=["kms:De*"]),
        base=good_encrypted,
    ),
    Row(
        "kms.explicit-deny", "everyone", key_also(deny("kms:*", Principal="*")), base=good_encrypted
    ),
    Row(
        "kms.explicit-deny",
        "the role",
        key_also(deny("kms:Decrypt", Principal={"AWS": ROLE_ARN})),
        base=good_encrypted,
    ),
    Row(
        "kms.explicit-deny",
        "all but the administrators",
        key_also(
            {
                "Effect": "Deny",
                "NotPrincipal": {"AWS": ADMIN},
                "Action": "kms:*",
                "Resource": "*",
            }
        ),
        base=good_encrypted,
    ),
    Row(
        "kms.deny-may-apply",
        "address",
        key_also(deny("kms:*", Principal="*", Condition=OFFICE)),
        base=good_encrypted,
    ),
    Row(
        "kms.deny-may-apply",
        "organisation",
        key_also(
            deny(
                "kms:*", Principal="*", Condition={"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}
            )
        ),
        base=good_encrypted,
    ),
    Row(
        "kms.deny-may-apply",
        "what else is encrypted with it",
        key_also(
            deny(
                "kms:Decrypt",
                Principal="*",
                Condition={"StringNotEquals": {"kms:EncryptionContext:team": "import"}},
            )
        ),
        base=good_encrypted,
    ),
    Row("kms.principal-orphaned", "role", grant(Principal={"AWS": DELETED}), base=good_encrypted),
    Row(
        "kms.principal-orphaned",
        "beside a living one",
        grant(Principal={"AWS": [ADMIN, DELETED]}),
        base=good_encrypted,
    ),
    Row(
        "kms.principal-orphaned",
        "a pattern of actions",
        grant(Principal={"AWS": DELETED}, Action="kms:De*"),
        base=good_encrypted,
    ),
    Row(
        "kms.key-differs",
        "another",
        lambda w: w.entry.update(kms_key_arn=OTHER_KEY),
        base=good_encrypted,
    ),
    Row(
        "kms.key-differs",
        "none in the draft",
        lambda w: w.entry.update(kms_key_arn=None),
        base=good_encrypted,
    ),
    Row("kms.key-differs", "changed at the bucket", key(arn=OTHER_KEY), base=good_encrypted),
    Row("kms.key-disabled", "disabled", key(state="Disabled"), base=good_encrypted),
    Row("kms.key-disabled", "pending", key(state="PendingDeletion"), base=good_encrypted),
    Row("kms.key-disabled", "unavailable", key(state="Unavailable"), base=good_encrypted),
    Row(
        "kms.direct-grant",
        "a statement",
        lambda world: world.key_statements.append(
            allow("kms:Decrypt", Principal={"AWS": UBIQUITY_ROOT})
        ),
        base=good_encrypted,
    ),
    Row(
        "kms.direct-grant",
        "anybody",
        lambda world: world.key_statements.append(allow("kms:*", Principal={"AWS": "*"})),
        base=good_encrypted,
    ),
    Row(
        "kms.direct-grant",
        "a grant",
        key(grants=[{"grantee": UBIQUITY_ROOT, "operations": ["Decrypt"]}]),
        base=good_encrypted,
    ),
    Row("kms.other-account", "both sides grant", of_another_account, base=good_encrypted),
    Row(
        "kms.other-account",
        "role's side lacks",
        together(of_another_account, lambda world: world.role.update(inline_policies=[])),
        "kms.decrypt-denied kms.other-account",
        base=good_encrypted,
    ),
    Row(
        "kms.other-account",
        "key's side lacks",
        together(of_another_account, lambda world: world.key_statements.pop()),
        "kms.decrypt-denied kms.other-account",
        base=good_encrypted,
    ),
)
