"""What is said where the window could not be opened: by Qt if that works, else by the system."""

from app.core.guide import SUPPORT_EMAIL
from app.core.i18n import tr
from app.core.program_names import PRODUCT
from app.system.crash_report import crash_report
from app.system.plain_message import tell_plainly


def tell_start_failed(error: BaseException) -> None:
    """Tell whoever has no terminal that the window failed, and what to do; wait until it is read.

    The report is kept by whoever catches ``error`` at last.
    """
    words = tr(
        "This program made a mistake of its own, and its window could not be opened. What you "
        "typed earlier is kept. Start it once more. If that fails too, install it anew, or send "
        "the report to {address}: it is kept with this program’s files."
    ).format(address=SUPPORT_EMAIL)
    try:
        from app.ui.window.plain_message import tell_by_qt

        tell_by_qt(PRODUCT, words, crash_report(error))
    except Exception:  # noqa: BLE001 - Qt may be what is broken
        tell_plainly(PRODUCT, words)
