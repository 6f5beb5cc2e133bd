"""botocore's descriptions of AWS, read in our way, say what they say in botocore's."""

from pathlib import Path
from typing import Any

import pytest
from botocore import BOTOCORE_ROOT
from botocore.loaders import Loader

from app.aws.transport.lean_models import LeanFiles

SERVICES = ("s3", "iam", "sts", "kms", "cloudtrail", "sso", "sso-oidc")


def _without_words(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {
            name: "" if name == "documentation" and isinstance(part, str) else _without_words(part)
            for name, part in value.items()
        }
    return [_without_words(item) for item in value] if isinstance(value, list) else value


def _ordered(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return ``value`` so that a different order is a difference, as is True beside 1."""
    if isinstance(value, dict):
        return [(name, _ordered(part)) for name, part in value.items()]
    return [_ordered(item) for item in value] if isinstance(value, list) else repr(value)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("kind", ["service-2", "endpoint-rule-set-1"])
def test_a_model_is_botocores_but_for_its_words(service: str, kind: str) -> None:
    usual = Loader().load_service_model(service, kind)
    lean = Loader(file_loader=LeanFiles()).load_service_model(service, kind)
    assert _ordered(lean) == _ordered(_without_words(usual))


@pytest.mark.parametrize("name", ["endpoints", "partitions", "_retry"])
def test_what_is_no_model_is_read_in_full(name: str) -> None:
    usual = Loader().load_data(name)
    assert _ordered(Loader(file_loader=LeanFiles()).load_data(name)) == _ordered(usual)


def test_what_is_merged_into_a_shape_reaches_no_other_shape(tmp_path: Path) -> None:
    place = tmp_path / "thing" / "2020-01-01"
    place.mkdir(parents=True)
    (place / "service-2.json").write_text(
        '{"shapes": {"A": {"type": "string"}, "B": {"type": "string"}, "C": {"type": "string"}}}'
    )
    (place / "service-2.sdk-extras.json").write_text(
        '{"version": 1.0, "merge": {"shapes": {"B": {"type": "timestamp"}}}}'
    )
    loader = Loader([str(tmp_path)], LeanFiles(), include_default_search_paths=False)
    shapes = loader.load_service_model("thing", "service-2")["shapes"]
    assert {name: shape["type"] for name, shape in shapes.items()} == {
        "A": "string",
        "B": "timestamp",
        "C": "string",
    }
    assert shapes["A"] is shapes["C"]


def test_no_file_is_none() -> None:
    assert LeanFiles().load_file(str(Path(BOTOCORE_ROOT) / "data" / "nothing-here")) is None
