"""Each SDK's way of saying it; the host counts; the message counts before the code."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.explain.explain import explain
from app.core.explain.hosts import HostOwner, asked
from app.core.explain.pasted import errors_in
from tests.core.explain.dialect_samples import FIRST, NOT_OURS, REPORTS

ROWS = tuple((text, cause) for cause, texts in FIRST.items() for text in texts)


def codes(text: str) -> tuple[str, ...]:
    return tuple(explanation.code for explanation in explain(text))


@pytest.mark.parametrize(("text", "cause"), ROWS)
def test_the_first_cause_is_what_the_text_says(text: str, cause: str) -> None:
    assert codes(text)[0] == cause


@pytest.mark.parametrize("text", NOT_OURS)
def test_another_programs_error_is_not_known(text: str) -> None:
    assert codes(text) == ()


@pytest.mark.parametrize(("cause", "text"), [report[1:] for report in REPORTS])
def test_what_was_posted_leads_to_its_cause_first(cause: str, text: str) -> None:
    assert (*codes(text), "")[0] == cause


_NETWORK = tuple(
    text
    for cause in ("env.offline", "env.timeout", "env.tls-intercepted")
    for text in FIRST[cause]
    if "amazonaws.com" in text and "169.254" not in text
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(_NETWORK),
    st.sampled_from(
        (
            "db.corp.example",
            "packages.example.org",
            "acme.blob.core.windows.net",
            "s3.wasabisys.com",
            "minio.lan",
        )
    ),
)
def test_of_another_host_the_same_words_are_not_ours(text: str, host: str) -> None:
    elsewhere = re.sub(r"[\w.-]*amazonaws\.com", host, text)
    for word in ("com.amazonaws.", "botocore.awsrequest.AWS", "botocore.", "boto", "AWS ", "S3"):
        elsewhere = elsewhere.replace(word, "")
    assert asked(errors_in(elsewhere)[0]) is not HostOwner.AWS
    assert "env.offline" not in codes(elsewhere)


HOSTS = (
    ('Could not connect to the endpoint URL: "https://sts.amazonaws.com/"', HostOwner.AWS),
    (
        "dial tcp: lookup acme.s3.eu-west-1.amazonaws.com on 10.0.0.2:53: no such host",
        HostOwner.AWS,
    ),
    ("https://acme.awsapps.com/start: connection refused", HostOwner.AWS),
    ("lookup mydb.abc.us-east-1.rds.amazonaws.com: no such host", HostOwner.OTHER),
    ("lookup x.gr7.us-east-1.eks.amazonaws.com: no such host", HostOwner.OTHER),
    ("connect ECONNREFUSED 127.0.0.1:5432", HostOwner.OTHER),
    ("getaddrinfo ENOTFOUND postgres", HostOwner.OTHER),
    ("https://github.com/acme/x.git: could not resolve host", HostOwner.OTHER),
    ("dial tcp 169.254.169.254:80: i/o timeout", HostOwner.METADATA),
    ("cURL error 60 (see https://curl.haxx.se/libcurl/c/libcurl-errors.html)", HostOwner.UNNAMED),
    ("dial tcp 52.216.1.2:443: i/o timeout", HostOwner.UNNAMED),
    ("botocore: connection refused", HostOwner.AWS),
    ("proxyconnect tcp: dial tcp: lookup proxy.corp.example: no such host", HostOwner.UNNAMED),
)


@pytest.mark.parametrize(("text", "whose"), HOSTS)
def test_whose_host_was_asked(text: str, whose: HostOwner) -> None:
    assert asked(errors_in(text)[0]) is whose


def test_the_regions_of_a_redirect_are_told() -> None:
    (found,) = explain(
        "BucketRegionError: incorrect region, the bucket is not in 'us-east-1' region at endpoint "
        "'', bucket is in 'eu-west-1' region status code: 301, request id: , host id: "
    )
    assert found.params == {"expected": "us-east-1", "found": "eu-west-1"}


def test_a_machines_lack_of_a_sign_in_is_no_fault_of_the_network() -> None:
    assert codes('Connect timeout on endpoint URL: "http://169.254.169.254/latest/api/token"') == (
        "signin.none",
    )
