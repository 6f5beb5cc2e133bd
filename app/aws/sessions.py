"""Opening a boto3 session for each way to reach AWS."""

from typing import Final

import boto3
from botocore.config import Config
from botocore.configprovider import ConfigValueStore, ConstantProvider
from botocore.exceptions import RefreshWithMFAUnsupportedError
from botocore.session import Session as CoreSession

from app import __version__
from app.aws.access import Access, GivenKeys, NamedProfile
from app.aws.trust import trust_the_system

HOME_REGION: Final = "us-east-1"
"""Where IAM and STS are asked if no setting names a region."""

_TIMES: Final = Config(
    connect_timeout=5,
    read_timeout=15,
    retries={"mode": "standard", "total_max_attempts": 3},
    user_agent_extra=f"ubiquity-s3-setup/{__version__}",
)
_ONE_ADDRESS: Final = Config(proxies={}, s3={"addressing_style": "path"})


def open_session(access: Access) -> boto3.session.Session:
    """Return a session for ``access``; no call is made yet.

    Its clients give up soon, so that nobody waits long for an AWS that doesn't answer. Raises
    what botocore raises where its settings can't be read.
    """
    trust_the_system()
    core = _keyed(access) if isinstance(access, GivenKeys) else _configured(access)
    return boto3.session.Session(botocore_session=core)


def _keyed(access: GivenKeys) -> CoreSession:
    core = CoreSession()
    core.register_component("config_store", _no_settings(core))
    core.set_credentials(access.access_key_id, access.secret_access_key, access.session_token)
    times = _TIMES.merge(_ONE_ADDRESS)
    if access.read_timeout is not None:
        times = times.merge(Config(read_timeout=access.read_timeout))
    core.set_default_client_config(times)
    return core


def _no_settings(core: CoreSession) -> ConfigValueStore:
    """Return botocore's own default for every setting, deaf to environment and config files."""
    defaults = {name: row[2] for name, row in core.SESSION_VARIABLES.items()}
    chosen = {**defaults, "config_file": None, "credentials_file": None, "region": HOME_REGION}
    return ConfigValueStore({name: ConstantProvider(value) for name, value in chosen.items()})


def _configured(access: Access) -> CoreSession:
    core = CoreSession(profile=access.name if isinstance(access, NamedProfile) else None)
    # botocore fetches a role's credentials in the region of the session: without one it fails.
    core.set_config_variable("region", core.get_config_variable("region") or HOME_REGION)
    core.set_default_client_config(_TIMES)
    resolver = core.get_component("credential_provider")
    # A window has no console on which botocore could ask for an MFA code.
    resolver.get_provider("assume-role")._prompter = _no_console  # noqa: SLF001
    return core


def _no_console(_question: str) -> str:
    raise RefreshWithMFAUnsupportedError
