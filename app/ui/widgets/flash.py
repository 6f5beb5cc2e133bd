"""What takes less than a second is not named: it would flash (window.md)."""

from typing import Final

FLASH: Final = 1.0
"""Seconds that work may take before it is named."""

LOOK_MS: Final = 250
"""How often, in milliseconds, is looked whether it takes so long by now."""
