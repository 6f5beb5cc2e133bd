"""The trial that a Qt library can be replaced: what it makes of programs that use it, or don't."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shiboken6

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("objcopy") is None,
    reason="Linux' libraries, and binutils",
)

_PROGRAM = """\
#!{python} -IS
import json, pathlib, sys
library = pathlib.Path(sys.argv[0]).parent / "lib" / "libQt6Core.so.6"
content = library.read_bytes()
fine = {rule}
parts = [{{"name": "window", "works": fine, "detail": "said"}}]
print(json.dumps({{"parts": parts}}))
"""


@pytest.fixture
def script(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("replaced_library")


def _program(folder: Path, rule: str) -> Path:
    """Make a program whose library is fine by ``rule``."""
    (folder / "lib").mkdir(parents=True)
    own = next(Path(shiboken6.__file__).parent.glob("libshiboken6*.so*"))
    shutil.copyfile(own, folder / "lib" / "libQt6Core.so.6")
    program = folder / "ubiquity-s3-setup"
    program.write_text(_PROGRAM.format(python=sys.executable, rule=rule), encoding="utf-8")
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("len(content) > {half}", None),
        ("True", "does not use its file"),
        ("b'somebody else' not in content", "self-check finds more: {'window': 'said'}"),
    ],
)
def test_a_program_that_takes_another_build_and_no_broken_one_passes(
    script: ModuleType, tmp_path: Path, rule: str, said: str | None
) -> None:
    own = next(Path(shiboken6.__file__).parent.glob("libshiboken6*.so*"))
    folder = _program(tmp_path / "program", rule.format(half=own.stat().st_size * 3 // 4))
    problem = script.why_not_replaceable(folder)
    assert problem is None if said is None else said in problem
    assert (folder / "lib" / "libQt6Core.so.6").read_bytes() == own.read_bytes()


def test_a_library_that_is_no_file_is_told(script: ModuleType, tmp_path: Path) -> None:
    assert "no file of its own" in script.why_not_replaceable(tmp_path)
    assert script.main([str(tmp_path)]) == 1
