"""Between a field and the store: edits go in, text and message come out."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.core.conventions import paragraph
from app.core.message import translated
from app.core.problem import Checked, Correction, Problem, Severity
from app.core.wording.problem_words import PROBLEM_WORDS
from app.core.wording.problems import problem_template, problem_values
from app.flow.wizard.following import aws_says
from app.flow.wizard.state import SetupState
from app.flow.wizard.store import SetupStore
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.field import Field
from app.ui.widgets.message_line import MessageLine

_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)

_OPEN: Final = frozenset(
    {"count", "number", "limit", "fit", "usual", "region", "regions", "other", "key_region"}
)
"""Places that hold no account, id, bucket or ARN, and so are never masked."""


def bind(
    field: Field | ChoiceField, store: SetupStore, name: str, helps: QWidget | None = None
) -> None:
    """Send what is typed into ``field`` to the store's field ``name``.

    Who goes on to what ``helps`` to fill it in has not left it.
    """

    def edited(text: str) -> None:
        pasted = _inserted(store.state.details.form.text_of(name), text) > 1
        store.edit(name, text)
        if pasted:
            store.clean(name)

    field.edited.connect(edited)
    field.left.connect(lambda: None if helps and helps.hasFocus() else store.leave(name))
    field.offer_taken.connect(lambda value: _take_offer(store, name, value))


def _take_offer(store: SetupStore, name: str, value: str) -> None:
    """Take what was offered under a field: what AWS says, or what the program mended."""
    said = aws_says(store.state, name)
    if said is not None and said.offer is not None and said.offer.value == value:
        store.take_from_aws(name)
    else:
        store.take_offer(name, value)


def _inserted(old: str, new: str) -> int:
    """Return how many characters came in at once: more than one were pasted or chosen."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    end = 0
    while end < min(len(old), len(new)) - same and old[-1 - end] == new[-1 - end]:
        end += 1
    return len(new) - same - end


def show_field(field: Field | ChoiceField, state: SetupState, name: str, again: str = "") -> None:
    """Show the store's text of ``name`` and what is to say about it.

    What AWS says otherwise is offered, where nothing is wrong with the value itself. ``again``
    says what is to be done again because of it; said where nothing else is.
    """
    field.set_text(state.details.form.text_of(name))
    problems, checked = messages_of(state, name), state.details.check.fields.get(name)
    said = aws_says(state, name)
    if said is not None and not any(p.severity is Severity.ERROR for p in problems):
        problems, checked = list(said.problems), said
    show_problems(field, problems, checked, again)


def show_problems(
    line: Field | ChoiceField | MessageLine,
    problems: Sequence[Problem],
    checked: Checked | None,
    otherwise: str = "",
) -> None:
    """Show the gravest of ``problems``, with the offer of ``checked``; ``otherwise`` for none.

    ``otherwise`` is not announced: it is the page's to say, once for all of its fields.
    """
    if not problems:
        line.show_message("note" if otherwise else None, otherwise, aloud=False)
        return
    weight = problems[0].severity
    shown_problems = [p for p in problems if p.severity in {weight, Severity.NOTE}]
    template, values = one_message(shown_problems)
    line.show_message(weight.value, template, _offer(checked, weight), values)


def one_message(problems: Sequence[Problem]) -> tuple[str, Mapping[str, str]]:
    """Return the sentences of ``problems`` as one text, with the values to be masked apart."""
    sentences: list[str] = []
    values: dict[str, str] = {}
    for number, problem in enumerate(problems):
        places = {}
        for place, value in problem_values(problem).items():
            places[place] = value if place in _OPEN else f"{{{place}_{number}}}"
            values[f"{place}_{number}"] = value
        sentences.append(problem_template(problem).format_map(places))
    return paragraph(*dict.fromkeys(sentences)), values


def messages_of(state: SetupState, name: str) -> list[Problem]:
    """Return what to show: remarks at once, problems once the field was left.

    A text with an error stays as it was typed: what its check would clean is not said of it.
    """
    remarks = list(state.details.remarks.get(name, ()))
    problems = list(state.details.check.problems(name)) if name in state.details.touched else []
    if any(problem.severity is Severity.ERROR for problem in problems):
        problems = [problem for problem in problems if problem.severity is not Severity.NOTE]
    unique = [*problems, *(remark for remark in remarks if remark not in problems)]
    return sorted(unique, key=lambda problem: _ORDER.index(problem.severity))


def _offer(checked: Checked | None, weight: Severity) -> tuple[str, str] | None:
    """Return the offered value, and the words of its button with a place for it."""
    offer: Correction | None = checked.offer if checked else None
    if offer is None or weight is Severity.NOTE:
        return None
    code = offer.code if offer.value else "offer.empty"
    return offer.value, translated(PROBLEM_WORDS[code], {})
