"""The names of AWS's regions."""

from app.aws.regions import region_names


def test_regions_have_human_names() -> None:
    names = region_names()
    assert names["ap-southeast-2"] == "Asia Pacific (Sydney)"
    assert names["us-east-1"] == "US East (N. Virginia)"
    assert len(names) > 30


def test_only_the_commercial_partition_is_there() -> None:
    names = region_names()
    assert "aws-global" not in names
    assert not [code for code in names if code.startswith(("cn-", "us-gov-", "eusc-", "us-iso"))]
