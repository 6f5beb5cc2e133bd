"""Keeps moto to itself: no hand in the program's own boto3, no look at the user's AWS files.

Importing moto appends a handler to botocore's list, which every client made afterwards would
carry; and moto's table of regions asks a boto3 session, which would read AWS_PROFILE and the
user's config file, and fail with them. Imports moto when called.
"""

import functools
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import boto3
    from _typeshed.wsgi import WSGIApplication

_OVERRIDES: Final = ("MOTO_ACCOUNT_ID",)
"""Environment variables by which moto would put everybody into one account."""
_HOSTS: Final = 128
"""How many hosts are remembered: more than there are services and addresses here."""


def load_moto() -> "WSGIApplication":
    """Import moto, undo what the import did to the rest of the program, and return its server.

    The first call takes most of the practice AWS's starting time.
    """
    from moto.core.base_backend import AccountSpecificBackend
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    for name in _OVERRIDES:
        os.environ.pop(name, None)
    _forget_handler()
    session = session_without_files()
    setattr(AccountSpecificBackend, "get_session", classmethod(lambda _cls: session))  # noqa: B010
    server = DomainDispatcherApplication(create_backend_app)
    # Twice a request moto lists its own folders to see which service a host means: a tenth of all.
    service_of = functools.lru_cache(maxsize=_HOSTS)(server.get_backend_for_host)
    vars(server)["get_backend_for_host"] = service_of
    return server


def _forget_handler() -> None:
    import botocore.handlers

    handlers = botocore.handlers.BUILTIN_HANDLERS
    kept = [entry for entry in handlers if not type(entry[1]).__module__.startswith("moto.")]
    handlers[:] = kept


def session_without_files() -> "boto3.Session":
    """Return a session that knows AWS's regions and nothing of the user's files or profiles."""
    import boto3
    import botocore.session

    core = botocore.session.Session(
        {
            "profile": (None, None, None, None),
            "config_file": (None, None, os.devnull, None),
            "credentials_file": (None, None, os.devnull, None),
            "data_path": ("data_path", None, None, None),
        }
    )
    return boto3.Session(
        aws_access_key_id="practice",
        aws_secret_access_key="practice",  # noqa: S106 - not a secret: it opens nothing
        region_name="us-east-1",
        botocore_session=core,
    )
