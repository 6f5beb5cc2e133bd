"""A part that is made when it is first shown."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.made_later import MadeLater
from app.ui.window.retyping import type_again, typed_in


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    return field


class _Page(QWidget):
    """A page with one field, and another that few ever see."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0
        column = QVBoxLayout(self)
        column.addWidget(_field("usual"))
        self.place = MadeLater(self._made_field)
        column.addWidget(self.place)

    def _made_field(self) -> QLineEdit:
        self.times += 1
        return _field("rare")

    def rare(self) -> list[QLineEdit]:
        return self.findChildren(QLineEdit, "rare")


def test_it_is_made_once_when_it_is_first_shown(qtbot: QtBot) -> None:
    page = _Page()
    qtbot.addWidget(page)
    page.show()
    page.place.show_part(shown=False)
    assert (page.times, page.rare(), page.place.is_made) == (0, [], False)
    page.place.show_part(shown=True)
    (field,) = page.rare()
    assert field.isVisible()
    page.place.show_part(shown=False)
    assert not field.isVisible()
    page.place.show_part(shown=True)
    assert page.rare() == [field]
    assert page.times == 1


def test_whoever_needs_it_has_it_and_it_is_not_seen_for_that(qtbot: QtBot) -> None:
    page = _Page()
    qtbot.addWidget(page)
    page.show()
    page.place.part.setText("x")
    assert page.place.is_made
    assert not page.place.part.isVisible()


def test_what_was_typed_into_it_is_typed_again(qtbot: QtBot) -> None:
    before, plain, after = _Page(), _Page(), _Page()
    for page in (before, plain, after):
        qtbot.addWidget(page)
    before.place.part.setText("typed")
    type_again(after, typed_in({"page": before})["page"])
    assert [field.text() for field in after.rare()] == ["typed"]
    type_again(plain, {"usual": "x"})
    assert not plain.place.is_made
