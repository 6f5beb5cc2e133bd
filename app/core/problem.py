"""What is said of one field: a problem, a warning, or what was done to a pasted value.

A problem is a code with parameters; its words are made at the edge (``app.core.wording.problems``).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from app.core.frozen import field as value_field
from app.core.frozen import frozen


class Severity(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"
    """The value can't be used."""
    WARNING = "warning"
    """The value can be used, and is probably not what was meant."""
    NOTE = "note"
    """Nothing is wrong: it says what was cleaned or recognised."""


@frozen
class Problem:
    """One thing to say about one field.

    ``field`` names it as the draft file does (``account_id``, ``buckets[0].name``), ``code`` is
    a key of ``PROBLEM_WORDS`` and ``params`` are the values its sentence is made from. A
    sentence with a ``count`` may also use ``{number}``: the count as a word, where it is small.
    """

    field: str
    code: str
    severity: Severity
    params: Mapping[str, str | int] = value_field(default_factory=dict)


@frozen
class Correction:
    """A better value that the person may take with one click: never taken unasked."""

    value: str
    code: str = "offer.use"
    """A key of ``PROBLEM_WORDS``: the words of the button. They may show the ``{value}``."""


@frozen
class Checked:
    """What a field's check makes of what was typed.

    ``value`` is the clean value, or None where there is none that can be used (an empty
    optional field is ``""``). ``other_fields`` holds what else the text told, by the draft's
    names of fields: a pasted ``s3://`` address gives ``prefix``, a console address ``region`` too.
    """

    value: str | None
    problems: tuple[Problem, ...] = ()
    other_fields: Mapping[str, str] = value_field(default_factory=dict)
    offer: Correction | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the value from being used."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def error(field: str, code: str, **params: str | int) -> Problem:
    """Return the problem ``code`` of ``field``, which stops its value from being used."""
    return Problem(field, code, Severity.ERROR, params)


def warning(field: str, code: str, **params: str | int) -> Problem:
    """Return the problem ``code`` of ``field``, whose value is probably not what was meant."""
    return Problem(field, code, Severity.WARNING, params)


def note(field: str, code: str, **params: str | int) -> Problem:
    """Return what is to be said of ``field`` though nothing is wrong."""
    return Problem(field, code, Severity.NOTE, params)


def settle(
    value: str,
    problems: Iterable[Problem],
    *,
    other_fields: Mapping[str, str] | None = None,
    offer: Correction | None = None,
) -> Checked:
    """Return the outcome of a check: ``value`` unless a problem is an error, worst said first."""
    weights = list(Severity)
    ordered = tuple(sorted(problems, key=lambda problem: weights.index(problem.severity)))
    usable = all(problem.severity is not Severity.ERROR for problem in ordered)
    return Checked(value if usable else None, ordered, other_fields or {}, offer)
