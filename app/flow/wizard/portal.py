"""Signing in with IAM Identity Center: portal, browser or code, then account and role.

One frozen state (``app.flow.wizard.portal_state``), and the one object that changes it.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from app.core.failure import AwsFailure
from app.core.fields.start_url import check_portal_region, check_start_url, same_portal
from app.core.frozen import replace
from app.core.sign_in import ByPortal
from app.flow.identity_center import CodeInvitation
from app.flow.wizard.observed import Observed
from app.flow.wizard.portal_state import (
    PortalField,
    PortalStage,
    PortalState,
    PortalVisit,
    worth,
)

if TYPE_CHECKING:
    from app.core.sign_in import PortalAccount
    from app.flow.identity_center import Invitation, Portal, PortalPlace

T = TypeVar("T")


class PortalSignIn(Observed[PortalState]):
    """Carries one sign-in from the portal's address to a role."""

    def __init__(
        self,
        portal: "Portal",
        known_regions: Mapping[str, str],
        details_account: str | None = None,
    ) -> None:
        """``known_regions`` maps region codes to names."""
        super().__init__(
            PortalState(
                PortalField("", check_start_url("")),
                PortalField("", check_portal_region("", known_regions)),
                details_account=details_account,
            )
        )
        self._portal = portal
        self._regions = known_regions
        self._attempt: object = None

    def _put_url(self, url: PortalField) -> None:
        self._put(replace(self._state, url=url))

    def _put_region(self, region: PortalField) -> None:
        self._put(replace(self._state, region=region))

    def _put_visit(self, visit: PortalVisit) -> None:
        self._put(replace(self._state, visit=visit))

    def _put_failure(self, failure: AwsFailure) -> None:
        self._put(replace(self._state, failure=failure))

    # The portal

    def learn(self, known_regions: Mapping[str, str], details_account: str | None) -> None:
        """Take AWS's regions and the details' account, which may come or change later."""
        if known_regions != self._regions:
            self._regions = known_regions
            self._take_region(self._state.region.text)
        self._put(replace(self._state, details_account=details_account))

    async def look(self) -> None:
        """Read which portals this computer knows, and fill the best one in if nothing is typed."""
        answer = await self._portal.known_portals()
        if isinstance(answer, AwsFailure):
            self._put_failure(answer)
            return
        self._put(replace(self._state, known_portals=answer))
        if answer and not self._state.url.text:
            best = max(answer, key=worth)
            self.type_url(best.start_url)
        elif not self._state.region.text:
            self._take_url(self._state.url.text)

    def type_url(self, text: str) -> None:
        """Take what was typed or chosen as start URL; a known one brings its region along."""
        self._take_url(text)
        self._put_url(self._state.url.showing(()))

    def type_region(self, text: str) -> None:
        """Take what was typed or chosen as region of Identity Center."""
        self._take_region(text)
        self._put_region(self._state.region.showing(()))

    def leave_url(self) -> None:
        """Clean the start URL, and show what there is to say of it."""
        left = self._state.url
        if left.text and left.checked.value and left.checked.value != left.text:
            self._take_url(left.checked.value)
        if left.text and left.checked.problems:
            self._put_url(self._state.url.showing(left.checked.problems))

    def leave_region(self) -> None:
        """Clean the region, and show what there is to say of it."""
        left = self._state.region
        if left.text and left.checked.value and left.checked.value != left.text:
            self.type_region(left.checked.value)
        if left.text and left.checked.problems:
            self._put_region(self._state.region.showing(left.checked.problems))

    def _take_url(self, text: str) -> None:
        self._put_url(self._state.url.with_text(text, check_start_url(text)))
        region = self._region_for(self._state.url)
        if region is not None:
            self.type_region(region)

    def _take_region(self, text: str) -> None:
        checked = check_portal_region(text, self._regions)
        self._put_region(self._state.region.with_text(text, checked))

    def _region_for(self, url: PortalField) -> str | None:
        """Return the portal's own region, or a guess where nothing is typed yet."""
        portals = self._state.known_portals
        for portal in portals:
            if same_portal(portal.start_url, url.text):
                return portal.region
        if "region" in url.checked.other_fields:
            return url.checked.other_fields["region"]
        may_guess = url.checked.value and portals and not self._state.region.text
        return max(portals, key=worth).region if may_guess else None

    # Signing in

    async def sign_in(self, *, with_code: bool = False, anew: bool = False) -> None:
        """Sign in at the portal, and go on to its accounts.

        A session that this computer has already is used, unless ``anew``. Where a field is
        wrong, that is shown and nothing is started.
        """
        place = self._state.place
        if place is None:
            self._put_url(self._state.url.showing(self._state.url.checked.problems))
            self._put_region(self._state.region.showing(self._state.region.checked.problems))
            return
        with self._waiting():
            until = None if anew or with_code else await self._portal.signed_in_until(place)
            if until is None:
                until = await self._portal.sign_in(place, self._invited, with_code=with_code)
            if isinstance(until, AwsFailure):
                uninvited = replace(self._state.visit, invitation=None)
                self._put(
                    replace(self._state, stage=PortalStage.PORTAL, visit=uninvited, failure=until)
                )
                return
            visit = replace(self._state.visit, invitation=None, until=until)
            self._put(replace(self._state, stage=PortalStage.CHOOSING, visit=visit))
            await self._load_accounts(place)

    async def renew(self) -> bool:
        """Sign in at the portal again and stay there; True where it worked.

        For a profile, which knows its account and role itself.
        """
        place = self._state.place
        if place is None:
            await self.sign_in()  # says what is wrong with the fields
            return False
        with self._waiting():
            until = await self._portal.sign_in(place, self._invited, with_code=False)
            self.back()
            if isinstance(until, AwsFailure):
                self._put_failure(until)
        return not isinstance(until, AwsFailure)

    def _invited(self, invitation: "Invitation") -> None:
        is_code = isinstance(invitation, CodeInvitation)
        stage = PortalStage.CODE if is_code else PortalStage.BROWSER
        visit = replace(self._state.visit, invitation=invitation)
        self._put(replace(self._state, stage=stage, visit=visit))

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """Start over from STARTING; what is cancelled or breaks goes back to the portal."""
        attempt = self._attempt = object()
        self._begin_at(PortalStage.STARTING)
        try:
            yield
        except BaseException:
            if self._attempt is attempt:  # another sign-in has not taken its place
                self.back()
            raise

    def back(self) -> None:
        """Go back to the portal: another one, or another person."""
        self._begin_at(PortalStage.PORTAL)

    def _begin_at(self, stage: PortalStage) -> None:
        self._put(replace(self._state, stage=stage, visit=PortalVisit(), failure=None))

    # Account and role

    async def _load_accounts(self, place: "PortalPlace") -> None:
        answer = await self._loaded(lambda: self._portal.accounts(place))
        if answer is None:
            return
        accounts = tuple(sorted(answer, key=_by_name))
        self._put_visit(replace(self._state.visit, accounts=accounts))
        account_id = _account_to_begin_with(accounts, self._state.details_account)
        if account_id is not None:
            await self.choose_account(account_id)

    async def choose_account(self, account_id: str) -> None:
        """Take an offered account and read its roles; another text only clears the choice."""
        offered = {account.id for account in self._state.visit.accounts}
        place = self._state.place
        chosen = account_id if account_id in offered else ""
        self._put(replace(self._state, visit=self._state.visit.choosing(chosen), failure=None))
        if not chosen or place is None:
            return
        answer = await self._loaded(lambda: self._portal.roles(place, chosen))
        if answer is not None and self._state.visit.account_id == chosen:
            names = tuple(sorted(answer, key=str.casefold))
            self._put_visit(self._state.visit.offering(names))

    def choose_role(self, name: str) -> None:
        """Take an offered role; another text only clears the choice."""
        visit = self._state.visit
        self._put_visit(replace(visit, role_name=name if name in visit.roles else ""))

    def use_role(self) -> ByPortal | None:
        """Return the way to sign in that was chosen, or None while something is missing."""
        visit, place = self._state.visit, self._state.place
        if place is None or not visit.account_id or not visit.role_name:
            return None
        self._put(replace(self._state, stage=PortalStage.DONE))
        return ByPortal(place.start_url, place.region, visit.account_id, visit.role_name)

    def choose_again(self) -> None:
        """Go back from a chosen role to the choice."""
        if self._state.stage is PortalStage.DONE:
            self._put(replace(self._state, stage=PortalStage.CHOOSING))

    async def _loaded(self, ask: Callable[[], Awaitable[T | AwsFailure]]) -> T | None:
        """Return what ``ask`` gives; a failure goes into the state, an ended session back."""
        visit = replace(self._state.visit, loading=True)
        self._put(replace(self._state, visit=visit, failure=None))
        try:
            answer = await ask()
        finally:
            self._put_visit(replace(self._state.visit, loading=False))
        if not isinstance(answer, AwsFailure):
            return answer
        if answer.finding == "signin.expired":
            self.back()
        self._put_failure(answer)
        return None


def _by_name(account: "PortalAccount") -> tuple[str, str]:
    return account.name.casefold(), account.id


def _account_to_begin_with(
    accounts: tuple["PortalAccount", ...], details_account: str | None
) -> str | None:
    """Return the account to begin with: the details' own, or the only one there is."""
    if any(account.id == details_account for account in accounts):
        return details_account
    return accounts[0].id if len(accounts) == 1 and details_account is None else None
