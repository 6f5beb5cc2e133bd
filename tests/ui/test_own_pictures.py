"""The program's own pictures: each is there and shows something, or is named."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel

from app.bootstrap import self_check
from app.system.resources import resources_folder
from app.ui.own_pictures import is_blank, picture_count, picture_of, save_picture
from app.wiring.installation.part import looked_at

_EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"/>'


@pytest.fixture
def icons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the pictures, which counts as the program's own."""
    shutil.copytree(resources_folder() / "icons", tmp_path / "icons")
    monkeypatch.setattr(self_check, "resources_folder", lambda: tmp_path)
    return tmp_path / "icons"


@pytest.mark.qt_log_level_fail("CRITICAL")  # Qt says too what it can't read
@pytest.mark.parametrize("text", [None, "", "<svg", _EMPTY], ids=["gone", "empty", "cut", "blank"])
@pytest.mark.parametrize("name", ["app", "done", "console/attach"])
def test_a_picture_that_shows_nothing_is_named(icons: Path, name: str, text: str | None) -> None:
    file = icons / f"{name}.svg"
    kept = file.read_text(encoding="utf-8")
    file.unlink() if text is None else file.write_text(text, encoding="utf-8")
    part = looked_at("resources", self_check.look_at_resources)
    assert not part.works
    assert part.detail == f"These pictures are missing or damaged: {name}."
    file.write_text(kept, encoding="utf-8")
    part = looked_at("resources", self_check.look_at_resources)
    assert part.works
    assert part.detail.startswith(f"pictures: {picture_count()}; ")


def test_a_picture_without_the_place_of_its_words_is_named(icons: Path) -> None:
    file = icons / "console" / "attach.svg"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('id="accent"', 'id="other"'), encoding="utf-8")
    assert "console/attach" in looked_at("resources", self_check.look_at_resources).detail


def test_a_page_with_nothing_on_it_is_blank(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    label = QLabel()
    label.setFixedSize(200, 60)
    assert picture_of(label) is None
    label.setText("A page with a word or two")
    image = picture_of(label)
    assert image is not None
    assert save_picture(image, tmp_path / "page")
    assert QImage(str(tmp_path / "page"), "png").size() == image.size()  # type: ignore[call-overload]
    assert not save_picture(image, tmp_path / "nowhere" / "page.png")


def test_a_single_line_is_no_page() -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.drawLine(0, 50, 300, 50)
    painter.end()
    assert is_blank(image)
    assert is_blank(QImage())
