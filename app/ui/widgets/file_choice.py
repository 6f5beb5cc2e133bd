"""The system's own dialog for a file to open."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.i18n import tr


def choose_file(parent: QWidget, title: str, name: str, chosen: Callable[[str], object]) -> None:
    """Ask for one file of this program; ``chosen`` is given its path."""
    dialog = QFileDialog(parent, title)
    dialog.setObjectName(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([tr("Files of this program (*.json *.txt *.zip)"), tr("All files (*)")])
    dialog.fileSelected.connect(chosen)
    dialog.open()
