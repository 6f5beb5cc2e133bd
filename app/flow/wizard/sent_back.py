"""What came back from whoever did the AWS side elsewhere, and what follows from it."""

from enum import StrEnum
from typing import TYPE_CHECKING

from app.core.frozen import frozen

if TYPE_CHECKING:
    from app.core.problem import Problem
    from app.core.wording.value_sentence import ValueSentence
    from app.flow.checking import CheckedAccount


class SentKind(StrEnum):
    """In which form it came."""

    ARN = "arn"
    """The role's ARN: it names the right role, and tells no more."""
    RECEIPT = "receipt"
    """What a run of this program came to: it was done, and is not looked at."""
    SNAPSHOT = "snapshot"
    """What AWS had: the whole diagnosis follows from it."""


@frozen
class SentBack:
    """One answer.

    ``problem`` is what is wrong with an ARN or a receipt; ``checked`` and ``notes`` (that it is
    old, or of another account) are what follows from a snapshot.
    """

    kind: SentKind
    problem: "Problem | None" = None
    checked: "CheckedAccount | None" = None
    notes: tuple["ValueSentence", ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing in AWS is left to be done, as far as it tells."""
        if self.checked is None:
            return self.problem is None
        from app.core.report import Verdict

        return self.checked.report.verdict is Verdict.READY

    @property
    def is_blocked(self) -> bool:
        """Whether something is certain to keep UbiQuity out, or it is not what was asked for."""
        if self.checked is None:
            return self.problem is not None
        from app.core.report import Verdict

        return self.checked.report.verdict is Verdict.BLOCKED
