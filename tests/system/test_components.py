"""What "About" tells is what is installed."""

import re
from importlib import metadata

import pytest

from app import __version__
from app.system.components import LICENCES, components


@pytest.mark.parametrize("distribution", LICENCES)
def test_each_licence_is_the_one_that_its_distribution_names(distribution: str) -> None:
    about = metadata.metadata(distribution)
    # The key is asked for first: moto's importlib_metadata, once imported, raises without it.
    key = "License-Expression" if "License-Expression" in about else "License"
    named = about[key]
    assert LICENCES[distribution] in re.split(r"\s+OR\s+", named)


def test_the_program_comes_first_and_each_part_has_its_version() -> None:
    first, *others = components()
    assert (first.name, first.version) == ("UbiQuity S3 Connection Setup", __version__)
    assert all(part.version and part.licence for part in others)


def test_a_part_that_tells_no_version_is_still_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def untold(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", untold)
    assert {part.name: part.version for part in components()}["boto3"] == ""
