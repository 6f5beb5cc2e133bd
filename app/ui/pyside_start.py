"""What PySide does for each module that is loaded after it, left out: nothing here needs it.

PySide 6.11 reads the source of each such module, to see whether it is one that could switch
"features" of PySide on (``from __feature__ import snake_case``). There are eighty up to the first
paint: 9 ms of 190 (``tests/benchmarks/start.py``). Where another version does nothing of the kind,
nothing is done here.
"""

import sys
from types import ModuleType
from typing import Any, Final

_FEATURES: Final = "shibokensupport.feature"


def load_pyside() -> None:
    """Load PySide, and have no source read from here on."""
    import PySide6.QtCore  # noqa: F401 - it brings the module below

    features: Any = sys.modules.get(_FEATURES)
    if hasattr(features, "_mod_uses_pyside"):
        features._mod_uses_pyside = _uses_no_feature  # noqa: SLF001 - only where it is there


def _uses_no_feature(_module: ModuleType) -> bool:
    return True  # "uses PySide, and none of its features"
