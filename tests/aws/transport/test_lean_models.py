"""botocore's descriptions of AWS, read in our way, say what they say in botocore's."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore import BOTOCORE_ROOT, xform_name
from botocore.loaders import Loader
from botocore.model import ServiceModel

import app.aws
from app.aws.transport.lean_models import LeanFiles
from app.aws.transport.operations import ENDPOINTS, OPERATIONS

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
    if kind == "service-2":
        # What is called is all there; of the rest nothing is (see the test of the shapes).
        for part in ("operations", "shapes"):
            usual[part] = {name: usual[part][name] for name in usual[part] if name in lean[part]}
    assert _ordered(lean) == _ordered(_without_words(usual))


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_called_is_known_with_all_its_shapes(service: str) -> None:
    lean = Loader(file_loader=LeanFiles()).load_service_model(service, "service-2")
    assert set(lean["operations"]) == OPERATIONS.get(service, set(lean["operations"]))
    model = ServiceModel(lean, service)
    reached: set[str] = set()
    for name in model.operation_names:
        operation = model.operation_model(name)
        tops = [operation.input_shape, operation.output_shape, *operation.error_shapes]
        for shape in filter(None, tops):
            _go_through(shape, reached)
    if service in OPERATIONS:
        assert set(lean["shapes"]) == reached


def _go_through(shape: Any, reached: set[str]) -> None:  # noqa: ANN401 - any kind of shape
    """Let botocore resolve all that is in ``shape``."""
    if shape.name in reached:
        return
    reached.add(shape.name)
    for inner in getattr(shape, "members", {}).values():
        _go_through(inner, reached)
    for part in ("member", "key", "value"):
        inner = getattr(shape, part, None)
        if inner is not None:
            _go_through(inner, reached)


def test_each_operation_that_the_sources_name_is_known() -> None:
    known = {xform_name(name) for names in OPERATIONS.values() for name in names}
    there = {
        xform_name(name)
        for service in OPERATIONS
        for name in Loader().load_service_model(service, "service-2")["operations"]
    }
    called = {name for path in Path(app.aws.__path__[0]).rglob("*.py") for name in _names_in(path)}
    of_others = {"sign", "verify"}  # a key's own
    assert (called & there) - of_others <= known
    by_botocore = {"assume_role_with_web_identity", "create_session"}
    assert known - by_botocore <= called


def _names_in(path: Path) -> Iterator[str]:
    """Yield each method and each text of one word in a source."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_the_addresses_of_the_services_that_are_asked_are_botocores() -> None:
    usual = Loader().load_data("endpoints")
    for partition in usual["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in services if name in ENDPOINTS}
    lean = Loader(file_loader=LeanFiles()).load_data("endpoints")
    assert _ordered(lean) == _ordered(usual)
    asked = {
        Loader().load_service_model(service, "service-2")["metadata"]["endpointPrefix"]
        for service in (*SERVICES, "signin")
    }
    assert asked == ENDPOINTS


@pytest.mark.parametrize("name", ["partitions", "_retry"])
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
