"""The tour: the real window walked through on the practice AWS, and a picture of each page."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from app.bootstrap.practice import fit_to, open_practice
from app.bootstrap.qt import run_qt
from app.bootstrap.rehearsal import rehearsed_store
from app.bootstrap.window import open_window
from app.system.translations import install_language

TOUR_SCENARIO: Final = "policy.not-attached"
"""What the tour finds broken, and mends."""


def run_tour(
    out: Path,
    *,
    dark: bool,
    scale: float,
    screen: tuple[int, int] | None,
    tell: Callable[[str], None],
) -> int:
    """Walk the real window from Welcome to Finish and save a picture of each page in ``out``.

    The window is as large as on a ``screen`` of so many pixels, where one is given. Without a
    real screen it runs off-screen. ``tell`` is told of each picture. Returns 0, or 1 when a
    step failed.
    """
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    install_language()
    return run_qt(lambda _stopped: _tour(out, tell, dark=dark, screen=screen))


async def _tour(
    out: Path, tell: Callable[[str], None], *, dark: bool, screen: tuple[int, int] | None
) -> int:
    from app.ui.application import theme
    from app.ui.tour.mending_tour import MendingTour
    from app.ui.tour.setup_tour import SetupTour
    from app.wiring.practice_accounts import PracticeAccounts
    from app.wiring.rehearsal_accounts import RehearsalAccounts

    theme().force("dark" if dark else "light")
    with closing(PracticeAccounts()) as accounts:
        window, context, _ = open_practice(accounts, screen)
        tour = SetupTour(window, context.store, out, tell)
        status = await tour.run()
        await context.tasks.close()
    if status:
        return status
    with closing(RehearsalAccounts(TOUR_SCENARIO)) as rehearsed:
        store = await rehearsed_store(rehearsed)
        window, context, _ = open_window(rehearsed, store)
        fit_to(window, screen)
        mending = MendingTour(window, store, out, tell, tour.pictures)
        status = await mending.run()
        await context.tasks.close()
    return status or await _ways(out, tell, mending.pictures, screen)


async def _ways(
    out: Path, tell: Callable[[str], None], pictures: int, screen: tuple[int, int] | None
) -> int:
    """Take each way of setting up, in an account of its own, and tell what it costs."""
    from app.flow.wizard.state import Method
    from app.practice.pace import AS_PRACTISED
    from app.ui.tour.way_tour import WayTour
    from app.wiring.practice_accounts import PracticeAccounts

    status = 0
    for method in Method:
        # UbiQuity's answer is there at once, and the account's record of it later, as in AWS.
        with closing(PracticeAccounts(AS_PRACTISED)) as accounts:
            window, context, _ = open_practice(accounts, screen)
            form = accounts.practice_examples[0].form
            way = WayTour(window, context.store, out, tell, pictures, method, form)
            status = status or await way.run()
            pictures = way.pictures
            await context.tasks.close()
    return status
