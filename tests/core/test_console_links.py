"""Links into the AWS console."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.console_links import (
    create_policy_link,
    create_role_link,
    kms_key_link,
    role_permissions_link,
    role_trust_link,
)
from app.core.draft import Draft
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT
from tests.helpers.drafts import ACCOUNT, KEY_ARN, PLAIN, REGION


@pytest.mark.parametrize("database_id", ["pWqJBlwfjUOUcQjd5gt7vA", "a+b/c=", "x&externalId=y#?%"])
def test_the_role_page_is_filled_in(database_id: str) -> None:
    draft = Draft(ACCOUNT, database_id, PLAIN.buckets)
    link = urlsplit(create_role_link(draft))
    assert (link.scheme, link.netloc, link.path) == ("https", "console.aws.amazon.com", "/iam/home")
    path, _, query = link.fragment.partition("?")
    assert path == "/roles/create"
    assert parse_qs(query, strict_parsing=True) == {
        "step": ["type"],
        "trustedEntityType": ["AWS_ACCOUNT"],
        "awsAccount": [UBIQUITY_ACCOUNT],
        "isThirdParty": ["true"],
        "externalId": [database_id],
    }


def test_the_pages_of_iam() -> None:
    start = "https://console.aws.amazon.com/iam/home#"
    role = f"{start}/roles/details/{ROLE_NAME}"
    assert role_trust_link() == f"{role}?section=trust_relationships"
    assert role_permissions_link() == f"{role}?section=permissions"
    assert create_policy_link() == f"{start}/policies/create"


def test_the_page_of_a_key() -> None:
    host = f"https://{REGION}.console.aws.amazon.com"
    key_id = KEY_ARN.rpartition("/")[2]
    assert kms_key_link(KEY_ARN) == f"{host}/kms/home?region={REGION}#/kms/keys/{key_id}"
