"""What the pages reach beyond the window: AWS, UbiQuity, the exports.

It is much to load, and the first page needs none of it: it is made when a page first asks for it
(``PageContext.reach``), and loaded once the window has been seen (``app.bootstrap``).
"""

from app.core.frozen import frozen
from app.flow.console_sign_in import Console
from app.flow.identity_center import Portal
from app.flow.ports.accounts import PracticeExample
from app.flow.ports.files import Handoff
from app.flow.wizard.actions import SetupActions


@frozen
class Reach:
    """The actions, and what else is not the window's own.

    ``practice_examples`` fill the form in with the practice AWS's own values.
    """

    actions: SetupActions
    handoff: Handoff
    practice_examples: tuple[PracticeExample, ...] = ()
    portal: Portal | None = None
    """IAM Identity Center; None where there is none, as on the practice AWS."""
    console: Console | None = None
    """The sign-in of the AWS console; None where there is none."""
