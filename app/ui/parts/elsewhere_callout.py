"""That the answers do not come from AWS, said before anything is changed."""

from app.core.wording.other_endpoint import other_endpoint_sentence
from app.flow.review import Review
from app.ui.parts.page_context import PageContext
from app.ui.widgets.callout import Callout


class ElsewhereCallout(Callout):
    """Names the address; hidden where AWS itself answered."""

    def __init__(self, context: PageContext, object_name: str) -> None:
        super().__init__("note", object_name, context.masking)
        self.hide()

    def show_review(self, review: Review | None) -> None:
        """Show where the answers came from that ``review`` was made of."""
        endpoint = review.snapshot.endpoint if review else None
        self.setVisible(endpoint is not None)
        if endpoint:
            self.show_text(other_endpoint_sentence(endpoint))
