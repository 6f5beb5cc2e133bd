"""Which addresses the CloudFormation console takes a template from."""

import pytest

from app.core.fields.template_address import check_template_address

TAKEN = (
    "https://acme.s3.amazonaws.com/t.yaml",
    "https://acme.s3.ap-southeast-2.amazonaws.com/a/b/t.yaml",
    "https://acme.s3-eu-west-1.amazonaws.com/t.yaml",
    "https://my.dotted.bucket.s3.us-east-1.amazonaws.com/t.yaml",
    "https://s3.amazonaws.com/acme/t.yaml",
    "https://s3.us-west-2.amazonaws.com/acme/with%20space/t.yaml",
    "https://acme.s3.amazonaws.com/t.yaml?versionId=123ab1cdeKdOW5IH4GAcYbEngcpTJTDW",
)
REFUSED = (
    ("", "template.empty"),
    ("s3://acme/t.yaml", "template.no-address"),
    ("http://acme.s3.amazonaws.com/t.yaml", "template.no-address"),
    ("https://acme.s3.amazonaws.com/", "template.no-address"),
    ("https://s3.amazonaws.com/acme", "template.no-address"),
    ("https://example.com/t.yaml", "template.no-address"),
    ("https://acme.s3.amazonaws.com.example.com/t.yaml", "template.no-address"),
    ("https://acme.s3.amazonaws.com@example.com/t.yaml", "template.no-address"),
    ("https://s3.console.aws.amazon.com/s3/object/acme?prefix=t.yaml", "template.no-address"),
    ("https://acme.s3.amazonaws.com/t.yaml#x", "template.no-address"),
    ("https://acme.s3.amazonaws.com/t.yaml&param_X=y\nz", "template.no-address"),
    ("https://acme.s3.amazonaws.com/t.yaml?x=1", "template.no-address"),
    ("javascript:alert(1)", "template.no-address"),
    ("https://a.s3.amazonaws.com/t?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=9",
     "template.signed"),
    ("https://a.s3.amazonaws.com/t?AWSAccessKeyId=A&Signature=b", "template.signed"),
    (f"https://acme.s3.amazonaws.com/{'t' * 1000}", "template.long"),
)  # fmt: skip


@pytest.mark.parametrize("address", TAKEN)
def test_taken(address: str) -> None:
    assert check_template_address(address).value == address
    assert check_template_address(f"  {address}\n").value == address


@pytest.mark.parametrize(("address", "code"), REFUSED)
def test_refused(address: str, code: str) -> None:
    checked = check_template_address(address)
    assert checked.value is None
    assert [problem.code for problem in checked.errors] == [code]
