"""What the parts of the tour have in common: a window, hands in it, and an end."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

from app.flow.wizard.store import SetupStore
from app.ui.tour.hands import Hands, TourError
from app.ui.window.wizard_window import WizardWindow


class Tour(ABC):
    """One walk through the real window, which is closed at its end.

    ``say`` is told each step; pictures go into ``out``, and ``pictures`` is the number of the
    last one, of this walk and of those before it.
    """

    def __init__(
        self,
        window: WizardWindow,
        store: SetupStore,
        out: Path,
        say: Callable[[str], None],
        pictures: int = 0,
    ) -> None:
        self._window = window
        self._store = store
        self._out = out
        self._say = say
        self._hands = Hands(window, store, out, say, pictures)

    @property
    def pictures(self) -> int:
        """The number of the last picture."""
        return self._hands.number

    async def run(self) -> int:
        """Take the tour; return 0, or 1 when a step failed."""
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            await self._walk()
        except (TourError, OSError) as error:
            self._say(f"FAILED: {error}")
            return 1
        finally:
            self._window.close()
        self._say(self._told())
        return 0

    @abstractmethod
    async def _walk(self) -> None:
        """Take each step; raise ``TourError`` at one that does not lead where it should."""

    @abstractmethod
    def _told(self) -> str:
        """Return what there is to say at the end."""

    async def _at_rest(self) -> None:
        await self._hands.until("the work to end", lambda: self._store.state.busy is None)
