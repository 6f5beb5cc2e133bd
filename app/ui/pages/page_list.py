"""The pages of the wizard, one line each."""

from collections.abc import Mapping

from app.flow.wizard.pages import PAGES
from app.ui.pages.check import CheckPage
from app.ui.pages.cloudshell import CloudshellPage
from app.ui.pages.connection import ConnectionPage
from app.ui.pages.connector import ConnectorPage
from app.ui.pages.create import CreatePage
from app.ui.pages.details import DetailsPage
from app.ui.pages.explain import ExplainPage
from app.ui.pages.finish import FinishPage
from app.ui.pages.handoff import HandoffPage
from app.ui.pages.method import MethodPage
from app.ui.pages.permissions import PermissionsPage
from app.ui.pages.revoke import RevokePage
from app.ui.pages.revoke_way import RevokeWayPage
from app.ui.pages.role import RolePage
from app.ui.pages.sign_in import SignInPage
from app.ui.pages.trust import TrustPage
from app.ui.pages.welcome import WelcomePage
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import WizardPage

STEPS: Mapping[str, type[WizardPage]] = {
    "welcome": WelcomePage,
    "details": DetailsPage,
    "method": MethodPage,
    "sign-in": SignInPage,
    "role": RolePage,
    "trust": TrustPage,
    "permissions": PermissionsPage,
    "create": CreatePage,
    "handoff": HandoffPage,
    "cloudshell": CloudshellPage,
    "connector": ConnectorPage,
    "test": ConnectionPage,
    "finish": FinishPage,
    "check": CheckPage,
    "explain": ExplainPage,
    "revoke-way": RevokeWayPage,
    "revoke": RevokePage,
}


def make_pages(context: PageContext) -> list[WizardPage]:
    """Return a page for each line of every flow."""
    return [STEPS[page.id](page, context) for page in PAGES.values()]
