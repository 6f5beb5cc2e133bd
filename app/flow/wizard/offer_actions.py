"""Reading what the account offers to choose from: its buckets, and what follows from one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.failure import AwsFailure
from app.core.frozen import replace

if TYPE_CHECKING:
    from app.flow.ports.accounts import Accounts
    from app.flow.wizard.details_state import Inquiry
    from app.flow.wizard.state import SetupState
    from app.flow.wizard.store import SetupStore


class OfferActions:
    """Fills ``state.offers``. A failure costs nothing but the list: the values are then typed."""

    def __init__(self, store: "SetupStore", accounts: "Accounts") -> None:
        """``accounts`` is where AWS is asked without a sign-in."""
        self._store = store
        self._accounts = accounts

    async def look(self) -> None:
        """Read which buckets the signed-in account has."""
        signed_in = self._store.state.signed_in
        if signed_in is None:
            return
        answer = await signed_in.aws.offered_buckets()
        refused = answer if isinstance(answer, AwsFailure) else None
        buckets = () if isinstance(answer, AwsFailure) else answer
        if self._store.state.signed_in is signed_in:  # nobody else has signed in meanwhile
            self._store.take_offers(
                replace(self._store.state.offers, buckets=buckets, refused=refused, read=True)
            )
            await self.learn_all()

    async def learn_all(self) -> None:
        """Ask what AWS says of each bucket that is named and was not asked about."""
        details = self._store.state.details
        for index in range(len(details.form.buckets)):
            await self.learn(details.value_of(f"buckets[{index}].name"))

    async def learn(self, name: str) -> None:
        """Ask what AWS says of the bucket ``name``, once; a failure is asked about again."""
        signed_in, offers = self._store.state.signed_in, self._store.state.offers
        if signed_in is None or not name or name in offers.settings:
            return
        self._ask(name, on=True)
        try:
            settings = await signed_in.aws.bucket_settings(name, offers.region_of(name))
        finally:
            self._ask(name, on=False)
        if isinstance(settings, AwsFailure) or self._store.state.signed_in is not signed_in:
            return
        offers = self._store.state.offers
        self._store.take_offers(replace(offers, settings={**offers.settings, name: settings}))

    async def ask_without_sign_in(self, name: str, near: str | None) -> None:
        """Ask AWS where the bucket ``name`` is, as the person wished; nobody is signed in.

        ``near`` is the region that it is thought to be in.
        """
        self._inquire(lambda inquiry: inquiry.begun(name))
        try:
            answer = await self._accounts.bucket_region(name, near)
        finally:
            self._inquire(lambda inquiry: inquiry.ended(name))
        self._inquire(lambda inquiry: inquiry.answered(name, answer))

    def _inquire(self, changed: Callable[["Inquiry"], "Inquiry"]) -> None:
        self._store.take_inquiry(changed(self._store.state.inquiry))

    def _ask(self, name: str, *, on: bool) -> None:
        """Tell in the state that AWS is asked about a bucket, or no more."""

        def changed(state: "SetupState") -> "SetupState":
            asking = state.offers.asking
            asking = asking | {name} if on else asking - {name}
            return replace(state, offers=replace(state.offers, asking=asking))

        self._store.change(changed)
