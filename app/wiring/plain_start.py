"""What is said where the window could not be opened: by Qt if that works, else by the system."""

import re
from typing import Final

from app.core.guide import SUPPORT_EMAIL
from app.core.i18n import tr
from app.core.program_names import PRODUCT
from app.system.crash_report import crash_report
from app.system.plain_message import say_plainly, tell_plainly

_LACKING: Final = re.compile(
    r"(?!libQt|libpyside|libshiboken|libicu)(lib[\w.+-]+\.so[.\d]*): cannot open shared object file"
)
"""How Linux's loader names a library that it does not find (glibc's ``dl-load.c``); not our own."""


def tell_what_is_lacking(error: BaseException) -> bool:
    """Tell of the library of the system's that ``error`` is about; return whether it is of one.

    A Linux without a desktop lacks some: that is no mistake of the program's.
    """
    library = _LACKING.match(str(error)) if isinstance(error, ImportError) else None
    if library is None:
        return False
    words = tr(
        "This computer lacks {library}, which the window needs. Install the package that has it, "
        "and start this program again."
    )
    say_plainly(words.format(library=library[1]))
    return True


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
