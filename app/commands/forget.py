"""``forget``: deletes the sign-ins that the program was allowed to keep in the keyring.

The window deletes each where it is listed. This one is for whoever takes the program off a
computer, and what the Windows uninstaller calls before it deletes the saved details: the keyring is
not one of their files.
"""

from app.commands.exit_status import FAILED
from app.commands.output import say, tell
from app.core.i18n import tr
from app.system.credential_store import CredentialStore


def forget_sign_ins() -> int:
    """Delete every kept sign-in; return 1, having said why, where the keyring refuses."""
    why_not = CredentialStore().forget_all()
    if why_not is not None:
        tell(why_not)
        return FAILED
    say(tr("This computer keeps no sign-in for this program."))
    return 0
