"""How the page Test stands: what was done, what is waited for, and what leads on.

Worked out of the state alone; the page draws it.
"""

from typing import TYPE_CHECKING

from app.core.report import Verdict
from app.core.told.answer import ToldAnswer
from app.flow.connection.tester import Tester

if TYPE_CHECKING:
    from app.flow.wizard.state import SetupState


def is_ubiquitys_own(state: "SetupState") -> bool:
    """Tell whether the sign-in is UbiQuity's own, so that the test is the real thing."""
    return state.signed_in is not None and state.signed_in.is_ubiquity


def tester_of(state: "SetupState") -> Tester:
    """Return with whose sign-in a test would be made now."""
    return Tester.UBIQUITY if is_ubiquitys_own(state) else Tester.CUSTOMER


def can_test(state: "SetupState") -> bool:
    """Tell whether there are details, and a sign-in to test with."""
    return state.draft is not None and (state.practice or state.signed_in is not None)


def has_begun_anew(state: "SetupState") -> bool:
    """Tell whether a test goes on that has come to nothing yet, and there was one before it."""
    connection = state.connection
    if state.busy is None or connection.before is None:
        return False
    result = connection.result
    is_read = connection.checked is not None or is_ubiquitys_own(state)
    return result is None or not result.finished or not is_read


def _is_blocked(state: "SetupState") -> bool:
    checked = state.connection.checked
    return checked is not None and checked.report.verdict is Verdict.BLOCKED


def is_stuck(state: "SetupState") -> bool:
    """Tell whether something went wrong, and not only UbiQuity is waited for."""
    answer = state.connection.in_ubiquity
    return (
        is_ubiquitys_own(state) or _is_blocked(state) or (answer is not None and not answer.worked)
    )


def looks_up(state: "SetupState") -> bool:
    """Tell whether there is an error of UbiQuity's to be looked up."""
    connection = state.connection
    answer = connection.in_ubiquity
    if is_ubiquitys_own(state) or answer is None or answer.worked:
        return False
    return bool(connection.answer_text) or answer.told is ToldAnswer.OTHER


def asks_for_answer(state: "SetupState") -> bool:
    """Tell whether what UbiQuity answered is the only way to know."""
    watch = state.connection.watch
    if not can_test(state):
        return True
    return watch is not None and watch.seen.ended and watch.seen.visit is None
