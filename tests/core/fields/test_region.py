"""Regions by code and by name, and those that UbiQuity's account can't reach."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.fields.region import OPT_IN_REGIONS, check_region
from app.core.problem import Severity
from app.core.wording.problems import problem_text
from tests.core.fields.row import Row, codes_of

KNOWN = {
    "ap-southeast-2": "Asia Pacific (Sydney)",
    "ap-southeast-6": "Asia Pacific (New Zealand)",
    "ap-southeast-7": "Asia Pacific (Thailand)",
    "ca-central-1": "Canada (Central)",
    "ca-west-1": "Canada West (Calgary)",
    "eu-central-2": "Europe (Zurich)",
    "eu-west-1": "Europe (Ireland)",
    "eu-west-2": "Europe (London)",
    "me-central-1": "Middle East (UAE)",
    "mx-central-1": "Mexico (Central)",
    "sa-east-1": "South America (Sao Paulo)",
    "us-east-1": "US East (N. Virginia)",
    "us-east-2": "US East (Ohio)",
    "us-west-1": "US West (N. California)",
    "us-west-2": "US West (Oregon)",
}
HERE = "ap-southeast-2"

CODES = [
    Row(HERE, HERE),
    Row("us-east-1", "us-east-1"),
    Row(f" {HERE}\n", HERE, "cleaned.spaces cleaned.line-breaks"),
    Row("AP-SOUTHEAST-2", HERE, "region.taken"),
    Row("ap southeast 2", HERE, "region.taken"),
    Row("ap_southeast_2", HERE, "region.taken"),
    Row("ap–southeast–2", HERE, "region.taken"),
    Row("ａｐ－ｓｏｕｔｈｅａｓｔ－２", HERE, "region.taken"),
    Row("ap - southeast - 2", HERE, "region.taken"),
    Row("ap-southeast-2a", HERE, "region.zone"),
    Row("us-west-2-lax-1a", "us-west-2", "region.zone"),
    Row("Sydney ap-southeast-2", HERE, "region.taken"),
    Row("Asia Pacific (Sydney) ap-southeast-2", HERE, "region.taken"),
    Row("Oslo us-east-2", "us-east-2", "region.taken"),
    Row("region=us-west-2", "us-west-2", "region.taken"),
    Row("https://eu-west-1.console.aws.amazon.com/s3/home", "eu-west-1", "region.taken"),
    Row("eu-west-1, eu-west-2", None, "region.several", mended="eu-west-1"),
]

NAMES = [
    Row("Asia Pacific (Sydney)", HERE, "region.taken"),
    Row("asia pacific (sydney)", HERE, "region.taken"),
    Row("Sydney", HERE, "region.taken"),
    Row("“Sydney”", HERE, "cleaned.quotes region.taken"),
    Row("Region: Sydney", HERE, "region.taken"),
    Row("apsoutheast2", HERE, "region.taken"),
    Row("ap-south-east-2", HERE, "region.taken"),
    Row("EU (Ireland)", "eu-west-1", "region.taken"),
    Row("Europe (Ireland)", "eu-west-1", "region.taken"),
    Row("São Paulo", "sa-east-1", "region.taken"),
    Row("Zürich", "eu-central-2", "region.taken region.opt-in"),
    Row("N. Virginia", "us-east-1", "region.taken"),
    Row("US East (N. Virginia)", "us-east-1", "region.taken"),
    Row("Northern Virginia", "us-east-1", "region.taken"),
    Row("US Standard", "us-east-1", "region.taken"),
    Row("Auckland", "ap-southeast-6", "region.taken region.opt-in"),
    Row("UAE", "me-central-1", "region.taken region.opt-in"),
    Row("Canada (Central)", "ca-central-1", "region.taken"),
    Row("Ohio or London", None, "region.several", mended="us-east-2"),
    Row("eu-west-1.console.aws.amazon.com/s3/buckets/my-data-1", "eu-west-1", "region.taken"),
    Row("Sidney", None, "region.misspelt", offer=HERE),
    Row("Mexico", "mx-central-1", "region.taken region.opt-in"),
    Row("Central", None, "region.ambiguous", mended="ca-central-1"),
    Row("us east", None, "region.ambiguous", mended="us-east-2"),
    Row("EU", None, "region.malformed", mended="eu-west-1"),
]

WRONG = [
    Row("", None, "region.empty", mended=HERE),
    Row(" ", None, "region.empty cleaned.spaces", mended=HERE),
    Row("\u0301", None, "region.empty", mended=HERE),
    Row("here", None, "region.malformed", mended=HERE),
    Row("apse2-az1", None, "region.malformed", mended=HERE),
    Row("global", None, "region.malformed", mended=HERE),
    Row("rome-and-back-1", None, "region.malformed", mended=HERE),
    Row("ap-southeast", None, "region.number", mended=HERE),
    Row("eu-wst1", None, "region.misspelt", offer="eu-west-1"),
    Row("uswest-22", None, "region.misspelt", offer="us-west-2"),
    Row("eu-west-9", "eu-west-9", "region.unknown"),
    Row("ap-southest-2", "ap-southest-2", "region.unknown", offer=HERE),
    Row("nz-north-1", "nz-north-1", "region.unknown"),
]

OTHER_CLOUDS = [
    ("cn-north-1", "region.china"),
    ("CN-NORTHWEST-1", "region.china"),
    ("cn-north-1a", "region.china"),
    ("cn-south-7", "region.china"),
    ("cn-north", "region.china"),
    ("China (Beijing)", "region.china"),
    ("Ningxia", "region.china"),
    ("us-gov-west-1", "region.govcloud"),
    ("us gov east 1", "region.govcloud"),
    ("usgov-west-1", "region.govcloud"),
    ("AWS GovCloud (US-West)", "region.govcloud"),
    ("eusc-de-east-1", "region.sovereign"),
    ("eusc-fr-west-2", "region.sovereign"),
    ("AWS European Sovereign Cloud (Germany)", "region.sovereign"),
    ("us-iso-east-1", "region.isolated"),
    ("us-isob-east-1", "region.isolated"),
    ("us-isof-south-1", "region.isolated"),
    ("us-isoz-north-3", "region.isolated"),
    ("eu-isoe-west-1", "region.isolated"),
    ("US ISO East", "region.isolated"),
]


@pytest.mark.parametrize("row", CODES + NAMES + WRONG, ids=lambda row: row.text)
def test_region(row: Row) -> None:
    row.verify(lambda text: check_region(text, KNOWN))


@pytest.mark.parametrize("row", CODES, ids=lambda row: row.text)
def test_codes_need_no_names(row: Row) -> None:
    row.verify(lambda text: check_region(text, {}))


@pytest.mark.parametrize("known_regions", [KNOWN, {}], ids=["known_regions", "nothing known"])
@pytest.mark.parametrize(("text", "code"), OTHER_CLOUDS)
def test_other_clouds_are_refused_by_their_form(
    text: str, code: str, known_regions: dict[str, str]
) -> None:
    checked = check_region(text, known_regions)
    assert codes_of(checked.errors) == [code]
    assert checked.value is None
    assert check_region(HERE, known_regions).value == HERE


def test_an_unknown_region_is_a_warning_once_there_is_something_to_know() -> None:
    (problem,) = check_region("nz-north-1", KNOWN).problems
    assert problem.severity is Severity.WARNING
    assert check_region("nz-north-1", {}).problems == ()


def test_a_region_to_be_switched_on_is_only_noted() -> None:
    for region in OPT_IN_REGIONS:
        checked = check_region(region, {})
        assert checked.value == region
        assert codes_of(checked.problems) == ["region.opt-in"]


def test_a_shared_name_is_answered_with_its_regions() -> None:
    (error,) = check_region("canada", KNOWN).errors
    assert "ca-central-1, ca-west-1" in problem_text(error)
    (error,) = check_region("Asia Pacific or US", {f"us-x-{n}": "Us" for n in range(9)}).errors
    assert error.code == "region.malformed"
    (error,) = check_region("US", {f"us-x-{n}": "Us East" for n in range(9)}).errors
    assert error.params["regions"] == "us-x-0, us-x-1, us-x-2, us-x-3, …"


@settings(deadline=None)
@given(st.from_regex(r"[a-z]{2}-[a-z]{3,9}-[0-9]{1,2}", fullmatch=True))
def test_whatever_is_well_formed_is_kept_as_it_is(code: str) -> None:
    for known_regions in (KNOWN, {}):
        value = check_region(code, known_regions).value
        assert value in {code, None} or value in known_regions
