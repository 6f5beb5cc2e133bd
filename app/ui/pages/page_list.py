"""The pages of the wizard, one function each: a page's module is loaded when it is first shown."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from app.flow.wizard.pages import PAGES
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import WizardPage


def _welcome() -> type[WizardPage]:
    from app.ui.pages.welcome import WelcomePage

    return WelcomePage


def _details() -> type[WizardPage]:
    from app.ui.pages.details import DetailsPage

    return DetailsPage


def _method() -> type[WizardPage]:
    from app.ui.pages.method import MethodPage

    return MethodPage


def _sign_in() -> type[WizardPage]:
    from app.ui.pages.sign_in import SignInPage

    return SignInPage


def _role() -> type[WizardPage]:
    from app.ui.pages.role import RolePage

    return RolePage


def _trust() -> type[WizardPage]:
    from app.ui.pages.trust import TrustPage

    return TrustPage


def _permissions() -> type[WizardPage]:
    from app.ui.pages.permissions import PermissionsPage

    return PermissionsPage


def _create() -> type[WizardPage]:
    from app.ui.pages.create import CreatePage

    return CreatePage


def _handoff() -> type[WizardPage]:
    from app.ui.pages.handoff import HandoffPage

    return HandoffPage


def _cloudshell() -> type[WizardPage]:
    from app.ui.pages.cloudshell import CloudshellPage

    return CloudshellPage


def _connector() -> type[WizardPage]:
    from app.ui.pages.connector import ConnectorPage

    return ConnectorPage


def _test() -> type[WizardPage]:
    from app.ui.pages.connection import ConnectionPage

    return ConnectionPage


def _finish() -> type[WizardPage]:
    from app.ui.pages.finish import FinishPage

    return FinishPage


def _check() -> type[WizardPage]:
    from app.ui.pages.check import CheckPage

    return CheckPage


def _explain() -> type[WizardPage]:
    from app.ui.pages.explain import ExplainPage

    return ExplainPage


def _revoke_way() -> type[WizardPage]:
    from app.ui.pages.revoke_way import RevokeWayPage

    return RevokeWayPage


def _revoke() -> type[WizardPage]:
    from app.ui.pages.revoke import RevokePage

    return RevokePage


STEPS: Final[Mapping[str, Callable[[], type[WizardPage]]]] = {
    "welcome": _welcome,
    "details": _details,
    "method": _method,
    "sign-in": _sign_in,
    "role": _role,
    "trust": _trust,
    "permissions": _permissions,
    "create": _create,
    "handoff": _handoff,
    "cloudshell": _cloudshell,
    "connector": _connector,
    "test": _test,
    "finish": _finish,
    "check": _check,
    "explain": _explain,
    "revoke-way": _revoke_way,
    "revoke": _revoke,
}


def make_page(page_id: str, context: PageContext) -> WizardPage:
    """Return the page of a line of a flow, newly made."""
    return STEPS[page_id]()(PAGES[page_id], context)


def load_pages(page_ids: Iterable[str]) -> None:
    """Load the modules of these pages; no page is made. May be called in a thread."""
    for page_id in page_ids:
        STEPS[page_id]()
