"""The code of a problem: one quiet line, to be read out or copied for UbiQuity's support."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.core.conventions import labelled
from app.core.i18n import tr
from app.core.wording.characters import marked
from app.ui.look.style_sheet import GRID
from app.ui.widgets.copy_button import CopyButton


class CodeLine(QWidget):
    """Shows a code as it is written, copies it, and says it so that it can be followed."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._code = ""
        self._label = QLabel()
        self._label.setObjectName(f"{object_name}-text")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setProperty("role", "muted")
        self._label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._copy = CopyButton(tr("the code"), lambda: self._code, f"{object_name}-copy")
        self._copy.setProperty("look", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._label, 1)
        row.addWidget(self._copy)
        self.show_code("")

    def show_code(self, code: str, about: str = "") -> None:
        """Show ``code``, or nothing for ``""``.

        ``about`` says whose it is, to those who hear the button: a code may stand on a page twice.
        A code that is AWS's own may hold any character: what can't be seen is shown by its name.
        """
        self._code = code
        shown = marked(code)
        self._label.setText(tr("Code for UbiQuity’s support: {code}").format(code=shown))
        said = spoken_code(shown)
        words = tr("Code for UbiQuity’s support: {code}").format(code=said)
        self._label.setAccessibleName(words)
        what = tr("the code {code}").format(code=said)
        self._copy.set_what(labelled(what, about) if about else what)
        self.setVisible(bool(code))


def spoken_code(code: str) -> str:
    """Return ``code`` as it is said: "trust, external id mismatch"; AWS's own as it is."""
    return code.replace(".", ", ").replace("-", " ")
