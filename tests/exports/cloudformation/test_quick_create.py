"""The link that opens the console with the template and its parameters filled in."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.draft import Draft
from app.core.frozen import replace
from app.core.problem import Problem
from app.exports.cloudformation.quick_create import quick_create_link
from tests.exports.template_drafts import hostile_drafts
from tests.helpers.drafts import DATABASE_ID, PLAIN, REGION

HOSTILE = hostile_drafts()
ADDRESS = "https://acme-templates.s3.ap-southeast-2.amazonaws.com/u/ubiquity-s3-access.yaml"


def test_it_is_as_aws_describes_it() -> None:
    link = quick_create_link(PLAIN, ADDRESS)
    assert link == (
        f"https://{REGION}.console.aws.amazon.com/cloudformation/home?region={REGION}"
        "#/stacks/create/review?templateURL=https%3A%2F%2Facme-templates.s3.ap-southeast-2."
        "amazonaws.com%2Fu%2Fubiquity-s3-access.yaml&stackName=ubiquity-s3-access"
        f"&param_UbiQuityAccountId={DATABASE_ID}"
    )


@pytest.mark.parametrize("draft", HOSTILE.values(), ids=map(ascii, HOSTILE))
def test_a_hostile_value_stays_one_parameter(draft: Draft) -> None:
    link = quick_create_link(draft, ADDRESS)
    assert isinstance(link, str)
    assert link.isascii()
    parts = urlsplit(link)
    assert (parts.scheme, parts.hostname) == ("https", "us-east-1.console.aws.amazon.com")
    assert parse_qs(parts.fragment.partition("?")[2], strict_parsing=True) == {
        "templateURL": [ADDRESS],
        "stackName": ["ubiquity-s3-access"],
        "param_UbiQuityAccountId": [draft.database_id],
    }


def test_signs_of_base64_are_encoded() -> None:
    link = quick_create_link(replace(PLAIN, database_id="a+b/c=="), ADDRESS)
    assert isinstance(link, str)
    assert link.endswith("param_UbiQuityAccountId=a%2Bb%2Fc%3D%3D")


@pytest.mark.parametrize("address", ["", "http://b.s3.amazonaws.com/t.yaml", "s3://b/t.yaml"])
def test_no_link_to_what_is_no_template_in_s3(address: str) -> None:
    problem = quick_create_link(PLAIN, address)
    assert isinstance(problem, Problem)
    assert problem.field == "template_address"
    assert isinstance(quick_create_link(PLAIN, f" {ADDRESS}\n"), str)
