"""The looks of ``self-check`` at the program's own pictures and at its window."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap.practice import open_practice
from app.bootstrap.qt import run_qt
from app.system.resources import resources_folder

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


def look_at_resources() -> str:
    """Look at the program's own files for ``self-check``: each picture has to be there, and drawn.

    Returns what was found; raises DamagedError.
    """
    from app.core.conventions import row
    from app.core.i18n import tr
    from app.ui.own_pictures import picture_count, undrawable_pictures
    from app.wiring.installation.part import DamagedError

    folder = resources_folder()
    missing = undrawable_pictures(folder / "icons")
    if missing:
        words = tr("These pictures are missing or damaged: {names}.")
        raise DamagedError(words.format(names=row(missing)))
    words = tr("pictures: {count}; {folder}")
    return words.format(count=picture_count(), folder=folder)


def look_at_window(picture: Path | None) -> str:
    """Open the window on the practice AWS, as ``self-check`` does, and look at its first page.

    A picture of it is saved as ``picture``. Nothing of the person's is read or kept. Returns what
    was found; raises DamagedError.
    """
    from PySide6.QtCore import qVersion

    from app.core.i18n import tr
    from app.ui.own_pictures import save_picture
    from app.wiring.installation.part import DamagedError

    drawn: list[QImage | None] = []
    run_qt(lambda _stopped: _draw_first_page(drawn))
    if drawn[0] is None:
        raise DamagedError(tr("The first page is blank."))
    if picture is not None and not save_picture(drawn[0], picture):
        raise DamagedError(tr("The picture can’t be saved as {file}.").format(file=picture))
    return f"Qt {qVersion()}"


async def _draw_first_page(drawn: "list[QImage | None]") -> int:
    from app.core.i18n import tr
    from app.ui.own_pictures import picture_of, shows_crash
    from app.ui.tour.hands import come_to_rest
    from app.wiring.installation.part import DamagedError
    from app.wiring.practice_accounts import PracticeAccounts

    with closing(PracticeAccounts()) as accounts:
        window, context, _ = open_practice(accounts, None)
        await come_to_rest()
        if shows_crash():
            raise DamagedError(tr("The window crashes."))
        drawn.append(picture_of(window))
        window.close()
        await context.tasks.close()
    return 0
