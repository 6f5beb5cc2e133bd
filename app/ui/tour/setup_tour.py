"""The tour: the real window, driven with real events from Welcome to Finish.

It is the proof that a new user gets through, and it makes the pictures of each page. Every step
is printed as it is taken; a step that does not lead where it should ends the tour.
"""

from PySide6.QtCore import Qt

from app.flow.connection.tester import Tester
from app.ui.tour.hands import TourError
from app.ui.tour.tour import Tour


class SetupTour(Tour):
    """Goes through the set-up on the practice AWS and saves a picture of each page."""

    def _told(self) -> str:
        return f"The set-up is complete: {self.pictures} pictures in {self._out}"

    async def _walk(self) -> None:
        await self._method()
        await self._details()
        await self._create()
        await self._connector()
        await self._test()
        await self._hands.next("finish")
        await self._hands.picture("finish")
        await self._revoke()

    async def _method(self) -> None:
        await self._hands.until("the window", self._window.isVisible)
        await self._hands.picture("welcome")
        await self._hands.next("method")
        self._hands.click("method-create")
        await self._hands.picture("method")
        await self._sign_in()

    async def _sign_in(self) -> None:
        """Sign in in the browser, where the practice AWS has a page for it."""
        if not self._store.state.asks_for_sign_in:
            return
        await self._hands.next("sign-in")
        await self._hands.picture("sign-in")
        self._hands.click("consoleSignIn-sign-in")
        await self._hands.until("the sign-in", self._signed_in)
        await self._hands.picture("signed-in")

    def _signed_in(self) -> bool:
        return self._store.state.signed_in is not None and self._store.state.busy is None

    async def _details(self) -> None:
        await self._hands.next("details")
        self._hands.step("An account ID with a digit missing is typed, and the field is left")
        self._hands.type_into("accountId", "1111-2222-333")
        self._hands.press_key(Qt.Key.Key_Tab)
        await self._hands.picture("details-mistake")
        if self._store.state.asks_for_sign_in:
            self._hands.click("practiceMore")
        self._hands.click("fill-bucket")
        await self._hands.until("the practice values", lambda: self._store.state.draft is not None)
        await self._hands.picture("details")

    async def _create(self) -> None:
        await self._hands.next("create")
        await self._hands.picture("create")
        await self._hands.until("the plan", lambda: self._store.state.creation.run is not None)
        await self._hands.picture("create-plan")
        self._hands.click("change-1-details-button")
        await self._hands.picture("create-to-the-letter")
        self._hands.click("nextButton")
        await self._hands.until("the changes", self._created)
        await self._hands.picture("create-done")

    def _created(self) -> bool:
        creation = self._store.state.creation.run
        return creation is not None and creation.finished and self._store.state.busy is None

    async def _connector(self) -> None:
        await self._hands.next("connector")
        self._hands.click("done-connector")
        await self._hands.picture("connector")

    async def _test(self) -> None:
        """Test as the customer, until UbiQuity was seen in the account, then as its support."""
        await self._hands.next("test")  # it begins by itself
        await self._hands.until("the test", self._tested)
        await self._hands.picture("test-waiting")
        await self._press()
        await self._hands.picture("test-told")
        await self._hands.until("the visit", self._seen)
        await self._hands.picture("test-seen")
        self._hands.click("practiseRole")
        await self._hands.until("the real test", self._tested_as_ubiquity)
        await self._hands.picture("test-as-ubiquity")
        self._look_whether_it_works()
        self._hands.click("practiseRole")  # the customer again
        await self._hands.until("the test", self._tested_as_customer)
        await self._press()

    async def _press(self) -> None:
        self._hands.click("practisePress")
        await self._hands.until("the answer", self._answered)
        await self._at_rest()
        self._look_whether_it_works()

    def _look_whether_it_works(self) -> None:
        if not self._store.state.connection.worked:
            raise TourError("the connection test did not work")

    def _answered(self) -> bool:
        return self._store.state.connection.in_ubiquity is not None

    def _seen(self) -> bool:
        return self._store.state.connection.visit is not None and self._store.state.busy is None

    def _tested_as_customer(self) -> bool:
        return self._tested() and self._store.state.connection.tested_by is Tester.CUSTOMER

    def _tested_as_ubiquity(self) -> bool:
        return self._tested() and self._store.state.connection.tested_by is Tester.UBIQUITY

    async def _revoke(self) -> None:
        """Take the access away again, and see the proof."""
        self._hands.click("finishRevoke")
        await self._hands.until("the ways", lambda: self._store.state.page == "revoke-way")
        self._hands.click("revoking-delete-role")
        await self._hands.picture("revoke-ways")
        await self._hands.next("revoke")
        await self._hands.until("the plan", lambda: self._store.state.revocation.run is not None)
        await self._hands.until("the account to be read", lambda: self._store.state.busy is None)
        await self._hands.picture("revoke-plan")
        self._hands.click("revokeNow")
        await self._hands.picture("revoke-question")
        self._hands.click("revokeNow-yes")
        await self._hands.until("the proof", lambda: self._store.state.revocation.proof is not None)
        await self._hands.until("the end", lambda: self._store.state.busy is None)
        await self._hands.picture("revoke-proof")
        proof = self._store.state.revocation.proof
        if proof is None or not proof.is_ended:
            raise TourError("access has not ended")

    def _tested(self) -> bool:
        result = self._store.state.connection.result
        return result is not None and result.finished and self._store.state.busy is None
