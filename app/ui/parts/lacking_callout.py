"""Which of the needed actions the sign-in may not do, said before anything is tried."""

from app.core.i18n import tr
from app.flow.wizard.state import Run
from app.ui.parts.page_context import PageContext
from app.ui.widgets.callout import Callout


class LackingCallout(Callout):
    """Names the actions; hidden where none is missing."""

    def __init__(self, context: PageContext, object_name: str) -> None:
        super().__init__("warning", object_name, context.masking)
        self.hide()

    def show_run(self, run: Run | None) -> None:
        """Show what the sign-in lacks for ``run``."""
        self.setVisible(run is not None and bool(run.plan.changes) and run.lacking != ())
        if run is None or run.lacking == ():
            return
        if run.lacking is None:
            self.set_kind("note")
            self.show_text(
                tr(
                    "AWS does not tell whether this sign-in may make these changes. It is found "
                    "out when they are made; what was made until then can be undone."
                )
            )
            return
        self.set_kind("warning")
        words = tr(
            "AWS says that this sign-in may not do this: {actions}. Use another sign-in, or ask "
            "your AWS administrator to allow it. Nothing was changed."
        )
        self.show_text(words.replace("{actions}", ", ".join(run.lacking)))
