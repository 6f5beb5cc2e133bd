"""Pasted errors: the guide's headings, AWS's answers, and what is not known."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.explain.explain import explain
from app.core.formats.explanation_json import explanation_to_json
from app.core.wording.findings import words
from tests.core.explain.answer_samples import ANSWERS, CODES_ALONE, KEY
from tests.core.explain.client_samples import CLIENT
from tests.core.explain.denial_samples import (
    BARE,
    BUCKET,
    DENIALS,
    GUIDE,
    SESSION,
    UNKNOWN,
    called,
    explicit,
    refused,
)

ALL = {
    **GUIDE,
    **CLIENT,
    **CODES_ALONE,
    **DENIALS,
    **BARE,
    **{called("GetRole", code, message): causes for code, message, causes in ANSWERS},
}


def codes(text: str) -> tuple[str, ...]:
    return tuple(explanation.code for explanation in explain(text))


@pytest.mark.parametrize(("text", "causes"), ALL.items())
def test_leads_to_the_causes(text: str, causes: tuple[str, ...]) -> None:
    assert codes(text) == causes


@pytest.mark.parametrize(("code", "message", "causes"), ANSWERS)
def test_code_or_message_alone_is_enough(code: str, message: str, causes: tuple[str, ...]) -> None:
    assert codes(message) == causes
    if code not in {"AccessDenied", "NoSuchEntity", "SignatureDoesNotMatch"}:
        assert codes(f"{code}: {message}") == causes


@pytest.mark.parametrize("text", UNKNOWN)
def test_says_nothing_of_what_it_does_not_know(text: str) -> None:
    assert codes(text) == ()


@pytest.mark.parametrize("text", GUIDE)
def test_the_guides_headings_in_any_case_and_with_a_prefix(text: str) -> None:
    assert codes(text.upper()) == codes(text)
    assert codes(f"Test Connection: {text}.") == codes(text)


def test_what_aws_appends_since_2026_is_taken_and_not_in_the_way() -> None:
    arn = "arn:aws:iam::123456789012:policy/guardrail"
    (found,) = explain(refused("s3:GetObject", f"{explicit('identity-based policy')}: {arn}"))
    assert (found.code, found.params["policy"]) == ("policy.explicit-deny", "guardrail")


VALUES = (
    (
        'Failed to connect to proxy URL: "http://jo:secret@proxy.example.com:3128"',
        {"proxy": "proxy.example.com:3128"},
    ),
    (
        'Could not connect to the endpoint URL: "https://sts.amazonaws.com/"',
        {"endpoint": "https://sts.amazonaws.com/"},
    ),
    ("The config profile (my work) could not be found", {"profile": "my work"}),
    ("Unable to parse config file: /home/jo/.aws/config", {"file": "/home/jo/.aws/config"}),
    (
        "STS is not activated in the requested region ap-southeast-6 for account 123456789012.",
        {"region": "ap-southeast-6"},
    ),
    (
        (
            "The authorization header is malformed; the region 'us-east-1' is wrong; expecting "
            "'ap-southeast-2'"
        ),
        {"expected": "us-east-1", "found": "ap-southeast-2"},
    ),
    (f"{KEY} is pending deletion.", {"key": KEY, "state": "PendingDeletion"}),
    (f"{KEY} is disabled.", {"key": KEY, "state": "Disabled"}),
    (
        "Cannot exceed quota for PoliciesPerRole: 10",
        {"limit": "policies-per-role", "figure": 10},
    ),
    (
        (
            "A managed policy can have up to 5 versions. Before you create a new version, you must "
            "delete an existing version."
        ),
        {"limit": "policy-versions", "figure": 5},
    ),
    (
        "Role with name ubiquity-connectors-s3-access-role already exists.",
        {"target": "ubiquity-connectors-s3-access-role"},
    ),
    (
        called("CreatePolicy", "MalformedPolicyDocument", "This policy contains invalid Json"),
        {"message": "This policy contains invalid Json"},
    ),
    (refused("kms:Decrypt", resource=KEY), {"key": KEY}),
    (
        refused("s3:GetObject", explicit("service control policy")),
        {"actions": ["s3:GetObject"], "by": "service control policy"},
    ),
)


@pytest.mark.parametrize(("text", "params"), VALUES)
def test_takes_the_values_that_the_error_tells(text: str, params: dict[str, object]) -> None:
    assert explain(text)[0].params == params


def test_a_proxys_password_is_nowhere() -> None:
    text = 'Failed to connect to proxy URL: "http://jo:secret@proxy.example.com:3128"'
    assert "secret" not in json.dumps(explanation_to_json(explain(text)))


def test_names_the_bucket_of_a_denial_and_of_an_event() -> None:
    arn = f'"arn:aws:s3:::{BUCKET}/imports/a.csv"'
    denial = explain(refused("s3:GetObject", explicit("resource-based policy"), resource=arn))
    event = {"errorCode": "AccessDenied", "errorMessage": "Access Denied", "eventName": "GetObject"}
    told = explain(json.dumps({**event, "requestParameters": {"bucketName": BUCKET}}))
    assert {e.bucket for e in (*denial, *told)} == {BUCKET}


def test_of_a_log_with_several_errors_each_is_explained_once() -> None:
    first = refused("s3:GetObject", explicit("resource-based policy"))
    log = f"{first}\nUnable to locate credentials\n{first}"
    assert codes(log) == ("bucket.explicit-deny", "signin.none")


def test_only_the_failed_events_of_a_log_count() -> None:
    went_well = {"eventName": "AssumeRole", "errorCode": None}
    failed = {
        "eventName": "GetObject",
        "errorCode": "AccessDenied",
        "errorMessage": "Access Denied",
    }
    assert codes(json.dumps({"Records": [went_well, failed]})) == codes(called("GetObject"))


def test_the_json_has_the_words_of_each_match() -> None:
    found = explanation_to_json(explain(refused("kms:Decrypt", resource=KEY)))
    assert (found["format"], found["version"]) == ("ubiquity-s3-setup/explanation", 1)
    matches = found["matches"]
    assert isinstance(matches, list)
    assert [set(match) for match in matches] == [{"code", "title", "fix", "doc"}] * 2
    assert matches[0]["doc"] == CATALOGUE["kms.decrypt-denied"].doc
    assert matches[0]["title"]
    assert all(isinstance(step, str) for step in matches[0]["fix"])


def test_the_json_of_nothing_is_an_empty_list() -> None:
    assert explanation_to_json(explain(""))["matches"] == []


@pytest.mark.parametrize("text", ALL)
def test_every_match_has_words(text: str) -> None:
    for match in explain(text):
        assert words(match.finding).title.text
        assert words(match.finding).fix


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert set(codes(text)) <= CATALOGUE.keys()


@given(st.sampled_from(sorted(ALL)), st.text(max_size=20), st.integers(0, 300))
def test_any_damage_is_taken(text: str, more: str, place: int) -> None:
    assert set(codes(text[:place] + more + text[place:])) <= CATALOGUE.keys()


@given(
    st.recursive(
        st.text() | st.none(),
        lambda v: (
            st.lists(v)
            | st.dictionaries(
                st.sampled_from(
                    ["errorCode", "errorMessage", "CloudTrailEvent", "requestParameters"]
                ),
                v,
            )
        ),
    )
)
def test_any_json_is_taken(value: object) -> None:
    assert set(codes(json.dumps(value))) <= CATALOGUE.keys()


def test_the_connector_is_known_by_its_role() -> None:
    assert "signin.not-allowed" not in codes(refused("s3:GetObject", principal=SESSION))
