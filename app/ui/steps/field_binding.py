"""Between a field and the store: edits go in, text and message come out."""

from app.core.problem import Checked, Offer, Problem, Severity
from app.flow.setup import SetupStore
from app.flow.setup_state import SetupState
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.field import Field

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def bind(field: Field | ChoiceField, store: SetupStore, name: str) -> None:
    """Send what is typed into ``field`` to the store's field ``name``."""
    field.edited.connect(lambda text: store.edit(name, text))
    field.left.connect(lambda: store.leave(name))

    def take(value: str) -> None:
        store.edit(name, value)
        store.leave(name)

    field.offer_taken.connect(take)


def show_field(field: Field | ChoiceField, state: SetupState, name: str) -> None:
    """Show the store's text of ``name`` and what is to say about it."""
    field.set_text(state.details.text_of(name))
    checked = state.check.fields.get(name)
    said = _said(state, name)
    if not said or checked is None:
        field.show_message(None)
        return
    weight = said[0].severity
    text = " ".join(dict.fromkeys(p.text for p in said if p.severity in {weight, Severity.NOTE}))
    field.show_message(weight.value, text, _offer(checked, weight))


def _said(state: SetupState, name: str) -> list[Problem]:
    """Return what to show: remarks at once, problems once the field was left."""
    remarks = list(state.remarks.get(name, ()))
    problems = list(state.check.problems(name)) if name in state.touched else []
    unique = [*problems, *(remark for remark in remarks if remark not in problems)]
    return sorted(unique, key=lambda problem: _ORDER.index(problem.severity))


def _offer(checked: Checked, weight: Severity) -> tuple[str, str] | None:
    offer: Offer | None = checked.offer
    if offer is None or weight is Severity.NOTE:
        return None
    return offer.value, offer.text
