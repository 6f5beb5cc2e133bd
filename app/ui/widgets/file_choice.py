"""The system's own dialogs for files: one to open, one to save, a folder to save into.

They begin where people look: what was sent lies in the downloads, what is saved goes to the
documents. The process's own folder, where Qt would begin, is nobody's.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.documents.file_names import DRAFT_SUFFIX
from app.core.i18n import tr

Chosen = Callable[[str], object]
_Place = QStandardPaths.StandardLocation

_OWN_FILES: Final = f"*{DRAFT_SUFFIX} *.json *.txt *.zip"


def choose_file(parent: QWidget, title: str, name: str, chosen: Chosen) -> None:
    """Ask for one file of this program; ``chosen`` is given its path."""
    dialog = _dialog(parent, title, name, chosen, _usual(_Place.DownloadLocation))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    own = tr("Files of this program ({patterns})").format(patterns=_OWN_FILES)
    dialog.setNameFilters([own, tr("All files (*)")])
    dialog.open()


def choose_folder(parent: QWidget, name: str, chosen: Chosen, last: str = "") -> None:
    """Ask for a folder to save into; begins in ``last``, where there was one."""
    begin = last or _usual(_Place.DocumentsLocation)
    dialog = _dialog(parent, tr("Choose a folder"), name, chosen, begin)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.open()


def choose_where(
    parent: QWidget, title: str, name: str, file_name: str, chosen: Chosen, kind: str = ""
) -> None:
    """Ask where a file is to be saved, which is called ``file_name`` unless somebody changes it.

    ``kind`` is the one kind of files that is shown, as Qt writes it; all of them without.
    """
    dialog = _dialog(parent, title, name, chosen, _usual(_Place.DocumentsLocation))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(file_name).suffix.lstrip("."))
    if kind:
        dialog.setNameFilters([kind])
    dialog.selectFile(file_name)
    dialog.open()


def _dialog(parent: QWidget, title: str, name: str, chosen: Chosen, begin: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setObjectName(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if begin:
        dialog.setDirectory(begin)
    dialog.fileSelected.connect(chosen)
    return dialog


def _usual(place: _Place) -> str:
    """Return the person's own folder for that, or their home where there is none."""
    folder = QStandardPaths.writableLocation(place)
    return folder if folder and Path(folder).is_dir() else QDir.homePath()
