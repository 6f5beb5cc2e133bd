"""Joins the look for a newer version: the build's address, the network, and what is kept."""

from app import __version__
from app.core.newer_version import LookProblem, UpdateSource
from app.flow.newer_version import Asking, NewerVersion
from app.system.own_folders import data_folder
from app.system.settings_file import SettingsFile
from app.system.update_files import LookFile, PermissionInSettings, update_source


def newer_version(settings: SettingsFile) -> NewerVersion:
    """Return what looks for a newer version of this program, where ``settings`` allow it."""
    source = update_source()
    asking = Asking(source, _ask, _is_signed) if isinstance(source, UpdateSource) else None
    permission = PermissionInSettings(settings)
    return NewerVersion(asking, permission, LookFile(data_folder()), __version__)


def _ask(address: str) -> bytes | LookProblem:
    from app.aws.update_request import ask  # botocore: after the first paint

    return ask(address)


def _is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    from app.aws.transport.signatures import is_signed

    return is_signed(public_key, message, signature)
