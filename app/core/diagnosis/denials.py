"""The Deny statements that catch a request, or may."""

from app.core.diagnosis.question import Question, denies
from app.core.diagnosis.quote import Json, deciding_condition, quoted
from app.core.frozen import frozen
from app.core.iam.decision import Decision
from app.core.iam.readings import StatementReading
from app.core.iam.statements import Effect
from app.core.iam.truth import Truth


@frozen
class CatchingDeny:
    """A Deny statement; ``certain`` that it catches the request, else nobody here can know."""

    reading: StatementReading
    certain: bool

    @property
    def source(self) -> str:
        """The label of its policy."""
        return self.reading.source

    @property
    def params(self) -> Json:
        """The values ``statement``, ``sid`` and ``condition`` of a finding."""
        condition = deciding_condition(self.reading)
        nothing: Json | None = None if self.certain else {}
        return quoted(self.reading.statement) | {"condition": condition or nothing}


def denials_of(question: Question) -> tuple[CatchingDeny, ...]:
    """Return the denials of ``question``, whatever its policies allow.

    Two statements that are uncertain by themselves can deny for certain together.
    """
    answer = denies(question)
    if answer.decision is Decision.ALLOWED:
        return ()
    is_denied = answer.decision is Decision.DENIED
    deciding = {_place(r) for r in answer.because.statements} if is_denied else set()
    return tuple(
        CatchingDeny(reading, _place(reading) in deciding)
        for reading in answer.readings
        if reading.statement.effect is Effect.DENY and reading.denies is not Truth.FALSE
    )


def _place(reading: StatementReading) -> tuple[str, int]:
    return reading.source, reading.statement.index
