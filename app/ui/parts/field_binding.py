"""Between a field and the store: edits go in, text and message come out."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.core.message import render
from app.core.problem import Checked, Correction, Problem, Severity
from app.core.wording.problem_words import PROBLEM_WORDS
from app.core.wording.problems import problem_template, problem_values
from app.flow.wizard.state import SetupState
from app.flow.wizard.store import SetupStore
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.field import Field
from app.ui.widgets.masking import Masking

_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)

_OPEN: Final = frozenset(
    {"count", "number", "limit", "fit", "usual", "region", "regions", "other", "key_region"}
)
"""Places that hold no account, id, bucket or ARN, and so are never masked."""


def bind(field: Field | ChoiceField, store: SetupStore, name: str) -> None:
    """Send what is typed into ``field`` to the store's field ``name``."""

    def edited(text: str) -> None:
        pasted = _inserted(store.state.details.form.text_of(name), text) > 1
        store.edit(name, text)
        if pasted:
            store.clean(name)

    field.edited.connect(edited)
    field.left.connect(lambda: store.leave(name))
    field.offer_taken.connect(lambda value: store.take_offer(name, value))


def _inserted(old: str, new: str) -> int:
    """Return how many characters came in at once: more than one were pasted or chosen."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    end = 0
    while end < min(len(old), len(new)) - same and old[-1 - end] == new[-1 - end]:
        end += 1
    return len(new) - same - end


def show_field(
    field: Field | ChoiceField, state: SetupState, name: str, masking: Masking, again: str = ""
) -> None:
    """Show the store's text of ``name`` and what is to say about it.

    ``again`` says what is to be done again because of it; said where nothing else is.
    """
    field.set_text(state.details.form.text_of(name))
    checked = state.details.check.fields.get(name)
    problems = messages_of(state, name)
    show_problems(field, problems, checked, masking)
    if again and not problems:
        field.show_message("note", again)


def show_problems(
    field: Field | ChoiceField,
    problems: Sequence[Problem],
    checked: Checked | None,
    masking: Masking,
) -> None:
    """Show the gravest of ``problems`` under ``field``, with the offer of ``checked``."""
    if not problems or checked is None:
        field.show_message(None)
        return
    weight = problems[0].severity
    shown_problems = [p for p in problems if p.severity in {weight, Severity.NOTE}]
    template, values = one_message(shown_problems)
    field.show_message(weight.value, template, _offer(checked, weight, masking), values)


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
    return " ".join(dict.fromkeys(sentences)), values


def messages_of(state: SetupState, name: str) -> list[Problem]:
    """Return what to show: remarks at once, problems once the field was left."""
    remarks = list(state.details.remarks.get(name, ()))
    problems = list(state.details.check.problems(name)) if name in state.details.touched else []
    unique = [*problems, *(remark for remark in remarks if remark not in problems)]
    return sorted(unique, key=lambda problem: _ORDER.index(problem.severity))


def _offer(checked: Checked, weight: Severity, masking: Masking) -> tuple[str, str] | None:
    offer: Correction | None = checked.offer
    if offer is None or weight is Severity.NOTE:
        return None
    code = offer.code if offer.value else "offer.empty"
    words = render(PROBLEM_WORDS[code], {"value": masking.shown(offer.value)})
    return offer.value, words
