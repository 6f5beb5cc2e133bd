"""PySide is loaded by the code that it brings along, compiled before; else as ever."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import shiboken6

from app.ui.pyside_start import COMPILED, MADE_FOR

_ROOT = Path(__file__).parents[2]
_PROBE = """
import json, sys
sys.path[:0] = [{root!r}, {packages!r}]
from app.ui.pyside_start import load_pyside
load_pyside()
import shiboken6
from PySide6.QtCore import QObject
try:
    QObject().setObjectName(1, 2)
except TypeError as error:
    refusal = str(error)
parser = sys.modules["shibokensupport.signature.parser"]
print(json.dumps([parser.__file__, shiboken6.__file__, "argparse" in sys.modules, refusal]))
"""


def _loaded(packages: Path) -> dict[str, Any]:
    """Return how a process loads PySide whose first part is in ``packages``."""
    code = _PROBE.format(root=str(_ROOT), packages=str(packages))
    command = [sys.executable, "-I", "-c", code]
    ended = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=True
    )
    parser, shiboken, stubs, refusal = json.loads(ended.stdout)
    return {"parser": parser, "shiboken": shiboken, "stubs": stubs, "refusal": refusal}


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Return a folder with another copy of PySide's first part, as it is installed."""
    origin = Path(shiboken6.__file__).parent
    left_out = shutil.ignore_patterns(COMPILED, "__pycache__", "include", "files.dir")
    shutil.copytree(origin, tmp_path / "shiboken6", ignore=left_out)
    return tmp_path


def test_this_environment_has_it_since_it_was_set_up() -> None:
    told = _loaded(Path(shiboken6.__file__).parents[1])
    assert COMPILED in told["parser"], "Set up anew: python3 packaging/start.py test"


def test_it_is_loaded_from_there_and_does_what_it_did(packages: Path) -> None:
    before = _loaded(packages)
    assert COMPILED not in before["parser"]
    assert before["stubs"]
    _make(packages)
    after = _loaded(packages)
    folder = packages / "shiboken6"
    assert Path(after["parser"]).is_relative_to(folder / COMPILED)
    assert after["shiboken"] == before["shiboken"] == str(folder / "__init__.py")
    assert not after["stubs"]
    assert "setObjectName" in after["refusal"]
    assert after["refusal"] == before["refusal"]


def test_what_was_made_for_another_library_is_left_alone(packages: Path) -> None:
    _make(packages)
    folder = packages / "shiboken6"
    made_for = folder / COMPILED / MADE_FOR
    kept = made_for.read_text(encoding="utf-8")
    for text in (kept + "another.so 7\n", "", None):
        made_for.unlink() if text is None else made_for.write_text(text, encoding="utf-8")
        assert COMPILED not in _loaded(packages)["parser"]
    made_for.write_text(kept, encoding="utf-8")
    assert COMPILED in _loaded(packages)["parser"]


def test_it_is_made_anew_the_same_to_the_byte(packages: Path) -> None:
    _make(packages)
    folder = packages / "shiboken6" / COMPILED
    first = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    _make(packages)
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == first
    assert not [file for file, text in first.items() if str(packages).encode() in text]


def _make(packages: Path) -> None:
    tool = _ROOT / "packaging" / "pyside_support.py"
    command = [sys.executable, "-I", str(tool), str(packages / "shiboken6")]
    subprocess.run(command, check=True)  # noqa: S603
