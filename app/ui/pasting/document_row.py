"""One document that was recognised: what it is, what was passed over, and another choice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.draft import Draft
from app.core.i18n import tr
from app.core.pasted_documents.places import DocumentPlace, PlacedDocument, places
from app.core.wording.pasted_words import document_words, place_words, said_of
from app.core.wording.value_sentence import ValueSentence
from app.ui.look.style_sheet import GRID
from app.ui.widgets.list_box import ListBox
from app.ui.widgets.masking import Masking
from app.ui.widgets.value_text import ValueText


class DocumentRow(QWidget):
    """A document with its number; ``chosen`` tells what the person takes it for."""

    chosen = Signal(str, object)
    """The document's mark, and the place."""

    def __init__(self, number: int, masking: Masking) -> None:
        super().__init__()
        name = f"pasted-{number}"
        self.setObjectName(name)
        self._number = number
        self._masking = masking
        self._mark = ""
        self._places: tuple[DocumentPlace, ...] = ()
        self._title = ValueText(masking, f"{name}-title")
        self._title.setProperty("role", "label")
        self._said = ValueText(masking, f"{name}-said")
        self._said.setProperty("role", "muted")
        self._choice = ListBox()
        self._choice.setObjectName(f"{name}-place")
        self._choice.setAccessibleName(tr("What document {number} is").format(number=number))
        self._title.setBuddy(self._choice)
        self._choice.activated.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for widget in (self._title, self._said, self._choice):
            column.addWidget(widget)
        masking.changed.connect(self._name_places)

    def show_document(self, placed: PlacedDocument, draft: Draft) -> None:
        """Show ``placed``; the choice keeps the focus."""
        words = document_words(placed)
        self._title.show_text(f"{self._number}. {words.template}", words.values)
        said = _lines(tuple(said_of(placed)))
        self._said.show_text(said.template, said.values)
        self._said.setVisible(bool(said.template))
        self._mark = placed.document.mark
        self._places = places(draft, placed.document)
        self._name_places()
        at = self._places.index(placed.place) if placed.place in self._places else -1
        self._choice.setCurrentIndex(at)

    def _name_places(self) -> None:
        """Write the choices, as the screen may show them."""
        at = self._choice.currentIndex()
        self._choice.clear()
        self._choice.addItems([self._masking.words(place_words(p)) for p in self._places])
        self._choice.setPlaceholderText(tr("Choose what it is"))
        self._choice.setCurrentIndex(at)

    def _chosen(self, index: int) -> None:
        self.chosen.emit(self._mark, self._places[index])


def _lines(sentences: tuple[ValueSentence, ...]) -> ValueSentence:
    """Return several sentences, each on its line, the values of each under names of their own."""
    templates, values = [], dict[str, str]()
    for number, sentence in enumerate(sentences):
        template = sentence.template
        for name, value in sentence.values.items():
            template = template.replace(f"{{{name}}}", f"{{{name}{number}}}")
            values[f"{name}{number}"] = value
        templates.append(template)
    return ValueSentence("\n".join(templates), values)
