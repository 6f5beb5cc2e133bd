"""The real window, opened on the screens of laptops at each scaling: its footer is in sight."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.helpers.probes import told_by

_LAPTOP: Final = (1366, 768)
_DESKTOP: Final = (1920, 1080)
_SCREENS: Final = (
    *((_LAPTOP, scale) for scale in (1.0, 1.5, 2.0, 3.0)),
    *((_DESKTOP, scale) for scale in (1.0, 3.0)),
)
_AT_ONCE: Final = 2
"""Processes side by side; each takes about a second of one processor."""


def _looked_at(folder: Path, screen: tuple[int, int], scale: float) -> list[str]:
    """Open the window in a process of its own, since Qt reads screen and scale once."""
    width, height = screen
    config = folder / f"{width}x{height}-{scale}.json"
    shown = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1}
    config.write_text(json.dumps({"screens": [shown]}), encoding="utf-8")
    environment = {
        # By its name alone: Qt takes a colon, as after a drive, for the end of a parameter.
        "QT_QPA_PLATFORM": f"offscreen:configfile={config.name}",
        "QT_SCALE_FACTOR": str(scale),
    }
    told = told_by("tests.ui.window.screen_probe", folder, environment)
    # The screen is as large as was asked for, so the test looks at what it says it does.
    assert told["free"] == [round(side / scale) for side in screen]
    assert told["pages"] == 14
    return [f"{width}x{height} at {scale:.0%}: {fault}" for fault in told["faults"]]


def test_window_and_footer_are_in_sight_at_each_scaling(tmp_path: Path) -> None:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        looks = [pool.submit(_looked_at, tmp_path, *each) for each in _SCREENS]
        assert [fault for look in looks for fault in look.result()] == []
