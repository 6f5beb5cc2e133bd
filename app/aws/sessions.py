"""Opening a session of botocore's for each way to reach AWS.

boto3 would add what nothing here needs, S3's transfers and resources, and three megabytes with it.
"""

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
from app.aws.mfa import CodePrompt, ask_codes_with
from app.aws.transport.core_sessions import (
    deaf_session,
    own_session,
    settle,
)
from app.aws.transport.trust import trust_the_system


def open_session(access: Access, ask_code: CodePrompt | None = None) -> CoreSession:
    """Return a session for ``access``; no call is made yet.

    ``ask_code`` is asked for the code of an MFA device where a profile names one. The session's
    clients give up soon, so that nobody waits long for an AWS that doesn't answer. Raises what
    botocore raises where its settings can't be read.
    """
    trust_the_system()
    if isinstance(access, GivenKeys):
        return _keyed(access)
    if isinstance(access, TemporaryKeys):
        core = own_session()
        keys = (access.access_key_id, access.secret_access_key, access.session_token)
        core.set_credentials(*keys)
        return core
    if isinstance(access, PortalRole):
        from app.aws.identity_center.role_credentials import take_role

        core = own_session()
        take_role(core, access.way)
        return core
    if isinstance(access, ConsoleKeys):
        from app.aws.console_sign_in.credentials import take_session

        core = own_session() if access.place is None else deaf_session()
        take_session(core, access.way, access.place)
        return core
    return _configured(access, ask_code)


def _keyed(access: GivenKeys) -> CoreSession:
    core = deaf_session(access.read_timeout)
    core.set_credentials(access.access_key_id, access.secret_access_key, access.session_token)
    return core


def _configured(access: DefaultChain | NamedProfile, ask_code: CodePrompt | None) -> CoreSession:
    from app.aws.credential_process import run_processes_widely

    core = CoreSession(profile=access.name if isinstance(access, NamedProfile) else None)
    settle(core)
    resolver = core.get_component("credential_provider")
    ask_codes_with(resolver, ask_code)
    run_processes_widely(resolver)
    return core
