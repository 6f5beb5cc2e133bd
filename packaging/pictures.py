"""Makes the pictures of the window that README.md shows: by the tour, on the practice AWS.

``.venv/bin/python packaging/pictures.py`` writes them anew into ``docs/pictures``. Run it after the
window has changed. It ends with 1 where the tour fails or the pictures together are too large.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
SHOWN = ("welcome", "details", "create-plan", "test-seen", "check-broken", "revoke-proof")
"""The tour's names of what is shown, without their numbers."""

AT_MOST = 400_000
"""Bytes of all pictures together."""


def main() -> int:
    """Make the pictures; return the exit status."""
    with tempfile.TemporaryDirectory() as made:
        command = [sys.executable, "-m", "app", "tour", "--out", made]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANGUAGE": "en_GB"}
        if subprocess.call(command, cwd=ROOT, env=environment):
            return 1
        FOLDER.mkdir(exist_ok=True)
        for picture in sorted(Path(made).glob("*.png")):
            name = re.sub(r"^\d+-", "", picture.stem)
            if name in SHOWN:
                save_small(picture, FOLDER / f"{name}.png")
    sizes = {path.name: path.stat().st_size for path in sorted(FOLDER.glob("*.png"))}
    for name, size in sizes.items():
        print(f"{size / 1000:6.0f} KB  {name}")
    print(f"{sum(sizes.values()) / 1000:6.0f} KB  together, at most {AT_MOST / 1000:.0f}")
    return 0 if len(sizes) == len(SHOWN) and sum(sizes.values()) <= AT_MOST else 1


def save_small(picture: Path, target: Path) -> None:
    """Save ``picture`` in its 256 most frequent colours: nearly all, at half the size."""
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("B").cast("I")
    colours = [colour for colour, _ in Counter(pixels).most_common(256)]
    plain = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    small = image.convertToFormat(QImage.Format.Format_Indexed8, colours, plain)
    if not small.save(str(target), b"PNG", 0):  # the quality of a PNG is how little it is packed
        raise OSError(f"{target} can't be written.")


if __name__ == "__main__":
    sys.exit(main())
