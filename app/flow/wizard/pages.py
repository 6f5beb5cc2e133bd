"""Each flow as a list of pages: which are shown, and what Next waits for on each."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from app.core.fields.form import split_field
from app.core.frozen import frozen
from app.core.i18n import mark, tr
from app.core.wording.step_titles import PERMISSIONS_TITLE, ROLE_TITLE, TRUST_TITLE
from app.flow.wizard.state import (
    UNDO_CREATION,
    UNDO_REVOCATION,
    Flow,
    Method,
    Revoking,
)

if TYPE_CHECKING:
    from app.core.fields.details import DetailsCheck
    from app.flow.wizard.state import (
        SetupState,
    )


@frozen
class Waiting:
    """Why Next waits, as a sentence's end, and the control that mends it.

    ``focus`` is a field's name in the draft, or a page's own control (``done``, ``method``).
    """

    text: str
    focus: str


@frozen
class Called:
    """What a page is called: over it, and shorter in the sidebar and in the window's title."""

    title: str
    short_title: str


@frozen
class Page:
    """One page of a flow. ``step`` is the number of the guide's step that it shows.

    ``otherwise`` tells in which states it is called something else.
    """

    id: str
    title: str
    short_title: str
    step: int | None = None
    shown: Callable[["SetupState"], bool] = lambda _state: True
    waits: Callable[["SetupState"], Waiting | None] = lambda _state: None
    otherwise: Callable[["SetupState"], Called | None] = lambda _state: None

    def called(self, state: "SetupState") -> Called:
        """Return what the page is called in ``state``, before translation."""
        return self.otherwise(state) or Called(self.title, self.short_title)


FIELD_NAMES: Final = {
    "account_id": mark("the AWS account ID"),
    "database_id": mark("the UbiQuity Account ID"),
    "name": mark("the bucket’s name"),
    "region": mark("the bucket’s region"),
    "prefix": mark("the prefix"),
    "encryption": mark("the encryption"),
    "kms_key_arn": mark("the key’s ARN"),
    "buckets": mark("the list of buckets"),
}


def details_wait(check: "DetailsCheck") -> Waiting | None:
    """Return the first field that Next waits for on "Your details"."""
    if not check.errors and check.draft is not None:
        return None
    field = check.errors[0].field
    bucket, key = split_field(field)
    name = tr(FIELD_NAMES[key])
    if bucket is None or len([f for f in check.fields if f.endswith(".name")]) == 1:
        return Waiting(name, field)
    return Waiting(tr("{field} (bucket {number})").format(field=name, number=bucket + 1), field)


def _welcome(state: "SetupState") -> Waiting | None:
    if state.past.interrupted is not None:
        return Waiting(tr("your choice about what was interrupted"), "interrupted")
    if state.past.resumable is None:
        return None
    return Waiting(tr("your choice: go on, or start anew"), "resume")


def _details(state: "SetupState") -> Waiting | None:
    return details_wait(state.details.check)


def _method(state: "SetupState") -> Waiting | None:
    return None if state.creation.method else Waiting(tr("your choice"), "method")


def _sign_in(state: "SetupState") -> Waiting | None:
    return None if state.signed_in else Waiting(tr("your AWS sign-in"), "sign-in")


def _in_console(state: "SetupState") -> bool:
    return state.creation.method is Method.CONSOLE


def _ticked(page_id: str) -> Callable[["SetupState"], Waiting | None]:
    def waits(state: "SetupState") -> Waiting | None:
        if page_id in state.creation.done:
            return None
        return Waiting(tr("tick “I have done this” once it is saved"), "done")

    return waits


def _create(state: "SetupState") -> Waiting | None:
    run = state.creation.run
    if run is None:
        signed_in = state.practice or state.signed_in is not None
        if signed_in:
            return Waiting(tr("your AWS account to be read"), "create")
        return Waiting(tr("your AWS sign-in"), "create")
    if run.is_untouched and run.plan.cannot_mend and not run.plan.changes:
        return Waiting(tr("the obstacles on this page to be removed"), "create")
    if run.undone:
        return Waiting(tr("your AWS account to be read again"), "create")
    return None if run.is_complete else Waiting(tr("the changes in AWS"), "create")


def _create_called(state: "SetupState") -> Called | None:
    """Name the page for what the changes do: create, mend, or take back what was done."""
    run = state.creation.run
    if state.confirming == UNDO_CREATION or (run is not None and run.goes_back):
        return _UNDO
    if run is None:
        return None
    from app.core.changes.mending import is_mending  # there is a plan: the rules are loaded

    return _MEND if is_mending(run.plan.changes) else None


def _revoke_called(state: "SetupState") -> Called | None:
    run = state.revocation.run
    if state.revocation.way is Revoking.UNDO:
        return _UNDO_LAST
    undoing = state.confirming == UNDO_REVOCATION or (run is not None and run.goes_back)
    return _UNDO if undoing else None


def _revoke_way(state: "SetupState") -> Waiting | None:
    return None if state.revocation.way else Waiting(tr("your choice"), "revoking")


def _cloudshell(state: "SetupState") -> Waiting | None:
    if "cloudshell" in state.creation.done:
        return None
    return Waiting(tr("what CloudShell printed"), "block")


def _connector(state: "SetupState") -> Waiting | None:
    if "connector" in state.creation.done:
        return None
    return Waiting(tr("your tick, once the connector is saved"), "done")


def _test(state: "SetupState") -> Waiting | None:
    connection = state.connection
    if connection.worked or connection.is_seen:
        return None
    if connection.awaits_ubiquity:
        return Waiting(tr("UbiQuity’s test"), "test")
    return Waiting(tr("a successful test"), "test")


_MEND: Final = Called(mark("Review and mend"), mark("Review and mend"))
_UNDO: Final = Called(mark("Undo these changes"), mark("Undo"))
_UNDO_LAST: Final = Called(mark("Undo what this program did last"), mark("Undo"))

WELCOME_PAGE: Final = Page(
    "welcome",
    mark("Connect UbiQuity to your Amazon S3 bucket"),
    mark("Welcome"),
    waits=_welcome,
)
SIGN_IN_PAGE: Final = Page(
    "sign-in",
    mark("Sign in to AWS"),
    mark("Sign in"),
    shown=lambda state: state.creation.method is Method.CREATE and state.asks_for_sign_in,
    waits=_sign_in,
)
DETAILS_PAGE: Final = Page("details", mark("Your details"), mark("Your details"), waits=_details)
METHOD_PAGE: Final = Page("method", mark("How to do it"), mark("How to do it"), waits=_method)
ROLE_PAGE: Final = Page(
    "role",
    ROLE_TITLE,
    mark("The role"),
    step=1,
    shown=_in_console,
    waits=_ticked("role"),
)
TRUST_PAGE: Final = Page(
    "trust",
    TRUST_TITLE,
    mark("Trust policy"),
    step=2,
    shown=_in_console,
    waits=_ticked("trust"),
)
PERMISSIONS_PAGE: Final = Page(
    "permissions",
    PERMISSIONS_TITLE,
    mark("Permissions"),
    step=3,
    shown=_in_console,
    waits=_ticked("permissions"),
)
CREATE_PAGE: Final = Page(
    "create",
    mark("Review and create"),
    mark("Review and create"),
    shown=lambda state: state.creation.method is Method.CREATE and not state.mending,
    waits=_create,
    otherwise=_create_called,
)
MEND_PAGE: Final = Page(
    CREATE_PAGE.id,
    _MEND.title,
    _MEND.short_title,
    shown=lambda state: state.mending,
    waits=_create,
    otherwise=_create_called,
)
"""The same page before a check or a test that is made anew once what it found is mended."""
HANDOFF_PAGE: Final = Page(
    "handoff",
    mark("Send this to your AWS administrator"),
    mark("What to send"),
    shown=lambda state: state.creation.method is Method.HANDOFF,
)
CLOUDSHELL_PAGE: Final = Page(
    "cloudshell",
    mark("Do it in AWS CloudShell"),
    mark("CloudShell"),
    shown=lambda state: state.creation.method is Method.CLOUDSHELL,
    waits=_cloudshell,
)
CONNECTOR_PAGE: Final = Page(
    "connector",
    mark("Step 4: Add the connector in UbiQuity"),
    mark("The connector"),
    step=4,
    waits=_connector,
)
TEST_PAGE: Final = Page("test", mark("Test the connection"), mark("Test"), waits=_test)
FINISH_PAGE: Final = Page("finish", mark("Finish"), mark("Finish"))
CHECK_PAGE: Final = Page("check", mark("Check the set-up"), mark("Check"))
EXPLAIN_PAGE: Final = Page("explain", mark("I got an error in UbiQuity"), mark("The error"))
LOOK_UP_PAGE: Final = Page(
    EXPLAIN_PAGE.id,
    EXPLAIN_PAGE.title,
    EXPLAIN_PAGE.short_title,
    shown=lambda state: state.page == EXPLAIN_PAGE.id,
)
"""The same page after UbiQuity's test, while an error that it gave is looked up."""
REVOKE_WAY_PAGE: Final = Page(
    "revoke-way", mark("Revoke access"), mark("Revoke access"), waits=_revoke_way
)
REVOKE_PAGE: Final = Page(
    "revoke",
    mark("Review and revoke"),
    mark("Review and revoke"),
    shown=lambda state: state.revocation.way is not Revoking.DISABLE,
    otherwise=_revoke_called,
)

SETUP: Final[tuple[Page, ...]] = (
    WELCOME_PAGE,
    METHOD_PAGE,
    SIGN_IN_PAGE,
    DETAILS_PAGE,
    ROLE_PAGE,
    TRUST_PAGE,
    PERMISSIONS_PAGE,
    CREATE_PAGE,
    HANDOFF_PAGE,
    CLOUDSHELL_PAGE,
    CONNECTOR_PAGE,
    MEND_PAGE,
    TEST_PAGE,
    LOOK_UP_PAGE,
    FINISH_PAGE,
)
"""The set-up, in order. A further flow is a further list, a further page a further line."""

CHECK: Final[tuple[Page, ...]] = (
    WELCOME_PAGE,
    DETAILS_PAGE,
    MEND_PAGE,
    CHECK_PAGE,
)
"""Checking an existing set-up."""

EXPLAIN: Final[tuple[Page, ...]] = (
    WELCOME_PAGE,
    EXPLAIN_PAGE,
)
"""From an error message to its cause."""

REVOKE: Final[tuple[Page, ...]] = (
    WELCOME_PAGE,
    REVOKE_WAY_PAGE,
    REVOKE_PAGE,
)
"""Taking UbiQuity's access away (the guide, "Revoking access")."""

FLOWS: Final[Mapping[Flow, tuple[Page, ...]]] = {
    Flow.SETUP: SETUP,
    Flow.CHECK: CHECK,
    Flow.EXPLAIN: EXPLAIN,
    Flow.REVOKE: REVOKE,
}

_SECOND_PLACES: Final = (MEND_PAGE, LOOK_UP_PAGE)

PAGES: Final = {
    page.id: page for flow in FLOWS.values() for page in flow if page not in _SECOND_PLACES
}
"""Every page once, by its id."""

GUIDE_STEPS: Final = 4


def shown_pages(state: "SetupState") -> tuple[Page, ...]:
    """Return the pages that this state's way goes through."""
    return tuple(page for page in FLOWS[state.flow] if page.shown(state))


def on_its_way(state: "SetupState", choice: Page) -> "SetupState":
    """Return the state on a page that its way goes through; else on ``choice``, which chose it.

    Whoever chooses another way while the page after the choice is still coming sees the choice.
    """
    ids = [page.id for page in shown_pages(state)]
    return state if state.page in ids else state.at(choice.id)


def page_of(state: "SetupState") -> Page:
    """Return the page that the state stands on."""
    return MEND_PAGE if state.mending else PAGES[state.page]


def reachable(state: "SetupState") -> tuple[str, ...]:
    """Return the ids of the pages that can be gone to: up to the first that waits.

    A page that was skipped on purpose (Finish without a successful test) stays reachable while
    the person stands on it or beyond.
    """
    pages = shown_pages(state)
    ids = [page.id for page in pages]
    furthest = next((i for i, page in enumerate(pages) if page.waits(state)), len(pages) - 1)
    return tuple(ids[: max(furthest, ids.index(state.page)) + 1])
