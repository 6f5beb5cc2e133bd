"""What is no region of AWS, where one should stand, and which one is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aws.regions import region_names
from app.core.explain.explain import explain
from app.core.explain.meant_region import region_meant
from app.core.regions import REGION_NAMES

PLACES = (
    'Could not connect to the endpoint URL: "https://s3.{}.amazonaws.com/"',
    'Could not connect to the endpoint URL: "https://acme.s3.{}.amazonaws.com/?list-type=2"',
    "Invalid endpoint: https://sts.{}.amazonaws.com",
    "Failed to open TCP connection to acme.s3.{}.amazonaws.com:443 (Name or service not known)",
    "Hostname lookup for s3-{}.amazonaws.com failed: No address found",
    "dial tcp: lookup acme.s3.dualstack.{}.amazonaws.com on 10.0.0.2:53: no such host",
    "java.net.UnknownHostException: s3-{}.amazonaws.com",
    "Error: Invalid AWS Region: {}",
    "Cannot create enum from {} value!",
    "The {} location constraint is incompatible for the region specific endpoint.",
    "Provided region_name '{}' doesn't match a supported format.",
    "region '{}' does not exist",
    "SignatureDoesNotMatch: Credential should be scoped to a valid region, not '{}'.",
    "UnknownEndpoint: This service may not be available in the `{0}' region.",
)

MEANT = {
    "us-east-1a": "us-east-1",
    "ap-southeast-2c": "ap-southeast-2",
    "us-west-2-den-1": "us-west-2",
    "us-west-2-lax-1a": "us-west-2",
    "us-east-1-bos-1a": "us-east-1",
    "us-east-1-wl1-bos-wlz-1": "us-east-1",
    "use1-az1": "us-east-1",
    "apse2-az3": "ap-southeast-2",
    "usw2-den1-az1": "us-west-2",
    "US_EAST_1": "us-east-1",
    "us_east_1": "us-east-1",
    "useast1": "us-east-1",
    "UsWest2": "us-west-2",
    "us-esat-1": "us-east-1",
    "us-eats-1": "us-east-1",
    "eu-west1": "eu-west-1",
    "eu-wets-1": "eu-west-1",
    "eu-est-1": "eu-west-1",
    "southeast-1": "ap-southeast-1",
    "ap-southest-2": "ap-southeast-2",
    "Sydney": "ap-southeast-2",
    "oregon": "us-west-2",
    "frankfurt": "eu-central-1",
}


@pytest.mark.parametrize("place", PLACES)
def test_the_region_that_is_meant_is_told_first(place: str) -> None:
    for named, meant in MEANT.items():
        found = explain(place.format(named))
        assert found[0].code == "bucket.region-mismatch"
        assert found[0].params == {"named": named, "found": meant}
        assert not {cause.code for cause in found} & {"env.offline", "env.timeout"}


@pytest.mark.parametrize("place", PLACES)
def test_a_region_is_not_a_wrong_one(place: str) -> None:
    for region in REGION_NAMES:
        assert not [c for c in explain(place.format(region)) if "named" in c.params]
    assert not [c for c in explain(place.format("US-EAST-1")) if "named" in c.params]


FOUND = (
    ("Invalid endpoint: https://logs.US West (Oregon).amazonaws.com", "us-west-2"),
    ("Invalid endpoint: https://s3.US East (N. Virginia).amazonaws.com", "us-east-1"),
    ("Invalid endpoint: https://s3.US_EAST_1.amazonaws.com", "us-east-1"),
    ("https://[BUCKET].s3-us_east_1.amazonaws.com", "us-east-1"),
    (
        "Could not connect to the endpoint URL: `https://lambda.us-east-1a.amazonaws.com/x`",
        "us-east-1",
    ),
    (
        'Could not connect to the endpoint URL: "https://ec2.ap-southeast-1a.amazonaws.com/"',
        "ap-southeast-1",
    ),
    ("getaddrinfo ENOTFOUND s3.us-east-1b.amazonaws.com", "us-east-1"),
    ("AWS_DEFAULT_REGION=us-west-2b", "us-west-2"),
)


@pytest.mark.parametrize(("text", "region"), FOUND)
def test_regions_in_posted_reports(text: str, region: str) -> None:
    assert explain(text)[0].params["found"] == region


NO_REGION_NAMED = (
    "https://s3.amazonaws.com/acme",
    "https://acme.s3.amazonaws.com",
    "https://s3-us-west-2.amazonaws.com/acme",
    "https://acme.s3-website-us-east-1.amazonaws.com",
    "https://s3-accelerate.amazonaws.com",
    "https://s3-fips.us-east-1.amazonaws.com",
    "https://bucket.vpce-0a1b-xyz.s3.us-east-1.vpce.amazonaws.com",
    "https://b--use1-az5--x-s3.s3express-use1-az5.us-east-1.amazonaws.com",
    "https://acme-12.s3-accesspoint.us-east-1.amazonaws.com",
    "https://portal.sso.us-east-1.amazonaws.com",
    "https://us-east-1.signin.amazonaws.com",
    "mydb.abc123.us-east-1.rds.amazonaws.com",
    "https://ec2-1-2-3-4.us-west-2.compute.amazonaws.com",
    "https://s3.us-gov-west-1.amazonaws.com",
    "https://s3.cn-north-1.amazonaws.com.cn",
    "my.oregon.s3.amazonaws.com",
    "the region is wrong",
    "Our office in Sydney can't reach it",
    "The Azure region eastus is not a valid region",
    "region: my-region",
)


@pytest.mark.parametrize("text", NO_REGION_NAMED)
def test_what_names_a_region_or_none_at_all_is_left_alone(text: str) -> None:
    assert not [cause for cause in explain(text) if "named" in cause.params]


def test_a_new_number_may_be_a_new_region_so_the_network_is_named_too() -> None:
    found = explain('Could not connect to the endpoint URL: "https://s3.us-east-3.amazonaws.com/"')
    assert [cause.code for cause in found] == ["bucket.region-mismatch", "env.offline"]
    assert "found" not in found[0].params


def test_the_regions_are_those_of_botocores_data() -> None:
    assert dict(REGION_NAMES) == dict(region_names())


@given(st.sampled_from(sorted(REGION_NAMES)), st.sampled_from("abcdef"))
def test_every_zone_is_of_its_region(region: str, letter: str) -> None:
    meant = region_meant(f"{region}{letter}", REGION_NAMES)
    assert meant is not None
    assert meant.code == region


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    meant = region_meant(text, REGION_NAMES)
    assert meant is None or meant.code is None or meant.code in REGION_NAMES
