"""The third part of the tour: each way of setting up, taken straight, and what it costs.

What the person does outside of this window (in the AWS console, in the administrator's mail) is
not counted: the practice AWS has a button in its place.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.core.conventions import row
from app.core.fields.form import DetailsForm
from app.core.i18n import ntr, tr
from app.flow.wizard.state import Method
from app.flow.wizard.store import SetupStore
from app.ui.tour.tour import Tour
from app.ui.window.wizard_window import WizardWindow

_BY_HAND: Final = ("role", "trust", "permissions")
"""The guide's steps that the console way has a page for each."""


class WayTour(Tour):
    """Goes from Welcome to "Connection successful" by ``method``, with nothing done twice.

    ``form`` holds the values that are pasted or chosen; the program starts without any.
    """

    def __init__(
        self,
        window: WizardWindow,
        store: SetupStore,
        out: Path,
        say: Callable[[str], None],
        pictures: int,
        method: Method,
        form: DetailsForm,
    ) -> None:
        super().__init__(window, store, out, say, pictures)
        self._method = method
        self._form = form

    def _told(self) -> str:
        effort = self._hands.effort
        words = effort.words
        return tr("The way “{way}” takes {clicks}, {pastes}, {keys} and {words}: {pages}.").format(
            way=self._method.value,
            clicks=ntr("{n} click", "{n} clicks", effort.clicks).format(n=effort.clicks),
            pastes=ntr("{n} paste", "{n} pastes", effort.pastes).format(n=effort.pastes),
            keys=ntr("{n} key typed", "{n} keys typed", effort.keystrokes).format(
                n=effort.keystrokes
            ),
            words=ntr("{n} word", "{n} words", sum(words.values())).format(n=sum(words.values())),
            pages=row(f"{page} {count}" for page, count in words.items()),
        )

    async def _walk(self) -> None:
        await self._hands.until("the window", self._window.isVisible)
        await self._hands.next("method")
        if self._store.state.creation.method is not self._method:
            self._hands.click(f"method-{self._method.value}")
        if self._method is Method.CREATE:
            await self._sign_in()
        await self._hands.next("details")
        await self._details()
        await {
            Method.CREATE: self._create,
            Method.CONSOLE: self._console,
            Method.HANDOFF: self._hand_off,
            Method.CLOUDSHELL: self._cloudshell,
        }[self._method]()
        if self._store.state.page != "connector":
            await self._hands.next("connector")
        self._hands.click("done-connector")
        await self._hands.next("test")
        await self._hands.until("the test", self._tested)
        self._hands.click("practisePress")
        await self._hands.until("success", lambda: self._store.state.connection.worked)
        await self._at_rest()
        self._hands.look()

    async def _sign_in(self) -> None:
        await self._hands.next("sign-in")
        self._hands.click("consoleSignIn-sign-in")
        await self._hands.until("the sign-in", lambda: self._store.state.signed_in is not None)
        await self._at_rest()

    async def _details(self) -> None:
        """Paste and choose what AWS has not told: with a sign-in it is one value."""
        bucket = self._form.buckets[0]
        if not self._store.state.details.form.account_id:
            self._hands.paste_over("accountId", self._form.account_id)
        self._hands.paste_over("databaseId", self._form.database_id)
        if self._store.state.signed_in is None:
            self._hands.paste_over("bucketName", bucket.name)
            await self._hands.choose("bucketRegion", bucket.region)
        else:
            await self._hands.choose("bucketName", bucket.name)
        await self._hands.until("the details", lambda: self._store.state.draft is not None)
        await self._at_rest()
        await self._picture("details")

    async def _create(self) -> None:
        await self._hands.next("create")
        await self._hands.until("the plan", lambda: self._store.state.creation.run is not None)
        await self._at_rest()
        self._hands.click("nextButton")
        await self._hands.until("the changes", self._created)

    async def _console(self) -> None:
        for page in _BY_HAND:
            await self._hands.next(page)
            await self._picture(page)
            self._hands.click(f"practise-{page}")
            await self._until_done(page)

    async def _hand_off(self) -> None:
        await self._hands.next("handoff")
        await self._picture("handoff")
        self._hands.click("practise-all")
        await self._until_done("permissions")

    async def _cloudshell(self) -> None:
        """Have the command run, and paste what it printed: that leads on by itself."""
        await self._hands.next("cloudshell")
        await self._picture("cloudshell")
        self._hands.click("practise-cloudshell")
        await self._hands.until("the block", lambda: bool(self._store.state.creation.printed))
        await self._at_rest()
        await self._picture("printed")
        self._hands.paste_into("pasteSent-cloudshell", self._store.state.creation.printed)
        await self._hands.until("Step 4", lambda: self._store.state.page == "connector")
        await self._picture("connector")

    async def _picture(self, name: str) -> None:
        await self._hands.picture(f"{self._method.value}-{name}")

    async def _until_done(self, page: str) -> None:
        await self._hands.until("the tick", lambda: page in self._store.state.creation.done)
        await self._at_rest()

    def _created(self) -> bool:
        creation = self._store.state.creation.run
        return creation is not None and creation.finished and self._store.state.busy is None

    def _tested(self) -> bool:
        result = self._store.state.connection.result
        return result is not None and result.finished and self._store.state.busy is None
