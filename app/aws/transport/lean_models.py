"""botocore's descriptions of AWS, read so that they take little of the memory.

They are what a client costs: S3's and IAM's with the rules of their addresses and the list of all
endpoints took 15 MB (``tests/benchmarks/loop_pauses.py``). botocore makes an ``OrderedDict`` of
each object in them, and keeps every word of their documentation, and the same few parts thousands
of times. Here they are plain dicts, which keep their order too; words are left out, equal parts
are one, and so is what belongs to no operation that the program calls (``operations``).
"""

import gzip
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final

from botocore.loaders import ExtrasProcessor, JSONFileLoader

from app.aws.transport.operations import ENDPOINTS, OPERATIONS

_REPEATING: Final = ("service-2", "endpoint-rule-set-1")
"""The files that say the same over and over: of others little would be saved, in more time."""


class LeanFiles(JSONFileLoader):
    """Reads the files as botocore does, for models that nothing changes."""

    def load_file(self, file_path: str) -> Any:  # noqa: ANN401 - any JSON
        """Return what the file says, ``file_path`` being without its ending; None for no file."""
        model = _read(file_path)
        place = Path(file_path)
        if place.name == "endpoints" and model is not None:
            return _only_services(model)
        if place.name not in _REPEATING or model is None:
            return model
        # botocore merges what belongs to a file into the model; merged before, equal parts can be
        # one: its own merge changes nothing any more.
        extras = _read(f"{file_path}.sdk-extras")
        if extras is not None:
            ExtrasProcessor().process(model, [extras])
        service = place.parent.parent.name
        if place.name == "service-2" and service in OPERATIONS:
            model = _only_operations(model, OPERATIONS[service])
        return _shared(model, {})


def _read(file_path: str) -> Any:  # noqa: ANN401 - any JSON
    for ending, opened in ((".json", open), (".json.gz", gzip.open)):
        if Path(file_path + ending).is_file():
            with opened(file_path + ending, "rb") as file:
                return json.loads(file.read())
    return None


def _only_services(endpoints: dict[str, Any]) -> dict[str, Any]:
    """Return the list of ``endpoints`` with the services that the program asks."""

    def asked(partition: dict[str, Any]) -> dict[str, Any]:
        services = partition["services"].items()
        return {**partition, "services": {n: told for n, told in services if n in ENDPOINTS}}

    return {**endpoints, "partitions": [asked(each) for each in endpoints["partitions"]]}


def _only_operations(model: dict[str, Any], called: Collection[str]) -> dict[str, Any]:
    """Return ``model`` with the operations that are ``called``, and the shapes they speak of."""
    operations = {name: told for name, told in model["operations"].items() if name in called}
    shapes, reached, next_ones = model["shapes"], set[str](), set(_shapes_in(operations))
    while next_ones:
        reached |= next_ones
        next_ones = {inner for name in next_ones for inner in _shapes_in(shapes[name])} - reached
    kept = {name: shape for name, shape in shapes.items() if name in reached}
    return {**model, "operations": operations, "shapes": kept}


def _shapes_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Yield the name of each shape that ``value`` refers to."""
    if isinstance(value, dict):
        name = value.get("shape")
        if isinstance(name, str):
            yield name
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _shapes_in(part)


def _shared(value: Any, seen: dict[object, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Return ``value`` made of the equal parts in ``seen``; what is not there yet is added."""
    if isinstance(value, dict):
        parts = {
            seen.setdefault(name, name): ""
            if name == "documentation" and isinstance(part, str)
            else _shared(part, seen)
            for name, part in value.items()
        }
        # What is in it is in ``seen``, and stays there: its identity stands for it.
        return seen.setdefault((dict, *((name, id(part)) for name, part in parts.items())), parts)
    if isinstance(value, list):
        items = [_shared(item, seen) for item in value]
        return seen.setdefault((list, *map(id, items)), items)
    if isinstance(value, str):
        return seen.setdefault(value, value)
    return seen.setdefault((type(value), value), value)
