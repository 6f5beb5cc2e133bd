"""What was typed into a page and is in no state yet, put into the same page made anew."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.widgets.disclosure import DisclosureButton
from app.ui.widgets.hidden_text import HiddenText
from app.ui.widgets.made_later import MadeLater


def typed_in(pages: Mapping[str, QWidget]) -> dict[str, dict[str, str]]:
    """Return, for each page, the text of each of its fields that has one, by the field's name."""
    return {page_id: texts for page_id, page in pages.items() if (texts := _texts(page))}


def type_again(page: QWidget, texts: Mapping[str, str]) -> None:
    """Type ``texts`` into the fields of ``page`` that the state has left empty.

    A field that stood in a part which is made later, or when it is opened, is there once more.
    """
    for make in _makers(page):
        if not texts.keys() <= _names(page):
            make()
    for line in page.findChildren(QLineEdit):
        text = texts.get(line.objectName(), "")
        if text and not line.text() and not line.isReadOnly():
            line.setText(text)
            line.textEdited.emit(text)
    for box in page.findChildren(HiddenText):
        text = texts.get(box.objectName(), "")
        if text and not box.text():
            box.set_text(text)


def _makers(page: QWidget) -> Iterator[Callable[[], QWidget]]:
    yield from (place.make for place in page.findChildren(MadeLater))
    yield from (button.content for button in page.findChildren(DisclosureButton))


def _names(page: QWidget) -> set[str]:
    fields = (*page.findChildren(QLineEdit), *page.findChildren(HiddenText))
    return {field.objectName() for field in fields}


def _texts(page: QWidget) -> dict[str, str]:
    lines = [(each.objectName(), each.text()) for each in page.findChildren(QLineEdit)]
    boxes = [(each.objectName(), each.text()) for each in page.findChildren(HiddenText)]
    return {name: text for name, text in (*lines, *boxes) if name and text}
