"""Opening a boto3 session for each way to reach AWS."""

import functools
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.configprovider import ConfigValueStore, ConstantProvider
from botocore.exceptions import ConfigParseError
from botocore.loaders import create_loader
from botocore.session import Session as CoreSession
from botocore.tokens import TokenProviderChain

from app import __version__
from app.aws.access import Access, DefaultChain, GivenKeys, NamedProfile, TemporaryKeys
from app.aws.credential_process import run_processes_widely
from app.aws.identity_center.access import PortalRole
from app.aws.identity_center.role_credentials import take_role
from app.aws.mfa import CodePrompt, ask_codes_with
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


def open_session(access: Access, ask_code: CodePrompt | None = None) -> boto3.session.Session:
    """Return a session for ``access``; no call is made yet.

    ``ask_code`` is asked for the code of an MFA device where a profile names one. The session's
    clients give up soon, so that nobody waits long for an AWS that doesn't answer. Raises what
    botocore raises where its settings can't be read.
    """
    trust_the_system()
    core = _core(access, ask_code)
    _share_models(core)
    return boto3.session.Session(botocore_session=core)


def _core(access: Access, ask_code: CodePrompt | None) -> CoreSession:
    if isinstance(access, GivenKeys):
        return _keyed(access)
    if isinstance(access, TemporaryKeys):
        core = own_session()
        keys = (access.access_key_id, access.secret_access_key, access.session_token)
        core.set_credentials(*keys)
        return core
    if isinstance(access, PortalRole):
        core = own_session()
        take_role(core, access.way)
        return core
    return _configured(access, ask_code)


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


def settings_only() -> CoreSession:
    """Return a session with this computer's AWS settings, and none of its profiles' sign-ins.

    The settings are those of the environment and of the default profile: AWS_PROFILE may name
    another, or one that is not there, and says nothing about a sign-in that was just chosen.
    """
    trust_the_system()
    core = CoreSession()
    core.get_component("config_store").set_config_provider("profile", ConstantProvider(None))
    core.set_config_variable("region", core.get_config_variable("region") or HOME_REGION)
    core.set_default_client_config(_TIMES)
    core.register_component("token_provider", TokenProviderChain([]))
    _share_models(core)
    return core


def _configured(access: DefaultChain | NamedProfile, ask_code: CodePrompt | None) -> CoreSession:
    core = CoreSession(profile=access.name if isinstance(access, NamedProfile) else None)
    _settle(core)
    resolver = core.get_component("credential_provider")
    ask_codes_with(resolver, ask_code)
    run_processes_widely(resolver)
    return core


def own_session() -> CoreSession:
    """Return a session for credentials of ours: of this computer's settings the default ones count.

    That is addresses, proxies, certificates and region, without any profile that is named by the
    environment. Config files that can't be read are left out: they hold nothing that is needed.
    """
    core = CoreSession()
    store = core.get_component("config_store")
    store.set_config_provider("profile", ConstantProvider(None))
    try:
        core.full_config  # noqa: B018 - it is read, and kept, here
    except (ConfigParseError, OSError, UnicodeDecodeError):
        for name in ("config_file", "credentials_file"):
            store.set_config_provider(name, ConstantProvider(None))
    _settle(core)
    return core


def _settle(core: CoreSession) -> None:
    # botocore fetches a role's credentials in the region of the session: without one it fails.
    core.set_config_variable("region", core.get_config_variable("region") or HOME_REGION)
    core.set_default_client_config(_TIMES)


def _share_models(core: CoreSession) -> None:
    """Let ``core`` take AWS's service models from what other sessions have read already.

    To read them is what a session costs: a tenth of a second, and megabytes of memory. Clients
    of one session share them, so nothing changes them.
    """
    data_path = core.get_config_variable("data_path")
    loader = create_loader(data_path)
    # A loader each, since boto3 adds to its search paths; botocore has no public way to the rest.
    vars(loader)["_cache"] = _models_read(data_path)
    core.register_component("data_loader", loader)


@functools.cache
def _models_read(data_path: str | None) -> dict[Any, Any]:  # noqa: ARG001 - it tells them apart
    """Return where the models of a place are kept for the whole process, once they were read."""
    return {}
