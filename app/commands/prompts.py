"""Questions on the terminal. They go to standard error: standard output is for the result."""

import re
import sys
from collections.abc import Collection
from typing import Final

from app.commands.terminal import terminal
from app.core.i18n import tr
from app.flow.ports.accounts import CodeRequest
from app.flow.run.unfinished import RunDecision

_CODE: Final = re.compile(r"[0-9]{6}")
"""Source: STS API Reference, AssumeRole, ``TokenCode``."""

_TRIES: Final = 3
"""How often something else may be typed before the sign-in fails."""


def can_ask() -> bool:
    """Tell whether a person sits at a terminal, who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def confirmed(question: str) -> bool:
    """Ask, and tell whether the answer was a yes; anything else is a no."""
    choices = tr("[yes/no]")
    return _answer(f"{question} {choices}") in {"yes", "y", tr("yes")}


def decided(decisions: Collection[RunDecision]) -> RunDecision:
    """Ask about an unfinished run; any answer that is none of ``decisions`` stops."""
    if RunDecision.UNDO in decisions:
        question = tr(
            "Go on with it, undo it, leave it as it is, or stop here? [go on/undo/leave/stop]"
        )
    else:
        question = tr("Go on with it, leave it as it is, or stop here? [go on/leave/stop]")
    answer = _answer(question)
    answers = {
        RunDecision.GO_ON: {"go on", "go", "g", tr("go on")},
        RunDecision.UNDO: {"undo", "u", tr("undo")},
        RunDecision.LEAVE: {"leave", "l", tr("leave")},
    }
    meant = (decision for decision, words in answers.items() if answer in words)
    decision = next(meant, RunDecision.STOP)
    return decision if decision in decisions else RunDecision.STOP


def code_on_terminal(request: CodeRequest) -> str | None:
    """Ask for the code of an MFA device, from a thread; None where there is nobody to ask."""
    if not can_ask():
        return None
    if request.rejected:
        terminal().tell(tr("AWS did not accept that code."))
    question = tr("Code of the MFA device {device}:").format(device=request.device)
    for _ in range(_TRIES):
        code = "".join((terminal().ask_unseen(question) or "").split())
        if _CODE.fullmatch(code) or not code:
            return code or None
        terminal().tell(tr("The code has six digits."))
    return None


def _answer(question: str) -> str:
    return terminal().ask(question).lower()
