"""The command ``tour`` as people run it: a process of its own, off-screen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

PICTURED = (
    "welcome",
    "method",
    "sign-in",
    "signed-in",
    "details-mistake",
    "details",
    "create",
    "create-plan",
    "create-to-the-letter",
    "create-done",
    "connector",
    "test",
    "finish",
    "revoke-ways",
    "revoke-plan",
    "revoke-question",
    "revoke-proof",
)


def _tour(*options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-m", "app", "tour", *options]
    return subprocess.run(  # noqa: S603 - our own program
        command, capture_output=True, text=True, timeout=300, env=environment, check=False
    )


def test_dark_and_twice_as_sharp(tmp_path: Path) -> None:
    done = _tour("--out", str(tmp_path), "--dark", "--scale", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    pictures = [tmp_path / f"{n:02d}-{name}.png" for n, name in enumerate(PICTURED, start=1)]
    for picture in pictures:
        image = QImage(str(picture))
        assert (image.width(), image.height()) == (2048, 1400), picture.name
        assert image.pixelColor(4, 4).lightness() < 60, picture.name
        assert f"saved {picture.name}" in done.stdout
    for whole in tmp_path.glob("*-whole.png"):
        corner = QImage(str(whole)).pixelColor(4, 4)
        assert (corner.alpha(), corner.lightness() < 60) == (255, True), whole.name
    assert "test: Click “Test the connection”" in done.stdout


def test_a_step_that_fails_fails_the_command(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    done = _tour("--out", str(in_the_way))
    assert done.returncode == 1
    assert "FAILED: " in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("scale", ["0", "9", "large"])
def test_a_scale_that_makes_no_sense_is_refused(tmp_path: Path, scale: str) -> None:
    done = _tour("--out", str(tmp_path), "--scale", scale)
    assert (done.returncode, done.stdout) == (2, "")
    assert "from 1 to 4" in done.stderr
