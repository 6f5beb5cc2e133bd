"""A file of each older version becomes one of this version; a newer one is left alone."""

import json

import pytest

from app.core.formats.reading import InputProblem, JsonObject, read_file
from app.core.formats.versions import Fields, migrated


def _renamed(fields: Fields) -> Fields:
    return {**{k: v for k, v in fields.items() if k != "size"}, "text_size": fields["size"]}


def _in_per_cent(fields: Fields) -> Fields:
    size = fields["text_size"]
    return {**fields, "text_size": size * 100 if isinstance(size, int) else size}


STEPS = {1: _renamed, 2: _in_per_cent}


def _size(top: JsonObject) -> int:
    top = migrated(top, "some", 3, STEPS)
    assert top.fields["version"] == 3
    return top.count("text_size")


def _read(version: object, **fields: object) -> int | InputProblem:
    return read_file(json.dumps({"format": "some", "version": version, **fields}), "x", _size)


@pytest.mark.parametrize(
    ("version", "fields"), [(1, {"size": 2}), (2, {"text_size": 2}), (3, {"text_size": 200})]
)
def test_each_older_version_takes_all_steps_from_its_own_on(
    version: int, fields: dict[str, int]
) -> None:
    assert _read(version, **fields) == 200


@pytest.mark.parametrize("version", [4, 5, 10**9])
def test_a_newer_version_is_told_as_such(version: int) -> None:
    problem = _read(version, text_size=200)
    assert isinstance(problem, InputProblem)
    assert problem.is_newer
    assert _read(3, text_size=200) == 200


@pytest.mark.parametrize("version", [0, -1, True, "3", None, 2.0])
def test_what_never_was_a_version_is_damage(version: object) -> None:
    problem = _read(version, text_size=200)
    assert isinstance(problem, InputProblem)
    assert not problem.is_newer
    assert _read(3, text_size=200) == 200
