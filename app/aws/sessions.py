"""Opening a boto3 session for each way to reach AWS."""

from typing import Final

import boto3
from botocore.config import Config
from botocore.configprovider import ConfigValueStore, ConstantProvider
from botocore.session import Session as CoreSession

from app.aws.access import (
    Access,
    ConsoleKeys,
    DefaultChain,
    GivenKeys,
    NamedProfile,
    PortalRole,
    TemporaryKeys,
)
from app.aws.console_sign_in.credentials import take_session
from app.aws.credential_process import run_processes_widely
from app.aws.identity_center.role_credentials import take_role
from app.aws.mfa import CodePrompt, ask_codes_with
from app.aws.transport.core_sessions import (
    HOME_REGION,
    guard,
    own_session,
    settle,
    share_models,
)
from app.aws.transport.trust import trust_the_system

_ONE_ADDRESS: Final = Config(proxies={}, s3={"addressing_style": "path"})


def open_session(access: Access, ask_code: CodePrompt | None = None) -> boto3.session.Session:
    """Return a session for ``access``; no call is made yet.

    ``ask_code`` is asked for the code of an MFA device where a profile names one. The session's
    clients give up soon, so that nobody waits long for an AWS that doesn't answer. Raises what
    botocore raises where its settings can't be read.
    """
    trust_the_system()
    core = _core(access, ask_code)
    share_models(core)
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
    if isinstance(access, ConsoleKeys):
        core = own_session()
        take_session(core, access.way)
        return core
    return _configured(access, ask_code)


def _keyed(access: GivenKeys) -> CoreSession:
    core = CoreSession()
    core.register_component("config_store", _no_settings(core))
    core.set_credentials(access.access_key_id, access.secret_access_key, access.session_token)
    config = _ONE_ADDRESS
    if access.read_timeout is not None:
        config = config.merge(Config(read_timeout=access.read_timeout))
    guard(core, config)
    return core


def _no_settings(core: CoreSession) -> ConfigValueStore:
    """Return botocore's own default for every setting, deaf to environment and config files."""
    defaults = {name: row[2] for name, row in core.SESSION_VARIABLES.items()}
    chosen = {**defaults, "config_file": None, "credentials_file": None, "region": HOME_REGION}
    return ConfigValueStore({name: ConstantProvider(value) for name, value in chosen.items()})


def _configured(access: DefaultChain | NamedProfile, ask_code: CodePrompt | None) -> CoreSession:
    core = CoreSession(profile=access.name if isinstance(access, NamedProfile) else None)
    settle(core)
    resolver = core.get_component("credential_provider")
    ask_codes_with(resolver, ask_code)
    run_processes_widely(resolver)
    return core
