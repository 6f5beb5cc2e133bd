"""How the window dresses what a whole report comes to."""

from collections.abc import Mapping
from typing import Final

from app.core.report import Verdict
from app.ui.widgets.callout import Kind

VERDICT_KINDS: Final[Mapping[Verdict, Kind]] = {
    Verdict.READY: "good",
    Verdict.BLOCKED: "bad",
    Verdict.INCOMPLETE: "warning",
}
