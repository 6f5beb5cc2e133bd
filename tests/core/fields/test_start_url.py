"""Start URLs of access portals in every form in which they are pasted, and the portal's region."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.fields.start_url import check_portal_region, check_start_url, same_portal
from tests.core.fields.row import Row, codes_of
from tests.core.fields.test_region import KNOWN

URL = "https://acme.awsapps.com/start"
INSTANCE = "ssoins-0123456789abcdef"
ISSUER = f"https://identitycenter.amazonaws.com/{INSTANCE}"
DUAL = f"https://{INSTANCE}.portal.eu-west-1.app.aws"
REGIONAL = f"https://{INSTANCE}.eu-west-1.portal.amazonaws.com"
TAKEN = "portal.taken"
FOUND = {"region": "eu-west-1"}

GOOD = [
    Row(URL, URL),
    Row("https://d-90670ca891.awsapps.com/start", "https://d-90670ca891.awsapps.com/start"),
    Row(f" {URL}\n", URL, "cleaned.spaces cleaned.line-breaks"),
    Row("https://acme.awsapps.com/ start", URL, "cleaned.spaces"),
    Row(f"{URL}/", URL, TAKEN),
    Row(f"{URL}#/", URL, TAKEN),
    Row(f"{URL}/#/?tab=accounts", URL, TAKEN),
    Row("https://acme.awsapps.com", URL, TAKEN),
    Row("acme.awsapps.com/start", URL, TAKEN),
    Row("HTTPS://ACME.AWSAPPS.COM/start", URL, TAKEN),
    Row("http://acme.awsapps.com/start", URL, TAKEN),
    Row(f"<{URL}>", URL, TAKEN),
    Row(f"“{URL}”", URL, "cleaned.quotes"),
    Row(f"sso_start_url={URL}", URL, TAKEN),
    Row(f'"startUrl": "{URL}",', URL, "cleaned.spaces cleaned.quotes portal.taken"),
    Row(ISSUER, ISSUER),
    Row(f"{ISSUER}/", ISSUER, TAKEN),
    Row(DUAL, DUAL, other_fields=FOUND),
    Row(f"{DUAL}/#/", DUAL, TAKEN, other_fields=FOUND),
    Row(REGIONAL, REGIONAL, other_fields=FOUND),
    Row("https://portal.acme.test/sso", "https://portal.acme.test/sso", "portal.unusual"),
    Row("http://127.0.0.1:8080/start", "http://127.0.0.1:8080/start", "portal.unusual"),
]

BAD = [
    Row("", None, "portal.empty", mended=URL),
    Row("acme", None, "portal.malformed", mended=URL),
    Row("jo@acme.com", None, "portal.malformed", mended=URL),
    Row("https://", None, "portal.malformed", mended=URL),
    Row("https://identitycenter.amazonaws.com/other", None, "portal.malformed", mended=ISSUER),
    Row("d-90670ca891", None, "portal.id-only", offer="https://d-90670ca891.awsapps.com/start"),
    Row(INSTANCE, None, "portal.id-only", offer=ISSUER),
    Row("https://d-xxxxxxxxxx.awsapps.com/start", None, "portal.placeholder", mended=URL),
    Row("https://your-company.awsapps.com/start", None, "portal.placeholder", mended=URL),
    Row("https://acme.signin.aws.amazon.com/console", None, "portal.console", mended=URL),
    Row("https://eu-west-1.console.aws.amazon.com/s3", None, "portal.console", mended=URL),
    Row("https://start.us-gov-home.awsapps.com/directory/acme", None, "portal.other-cloud",
        mended=URL),
    Row("https://start.home.awsapps.cn/directory/acme", None, "portal.other-cloud", mended=URL),
]  # fmt: skip


@pytest.mark.parametrize("row", GOOD + BAD, ids=lambda row: row.text)
def test_a_start_url(row: Row) -> None:
    row.verify(check_start_url)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (URL, f"{URL}/", True),
        (URL, f"{URL}/#/", True),
        (URL, "acme.awsapps.com", True),
        (URL, "https://other.awsapps.com/start", False),
        (DUAL, REGIONAL, False),
        ("odd", "ODD/", True),
    ],
)
def test_two_spellings_of_a_portal(one: str, other: str, same: bool) -> None:
    assert same_portal(one, other) is same


@given(st.text())
def test_any_text_is_checked_and_what_is_taken_stays(text: str) -> None:
    checked = check_start_url(text)
    assert (checked.value is None) == bool(checked.errors)
    if checked.value is not None:
        assert check_start_url(checked.value).value == checked.value


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("eu-west-1", "eu-west-1", []),
        ("Ireland", "eu-west-1", ["region.taken"]),
        ("me-central-1", "me-central-1", []),
        ("", None, ["portal.region-empty"]),
        ("eu-west-1, us-east-1", None, ["portal.region-several"]),
        ("Canada", None, ["portal.region-ambiguous"]),
        ("cn-north-1", None, ["region.china"]),
    ],
)
def test_the_region_is_that_of_identity_center(
    text: str, value: str | None, codes: list[str]
) -> None:
    checked = check_portal_region(text, KNOWN)
    assert checked.value == value
    assert codes_of(checked.problems) == codes
