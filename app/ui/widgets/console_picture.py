"""Small pictures of where to click in the AWS console and in UbiQuity.

Each is a sketch, not a screenshot: a pane, the words that are looked for, and the one place to
click with a pointer on it. The shapes are files in ``resources/icons/console``, in the light
theme's colours like every picture; where words belong, a file has an empty rectangle with an
``id``, and Qt writes them there, in the system's font. They are the labels of somebody else's pages
and stay in English. A new one is a file there and a row in ``CONSOLE_PICTURES``.

Beside each stands the sentence that says the same, so a picture is decoration to a screen reader.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.guide import ROLE_NAME
from app.core.wording.console_labels import (
    ACCOUNT_FIELD,
    BUCKET_FIELD,
    PREFIX_FIELD,
    REGION_FIELD,
    TEST_BUTTON,
)
from app.ui.look.theme import tokens
from app.ui.look.typeface import scaled, semibold
from app.ui.widgets.pictures import picture_text

CONSOLE_PICTURES: Final[Mapping[str, Mapping[str, str]]] = {
    "role-trust": {
        "crumb": "IAM > Roles > Create role",
        "strong": "Trusted entity type",
        "label-1": "AWS service",
        "label-2": "AWS account",
        "accent": "Custom trust policy",
    },
    "trust-edit": {
        "crumb": "IAM > Roles",
        "strong": ROLE_NAME,
        "label": "Permissions",
        "accent": "Trust relationships",
        "button": "Edit trust policy",
    },
    "policy-json": {
        "crumb": "IAM > Policies > Create policy",
        "strong": "Policy editor",
        "plain": "Visual",
        "button": "JSON",
    },
    "attach": {
        "crumb": "IAM > Roles",
        "strong": ROLE_NAME,
        "plain": "Add permissions",
        "accent": "Attach policies",
    },
    "connector-form": {
        "crumb": "Database > Connectors > Add Connector",
        "strong": "Amazon S3",
        "label-1": ACCOUNT_FIELD,
        "label-2": REGION_FIELD,
        "label-3": BUCKET_FIELD,
        "label-4": PREFIX_FIELD,
        "button": TEST_BUTTON,
    },
    "disable-connector": {
        "crumb": "Database > Connectors",
        "label": "Amazon S3",
        "button": "Disable",
    },
    "delete-role": {
        "crumb": "IAM > Roles",
        "strong": ROLE_NAME,
        "button": "Delete",
    },
}
"""Each picture's words, as ``console_labels`` has them, by the ``id`` of their place in the file.

What the ``id`` begins with says how they are written: ``crumb`` is where one is, ``strong`` a
title, ``button`` and ``accent`` what is to be clicked, ``plain`` another button, ``label`` others.
"""

_USUAL_LINE: Final = 14
"""How high a line of text is, in pixels, in the files' own measure."""

_CENTRED: Final = frozenset({"button", "plain"})
_COLOURS: Final[Mapping[str, str]] = {"crumb": "muted", "button": "accent", "accent": "accent"}
_BOLD: Final = frozenset({"strong", "button", "accent"})


class ConsolePicture(QWidget):
    """One picture, as large as the text asks for and as wide as there is room."""

    def __init__(self, name: str) -> None:
        """Make the picture ``name``; KeyError for one that is not in ``CONSOLE_PICTURES``."""
        super().__init__()
        self.words = CONSOLE_PICTURES[name]
        self._file = f"console/{name}"
        self._size = QSvgRenderer(picture_text(self._file)).viewBoxF().size()
        self.setObjectName(f"picture-{name}")
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the size at which the words have the system's text size."""
        width = round(self._size.width() * self._usual())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return a half of that: in a narrow window the picture is smaller than the text."""
        return self.sizeHint() / 2

    def hasHeightForWidth(self) -> bool:
        """Say that it keeps its proportions."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high it is at ``width``."""
        return round(self._size.height() * self._scale(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shapes, and the words in their places."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._scale(self.width())
        drawing = QSvgRenderer(picture_text(self._file))
        drawing.render(painter, QRectF(QPointF(0, 0), self._size * scale))
        for place, words in self.words.items():
            bounds = drawing.boundsOnElement(place)
            room = QRectF(bounds.topLeft() * scale, bounds.size() * scale)
            self._write(painter, room, place.partition("-")[0], words)
        painter.end()

    def _write(self, painter: QPainter, room: QRectF, kind: str, words: str) -> None:
        """Write ``words`` into ``room``; what has no room there ends in dots."""
        font = semibold(self.font()) if kind in _BOLD else QFont(self.font())
        font = scaled(font, self._scale(self.width()) / self._usual())
        align = Qt.AlignmentFlag
        across = align.AlignHCenter if kind in _CENTRED else align.AlignLeft
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.setFont(font)
        painter.setPen(QColor(getattr(tokens(), _COLOURS.get(kind, "text"))))
        painter.drawText(room, align.AlignVCenter | across, shown)

    def _usual(self) -> float:
        return self.fontMetrics().height() / _USUAL_LINE

    def _scale(self, width: int) -> float:
        return min(self._usual(), width / self._size.width())
