"""``explain``: the best match first, and an empty list for what is not known."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.called import call

Bytes = pytest.CaptureFixture[bytes]

REFUSED = (
    "An error occurred (AccessDenied) when calling the AssumeRole operation: User: "
    "arn:aws:iam::049579744830:user/x is not authorized to perform: sts:AssumeRole on resource: "
    "arn:aws:iam::123456789012:role/ubiquity-connectors-s3-access-role"
)


def test_the_matches_as_the_format_says(capsysbinary: Bytes) -> None:
    called = call(capsysbinary, "explain", "--text", REFUSED, "--json")
    assert (called.status, called.err) == (0, "")
    document = called.json
    assert list(document) == ["format", "version", "matches"]
    assert (document["format"], document["version"]) == ("ubiquity-s3-setup/explanation", 1)
    assert document["matches"]
    assert all(set(match) == {"code", "title", "fix", "doc"} for match in document["matches"])
    codes = [match["code"] for match in document["matches"]]
    assert "trust.external-id-mismatch" in codes
    told = call(capsysbinary, "explain", "--text", REFUSED).text
    places = [told.index(f"({code})") for code in codes]
    assert places == sorted(places)


@pytest.mark.parametrize("text", ["", " ", "\n", "the weather is fine", "\udcff", "\0"])
def test_an_empty_or_unknown_text(capsysbinary: Bytes, text: str) -> None:
    called = call(capsysbinary, "explain", "--text", text, "--json")
    assert (called.status, called.err) == (0, "")
    assert called.json == {
        "format": "ubiquity-s3-setup/explanation",
        "version": 1,
        "matches": [],
    }
    told = call(capsysbinary, "explain", "--text", text)
    assert (told.status, told.err) == (0, "")
    assert "not known here" in told.text


# Each call reads its own output, so nothing of one example is left for the next.
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text())
def test_any_text_gives_one_document(capsysbinary: Bytes, text: str) -> None:
    called = call(capsysbinary, "explain", f"--text={text}", "--json")
    assert called.status == 0
    assert set(called.json) == {"format", "version", "matches"}


ROLE = "arn:aws:sts::123456789012:assumed-role/ubiquity-connectors-s3-access-role/u"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ERROR 1045 (28000): Access denied for user 'root'@'localhost'", "not of AWS"),
        ("Not authorized to perform sts:AssumeRoleWithWebIdentity", "identity provider"),
        (
            f"User: {ROLE} is not authorized to perform: s3:GetBucketLocation",
            "connector does not need it",
        ),
    ],
)
def test_an_empty_list_says_why(capsysbinary: Bytes, text: str, said: str) -> None:
    assert call(capsysbinary, "explain", "--text", text, "--json").json["matches"] == []
    told = call(capsysbinary, "explain", "--text", text).text
    assert said in told
    assert "not known here" not in told
    assert "check --draft FILE" in told
