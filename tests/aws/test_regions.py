"""The names of AWS's regions."""

from pathlib import Path

import pytest
from botocore.loaders import Loader

from app.aws.own_addresses import _suffixes, other_address
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


@pytest.mark.parametrize("text", ["garbage", "{}", '{"partitions": []}'])
def test_a_persons_own_models_change_no_region(
    own_settings: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """They may be damaged, and must not make an address AWS's that is none."""
    models = own_settings / ".aws" / "models"
    models.mkdir(parents=True)
    (models / "partitions.json").write_text(text)
    monkeypatch.setattr(Loader, "CUSTOMER_DATA_PATH", str(models))
    assert region_names()["eu-west-1"] == "Europe (Ireland)"
    _suffixes.cache_clear()
    assert other_address("https://sts.amazonaws.com") is None
