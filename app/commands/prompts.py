"""Questions on the terminal. They go to standard error: standard output is for the result."""

import re
import sys
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeVar

from app.commands.terminal import terminal
from app.core.i18n import tr
from app.flow.ports.accounts import CodeRequest
from app.flow.run.unfinished import RunDecision

_CODE: Final = re.compile(r"[0-9]{6}")
"""Source: STS API Reference, AssumeRole, ``TokenCode``."""

_Meant = TypeVar("_Meant")
_TRIES: Final = 3
"""How often something else may be typed before the sign-in fails."""


def can_ask() -> bool:
    """Tell whether a person sits at a terminal, who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def confirmed(question: str) -> bool:
    """Ask, and tell whether the answer was a yes; anything else is a no."""
    choices = tr("[yes/no]")
    answer = _answer(f"{question} {choices}")
    return _meant(answer, {True: ("yes", tr("yes")), False: ("no", tr("no"))}) is True


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
        RunDecision.GO_ON: ("go on", tr("go on")),
        RunDecision.UNDO: ("undo", tr("undo")),
        RunDecision.LEAVE: ("leave", tr("leave")),
        RunDecision.STOP: ("stop", tr("stop")),
    }
    decision = _meant(answer, answers) or RunDecision.STOP
    return decision if decision in decisions else RunDecision.STOP


def _meant(answer: str, words_of: Mapping[_Meant, Sequence[str]]) -> _Meant | None:
    """Return what ``answer`` is the word of, or the beginning of one's alone; None for no one's.

    ``words_of`` holds the words in English, as the documents have them, and in the person's own
    language. A whole word counts before a beginning, and the person's own language before English.
    """
    typed = _folded(answer)
    for fits in (str.__eq__, str.startswith):
        for language in (-1, 0):
            meant = [
                key for key, words in words_of.items() if fits(_folded(words[language]), typed)
            ]
            if typed and len(meant) == 1:
                return meant[0]
    return None


def _folded(text: str) -> str:
    """Return ``text`` as it is compared: without accents, which not every keyboard has."""
    parts = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


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
    return terminal().ask(question)
