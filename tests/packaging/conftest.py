"""The scripts of ``packaging/``, loaded the way Python loads them for the start script."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    Programs = Callable[..., Path]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root() -> Path:
    """Return the top of this clone."""
    return ROOT


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Return what imports a script of ``packaging/`` by its bare name."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    return importlib.import_module


@pytest.fixture
def start(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("start")


@pytest.fixture
def virtual_environment(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("virtual_environment")


@pytest.fixture
def installation_failures(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("installation_failures")


@pytest.fixture
def linux_packages(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("linux_packages")


@pytest.fixture
def checks(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("checks")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Return what writes a fake program; the path has nothing but these (POSIX only)."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def write(name: str, script: str) -> Path:
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        return program

    return write
