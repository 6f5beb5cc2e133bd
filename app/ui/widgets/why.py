"""A reason that stands ready and out of the way."""

from app.core.i18n import tr
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.headings import muted


class WhyDisclosure(Disclosure):
    """A button "Why?" that opens and closes a paragraph below it."""

    def __init__(self, text: str, object_name: str) -> None:
        super().__init__(tr("Why?"), lambda: muted(text, f"{object_name}-text"), object_name)
        self.content()
