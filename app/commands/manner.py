"""How a command that changes AWS was called: whether it asks, and how it answers."""

from app.commands.output import say, tell
from app.commands.prompts import confirmed
from app.core.frozen import frozen


@frozen
class Manner:
    """``yes`` is for not asking, ``as_json`` for one JSON document as the result."""

    yes: bool
    as_json: bool

    def show(self, *lines: str) -> None:
        """Print what a person reads before agreeing: beside the result, where that is JSON."""
        (tell if self.as_json else say)(*lines)

    def agreed(self, question: str) -> bool:
        """Ask, unless nobody is to be asked, and tell whether the answer was a yes."""
        return self.yes or confirmed(question)
