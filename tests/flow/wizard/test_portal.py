"""Signing in with Identity Center, from the portal's address to the role, over a fake portal."""

import asyncio
from datetime import timedelta
from typing import Final

from app.core.problem import Severity
from app.core.sign_in import ByPortal, KnownPortal
from app.flow.identity_center import BrowserInvitation, CodeInvitation
from app.flow.wizard.portal import PortalSignIn
from app.flow.wizard.portal_state import PortalStage, PortalState
from tests.helpers.drafts import ACCOUNT
from tests.helpers.fake_portal import (
    CODE,
    DENIED,
    EXPIRED,
    LINK,
    OFFLINE,
    OTHER_ACCOUNT,
    PORTAL_REGION,
    UNTIL,
    URL,
    FakePortal,
)

REGIONS: Final = {"eu-west-1": "Europe (Ireland)", "us-east-1": "US East (N. Virginia)"}
WAY: Final = ByPortal(URL, PORTAL_REGION, ACCOUNT, "AdministratorAccess")


def flow_of(portal: FakePortal, details_account: str | None = ACCOUNT) -> PortalSignIn:
    flow = PortalSignIn(portal, REGIONS, details_account)
    flow.type_url(URL)
    flow.type_region(PORTAL_REGION)
    return flow


def finish(flow: PortalSignIn) -> None:
    """Sign in and choose, whatever went wrong before."""
    asyncio.run(flow.sign_in())
    flow.choose_role("AdministratorAccess")
    assert flow.use_role() == WAY
    assert flow.state.stage is PortalStage.DONE
    assert flow.state.failure is None


def _link(state: PortalState) -> str:
    assert isinstance(state.visit.invitation, BrowserInvitation)
    return state.visit.invitation.link


def _user_code(state: PortalState) -> str:
    assert isinstance(state.visit.invitation, CodeInvitation)
    return state.visit.invitation.user_code


def _session(state: PortalState) -> KnownPortal | None:
    return state.session


async def turns() -> None:
    """Let what was started run until it waits."""
    for _ in range(5):
        await asyncio.sleep(0)


def test_from_the_browser_to_a_role() -> None:
    portal = FakePortal()
    flow = flow_of(portal)
    stages: list[PortalStage] = []
    flow.subscribe(lambda state: stages.append(state.stage))
    asyncio.run(flow.sign_in())
    assert list(dict.fromkeys(stages)) == [
        PortalStage.STARTING,
        PortalStage.BROWSER,
        PortalStage.CHOOSING,
    ]
    state = flow.state
    assert [account.name for account in state.visit.accounts] == ["Acme production", "Acme sandbox"]
    assert (state.visit.until, state.visit.account_id) == (UNTIL, ACCOUNT)
    assert state.visit.roles == ("AdministratorAccess", "ReadOnly")
    assert not state.visit.loading
    assert flow.use_role() is None
    flow.choose_role("AdministratorAccess")
    assert flow.use_role() == WAY
    flow.choose_again()
    assert flow.state.stage is PortalStage.CHOOSING


def test_the_invitation_is_there_while_the_person_is_away() -> None:
    async def run() -> None:
        portal = FakePortal()
        portal.person.clear()
        flow = flow_of(portal)
        for with_code, invitation in ((False, BrowserInvitation), (True, CodeInvitation)):
            task = asyncio.create_task(flow.sign_in(with_code=with_code))
            await turns()
            assert isinstance(flow.state.visit.invitation, invitation)
            task.cancel()
            await asyncio.wait([task])
            assert flow.state.stage is PortalStage.PORTAL
            assert flow.state.visit.invitation is None
        assert portal.cancelled == 2

    asyncio.run(run())


def test_changing_from_the_browser_to_a_code() -> None:
    async def run() -> PortalSignIn:
        portal = FakePortal()
        portal.person.clear()
        flow = flow_of(portal)
        browser = asyncio.create_task(flow.sign_in())
        await turns()
        assert _link(flow.state) == LINK
        browser.cancel()
        code = asyncio.create_task(flow.sign_in(with_code=True))
        await turns()
        assert browser.cancelled()
        assert flow.state.stage is PortalStage.CODE
        assert _user_code(flow.state) == CODE
        portal.person.set()
        await code
        return flow

    assert asyncio.run(run()).state.stage is PortalStage.CHOOSING


def test_a_session_that_is_there_is_used_unless_another_is_wanted() -> None:
    portal = FakePortal()
    portal.until = UNTIL
    flow = flow_of(portal)
    asyncio.run(flow.sign_in())
    assert portal.asked[:2] == [f"session {URL} {PORTAL_REGION}", "accounts"]
    flow.back()
    portal.asked.clear()
    asyncio.run(flow.sign_in(anew=True))
    assert portal.asked[:2] == [f"sign in {PORTAL_REGION} browser", "accounts"]


def test_what_fails_is_said_and_can_be_tried_again() -> None:
    portal = FakePortal()
    flow = flow_of(portal)
    portal.sign_ins = [DENIED, OFFLINE]
    for failure in (DENIED, OFFLINE):
        asyncio.run(flow.sign_in())
        assert (flow.state.stage, flow.state.failure) == (PortalStage.PORTAL, failure)
    finish(flow)


def test_a_session_that_ended_leads_back_to_the_portal() -> None:
    portal = FakePortal()
    portal.failures = [EXPIRED]
    flow = flow_of(portal)
    asyncio.run(flow.sign_in())
    assert (flow.state.stage, flow.state.failure) == (PortalStage.PORTAL, EXPIRED)
    finish(flow)


def test_roles_that_can_not_be_read_are_asked_for_again() -> None:
    portal = FakePortal()
    flow = flow_of(portal)
    asyncio.run(flow.sign_in())
    portal.failures = [OFFLINE]
    asyncio.run(flow.choose_account(OTHER_ACCOUNT))
    assert (flow.state.stage, flow.state.failure) == (PortalStage.CHOOSING, OFFLINE)
    asyncio.run(flow.choose_account(OTHER_ACCOUNT))
    assert flow.state.failure is None
    assert flow.state.visit.role_name == "PowerUser"  # the only one


def test_the_details_account_is_missed_where_it_is_not_offered() -> None:
    portal = FakePortal()
    portal.people = portal.people[:1]
    flow = flow_of(portal)
    asyncio.run(flow.sign_in())
    assert flow.state.details_account_is_missing
    assert flow.state.visit.account_id == ""  # another account is not chosen unasked
    flow.learn(REGIONS, None)
    assert not flow.state.details_account_is_missing


def test_the_only_account_is_chosen_where_none_is_wanted() -> None:
    portal = FakePortal()
    portal.people = portal.people[:1]
    flow = flow_of(portal, details_account=None)
    asyncio.run(flow.sign_in())
    assert flow.state.visit.account_id == OTHER_ACCOUNT
    asyncio.run(flow.choose_account("2109"))
    visit = flow.state.visit
    assert (visit.account_id, visit.roles, visit.role_name) == ("", (), "")


def test_no_account_is_assigned() -> None:
    portal = FakePortal()
    portal.people = ()
    flow = flow_of(portal)
    asyncio.run(flow.sign_in())
    assert flow.state.stage is PortalStage.CHOOSING
    assert not flow.state.details_account_is_missing
    flow.back()
    portal.people = FakePortal().people
    finish(flow)


def test_wrong_fields_are_said_and_nothing_is_started() -> None:
    portal = FakePortal()
    flow = PortalSignIn(portal, REGIONS, ACCOUNT)
    asyncio.run(flow.sign_in())
    assert [problem.code for problem in flow.state.url.shown] == ["portal.empty"]
    assert [problem.code for problem in flow.state.region.shown] == ["portal.region-empty"]
    assert portal.asked == []
    flow.type_url(URL)
    flow.type_region(PORTAL_REGION)
    assert (flow.state.url.shown, flow.state.region.shown) == ((), ())
    finish(flow)


def test_a_field_is_cleaned_when_it_is_left() -> None:
    flow = PortalSignIn(FakePortal(), REGIONS)
    flow.leave_url()
    assert (flow.state.url.shown, flow.state.region.shown) == (
        (),
        (),
    )  # an empty field is not told off
    flow.type_url(" acme.awsapps.com ")
    flow.leave_url()
    assert flow.state.url.text == URL
    assert all(problem.severity is Severity.NOTE for problem in flow.state.url.shown)
    flow.type_region("Ireland")
    flow.leave_region()
    assert flow.state.region.text == "eu-west-1"


def test_the_best_known_portal_is_filled_in() -> None:
    portal = FakePortal()
    best = KnownPortal(f"{URL}/", PORTAL_REGION, "acme", UNTIL)
    portal.known = (
        KnownPortal("https://old.awsapps.com/start", "us-east-1"),
        KnownPortal(URL, PORTAL_REGION, None, UNTIL - timedelta(hours=1)),
        best,
    )
    flow = PortalSignIn(portal, REGIONS)
    asyncio.run(flow.look())
    assert (flow.state.url.text, flow.state.region.text) == (best.start_url, PORTAL_REGION)
    assert _session(flow.state) == best
    flow.type_url("https://old.awsapps.com/start")
    assert flow.state.region.text == "us-east-1"
    assert _session(flow.state) is None
    flow.type_url(URL)
    asyncio.run(flow.look())
    assert flow.state.url.text == URL  # what is typed stays


def test_the_region_is_guessed_from_what_is_known_or_read_off_the_address() -> None:
    portal = FakePortal()
    portal.known = (KnownPortal("https://old.awsapps.com/start", "us-east-1"),)
    flow = PortalSignIn(portal, REGIONS)
    flow.type_url(URL)
    asyncio.run(flow.look())
    assert flow.state.region.text == "us-east-1"
    flow.type_url("https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws")
    assert flow.state.region.text == "eu-west-1"


def test_config_that_can_not_be_read_is_said_and_a_portal_can_still_be_typed() -> None:
    portal = FakePortal()
    portal.known = OFFLINE
    flow = flow_of(portal)
    asyncio.run(flow.look())
    assert flow.state.failure == OFFLINE
    finish(flow)
