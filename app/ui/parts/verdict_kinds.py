"""How the window dresses what a whole report comes to."""

from collections.abc import Mapping
from typing import Final

from app.core.report import Verdict
from app.ui.widgets.callout import CalloutKind

VERDICT_KINDS: Final[Mapping[Verdict, CalloutKind]] = {
    Verdict.READY: "good",
    Verdict.BLOCKED: "bad",
    Verdict.INCOMPLETE: "warning",
}
