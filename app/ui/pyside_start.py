"""How PySide is loaded: by the code that it brings along, compiled already, and no more of it.

PySide 6.11 has modules of Python inside of its library (``shibokensupport``), and compiles them at
each start. Where ``shiboken6/files.dir`` is, it takes them from there, with Python's usual bytecode
(its ``signature_bootstrap.py``, ``SBK_EMBED``). ``packaging/pyside_support.py`` makes such a folder
that is this program's alone, beside the library: what else uses PySide is as it was.

It also reads the source of each module that is loaded after it, to see whether it is one that could
switch "features" of PySide on (``from __feature__ import snake_case``): nothing here does.

Together 30 of 180 ms up to the first paint (``tests/benchmarks/start.py``). Where another version
has nothing of the kind, PySide is loaded as ever.
"""

import importlib.util
import os
import sys
from types import ModuleType
from typing import Any, Final

COMPILED: Final = "of_ubiquity_s3_setup"
"""The folder beside the library that has ``files.dir``, and the file below."""
MADE_FOR: Final = "made-for.txt"
"""The file with the libraries that the folder was made for, as ``libraries_in`` tells them."""

_FEATURES: Final = "shibokensupport.feature"
_LIBRARIES: Final = (".so", ".pyd", ".dll", ".dylib")


def load_pyside() -> None:
    """Load PySide, and have no source read from here on."""
    if "shiboken6" not in sys.modules:
        _load_shiboken()
    import PySide6.QtCore  # noqa: F401 - it brings the module below

    features: Any = sys.modules.get(_FEATURES)
    if hasattr(features, "_mod_uses_pyside"):
        features._mod_uses_pyside = _uses_no_feature  # noqa: SLF001 - only where it is there


def libraries_in(folder: str) -> str:
    """Return the libraries of ``folder``, a line for each with its size: they tell its version.

    Raises OSError.
    """
    with os.scandir(folder) as entries:
        return "".join(
            sorted(
                f"{entry.name} {entry.stat().st_size}\n"
                for entry in entries
                if entry.name.endswith(_LIBRARIES) or ".so." in entry.name
            )
        )


def _load_shiboken() -> None:
    """Load PySide's first part, which looks for ``files.dir`` beside the file that it is told."""
    spec = importlib.util.find_spec("shiboken6")
    if spec is None or spec.loader is None or spec.origin is None:
        return
    compiled = _compiled_beside(os.path.dirname(spec.origin))  # noqa: PTH120 - at each start
    if compiled is None:
        return
    module = importlib.util.module_from_spec(spec)
    module.__file__ = os.path.join(compiled, "__init__.py")  # noqa: PTH118
    sys.modules["shiboken6"] = module
    spec.loader.exec_module(module)
    module.__file__ = spec.origin


def _compiled_beside(folder: str) -> str | None:
    """Return the folder that was made for the libraries of ``folder``; None where there is none."""
    compiled = os.path.join(folder, COMPILED)  # noqa: PTH118
    try:
        with open(os.path.join(compiled, MADE_FOR), encoding="utf-8") as file:  # noqa: PTH118, PTH123
            return compiled if file.read() == libraries_in(folder) else None
    except (OSError, ValueError):
        return None


def _uses_no_feature(_module: ModuleType) -> bool:
    return True  # "uses PySide, and none of its features"
