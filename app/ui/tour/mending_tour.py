"""The second part of the tour: a broken set-up is found, explained and mended."""

from typing import Final

from app.core.report import Report, Verdict
from app.flow.wizard.state import Flow
from app.ui.tour.hands import TourError
from app.ui.tour.tour import Tour

ERROR: Final = (
    "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied"
)
"""What UbiQuity shows where the policy is not attached."""


class MendingTour(Tour):
    """Checks the rehearsed account, opens the broken link and lets the program mend it."""

    def _told(self) -> str:
        return "A broken set-up was found, explained, mended, and put back as it was."

    async def _walk(self) -> None:
        await self._explain()
        await self._check(Verdict.BLOCKED, "check-broken")
        self._hands.click("nextButton")
        await self._hands.until("the plan", lambda: self._store.state.creation.run is not None)
        await self._hands.until("the account to be read", lambda: self._store.state.busy is None)
        await self._hands.picture("mend-plan")
        self._hands.click("nextButton")
        await self._hands.until("the changes", self._mended)
        await self._hands.picture("mend-done")
        await self._hands.next("check")
        await self._check(Verdict.READY, "check-mended")
        await self._undo()

    async def _undo(self) -> None:
        """Take back what was mended: the account is then as it was."""
        self._store.begin(Flow.REVOKE)
        await self._hands.until("the ways", lambda: self._store.state.past.undoable is not None)
        self._hands.click("revoking-undo")
        await self._hands.picture("undo-way")
        await self._hands.next("revoke")
        await self._hands.until("the run", lambda: self._store.state.revocation.run is not None)
        await self._hands.picture("undo-plan")
        self._hands.click("undo-revoke")
        self._hands.click("undo-revoke-yes")
        await self._hands.until("the end", self._undone)
        await self._hands.picture("undo-done")

    def _undone(self) -> bool:
        run = self._store.state.revocation.run
        return run is not None and run.undone and self._store.state.busy is None

    async def _explain(self) -> None:
        await self._hands.until("the window", self._window.isVisible)
        self._hands.click("beginExplain")
        await self._hands.until("the page", lambda: self._store.state.page == "explain")
        self._hands.paste_into("errorText", ERROR)
        await self._hands.picture("explain")
        self._hands.click("nextButton")
        await self._hands.until("the page", lambda: self._store.state.page == "check")

    async def _check(self, verdict: Verdict, name: str) -> None:
        # The page checks by itself when it comes up; this is the button's own check.
        await self._hands.until("the first check", lambda: self._store.state.busy is None)
        self._store.forget_check()
        self._hands.click("nextButton")
        await self._hands.until("the report", lambda: self._report() is not None)
        await self._hands.until("the end of the check", lambda: self._store.state.busy is None)
        await self._hands.picture(name)
        report = self._report()
        if report is None or report.verdict is not verdict:
            raise TourError(f"the check did not come to “{verdict}”")

    def _report(self) -> Report | None:
        checked = self._store.state.connection.checked
        return checked.report if checked else None

    def _mended(self) -> bool:
        creation = self._store.state.creation.run
        return creation is not None and creation.finished and self._store.state.busy is None
