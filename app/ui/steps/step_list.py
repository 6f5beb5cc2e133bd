"""The pages of the wizard, one line each."""

from collections.abc import Mapping

from app.flow.pages import PAGES
from app.ui.context import PageContext
from app.ui.step_page import StepPage
from app.ui.steps.check import CheckPage
from app.ui.steps.connector import ConnectorPage
from app.ui.steps.create import CreatePage
from app.ui.steps.details import DetailsPage
from app.ui.steps.explain import ExplainPage
from app.ui.steps.finish import FinishPage
from app.ui.steps.method import MethodPage
from app.ui.steps.permissions import PermissionsPage
from app.ui.steps.revoke import RevokePage
from app.ui.steps.revoke_way import RevokeWayPage
from app.ui.steps.role import RolePage
from app.ui.steps.test import TestPage
from app.ui.steps.trust import TrustPage
from app.ui.steps.welcome import WelcomePage

STEPS: Mapping[str, type[StepPage]] = {
    "welcome": WelcomePage,
    "details": DetailsPage,
    "method": MethodPage,
    "role": RolePage,
    "trust": TrustPage,
    "permissions": PermissionsPage,
    "create": CreatePage,
    "connector": ConnectorPage,
    "test": TestPage,
    "finish": FinishPage,
    "check": CheckPage,
    "explain": ExplainPage,
    "revoke-way": RevokeWayPage,
    "revoke": RevokePage,
}


def make_pages(context: PageContext) -> list[StepPage]:
    """Return a page for each line of every flow."""
    return [STEPS[page.id](page, context) for page in PAGES.values()]
