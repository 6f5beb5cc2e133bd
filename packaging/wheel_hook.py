"""What hatchling calls before it builds a wheel: the catalogues are compiled into it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Translations(BuildHookInterface[Any]):
    """Compiles the catalogues; whoever builds a wheel need not have set the clone up."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is stale, for a wheel as for an installation that follows the clone."""
        del version, build_data
        packaging = Path(self.root, "packaging")
        sys.path.insert(0, str(packaging))
        try:
            importlib.import_module("translations").compile_stale(Path(self.root))
        finally:
            sys.path.remove(str(packaging))
