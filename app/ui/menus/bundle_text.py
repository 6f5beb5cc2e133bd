"""A file of a support bundle, to be read."""

from collections.abc import Sequence

from app.core.i18n import tr
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.masking import Masking


class BundleText(DocumentView):
    """Its whole text. On a shared screen a JSON file is masked, and prose is not shown at all.

    In JSON each value stands apart; in prose others' names can stand anywhere.
    """

    def __init__(self, masking: Masking, object_name: str) -> None:
        super().__init__(masking, object_name)
        self._of: tuple[str, str, Sequence[str]] = ("", "", ())
        self._screen = masking
        masking.changed.connect(self._show_file)

    def show_file(self, name: str, text: str, values: Sequence[str]) -> None:
        """Show the file ``name``; ``values`` are the customer's in it."""
        self._of = (name, text, values)
        self._show_file()

    def _show_file(self) -> None:
        name, text, values = self._of
        if self._screen.on and not name.endswith(".json"):
            text = tr("This is hidden while you share the screen.")
        self.show_document(text, values, name, name)
