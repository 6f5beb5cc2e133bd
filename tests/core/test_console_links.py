"""Links into the AWS console."""

from app.core.console_links import (
    create_policy_link,
    create_role_link,
    kms_key_link,
    role_permissions_link,
    role_trust_link,
)
from app.core.guide import ROLE_NAME
from tests.helpers.drafts import KEY_ARN, REGION


def test_the_pages_of_iam() -> None:
    start = "https://console.aws.amazon.com/iam/home#"
    role = f"{start}/roles/details/{ROLE_NAME}"
    assert role_trust_link() == f"{role}?section=trust_relationships"
    assert role_permissions_link() == f"{role}?section=permissions"
    assert create_role_link() == f"{start}/roles/create"
    assert create_policy_link() == f"{start}/policies/create"


def test_the_page_of_a_key() -> None:
    host = f"https://{REGION}.console.aws.amazon.com"
    key_id = KEY_ARN.rpartition("/")[2]
    assert kms_key_link(KEY_ARN) == f"{host}/kms/home?region={REGION}#/kms/keys/{key_id}"
