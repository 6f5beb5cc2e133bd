"""What the person can do about a link of the chain that is not as it should be."""

from app.core.diagnosis.chain import LinkStatus
from app.core.i18n import tr
from app.flow.checking import CheckedAccount
from app.flow.wizard.pages import DETAILS_PAGE, SIGN_IN_PAGE, shown_pages
from app.ui.parts.page_context import PageContext
from app.ui.report.link_card import WayOn


def way_to_mend(
    context: PageContext, checked: CheckedAccount, status: LinkStatus
) -> tuple[WayOn, ...]:
    """Return the button that mends a link, where this program can with the sign-in."""
    if not any(checked.mends(finding) for finding in status.findings):
        return ()
    return (WayOn(tr("Mend it"), "mend", context.store.mend),)


def is_of_another_account(status: LinkStatus) -> bool:
    """Tell whether the link says that the sign-in is to another account than the details'."""
    return any(finding.code == "signin.wrong-account" for finding in status.findings)


def is_of_the_sign_in(status: LinkStatus) -> bool:
    """Tell whether the link says that the sign-in does not work."""
    return any(finding.code.startswith("signin.") for finding in status.findings)


def ways_to_the_account(context: PageContext) -> tuple[WayOn, ...]:
    """Return the buttons that lead to the right account: to the sign-in where that has a page."""
    other = WayOn(
        tr("Sign in to another account"),
        "otherAccount",
        lambda: context.store.go_to(SIGN_IN_PAGE.id),
    )
    has_page = SIGN_IN_PAGE in shown_pages(context.store.state)
    return (*((other,) if has_page else ()), way_to_the_account(context))


def way_to_the_account(context: PageContext) -> WayOn:
    """Return the button that leads to the account in the details."""
    return WayOn(
        tr("Change the account"), "changeAccount", lambda: context.store.go_to(DETAILS_PAGE.id)
    )
