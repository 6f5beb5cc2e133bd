"""botocore's sessions with the settings of this computer, for whatever credentials come to them.

Settings are addresses, proxies, certificates and the region. Every client of these sessions gives
up soon, so that nobody waits long for an AWS that doesn't answer.
"""

import functools
from typing import Final

from botocore.config import Config
from botocore.configprovider import ConfigValueStore, ConstantProvider
from botocore.exceptions import ConfigParseError
from botocore.loaders import Loader, create_loader
from botocore.session import Session as CoreSession
from botocore.tokens import TokenProviderChain

from app import __version__
from app.aws.transport.answers import look_at_answers
from app.aws.transport.bounds import note_what_is_sent
from app.aws.transport.failures import keep_quiet
from app.aws.transport.lean_models import LeanFiles
from app.aws.transport.trust import trust_the_system

HOME_REGION: Final = "us-east-1"
"""Where IAM and STS are asked if no setting names a region."""

CALLS_AT_ONCE: Final = 32
"""How many calls run side by side at most (``app.aws.reading``), each over a connection of its own:
one that finds no place among those kept is opened, and closed again, for one call."""

_TIMES: Final = Config(
    connect_timeout=5,
    max_pool_connections=CALLS_AT_ONCE,
    read_timeout=15,
    retries={"mode": "standard", "total_max_attempts": 3},
    user_agent_extra=f"ubiquity-s3-setup/{__version__}",
)


_ONE_ADDRESS: Final = Config(proxies={}, s3={"addressing_style": "path"})


def settings_only() -> CoreSession:
    """Return a session with this computer's AWS settings, and none of its profiles' sign-ins.

    The settings are those of the environment and of the default profile: AWS_PROFILE may name
    another, or one that is not there, and says nothing about a sign-in that was just chosen.
    """
    trust_the_system()
    core = CoreSession()
    core.get_component("config_store").set_config_provider("profile", ConstantProvider(None))
    core.set_config_variable("region", core.get_config_variable("region") or HOME_REGION)
    guard(core)
    core.register_component("token_provider", TokenProviderChain([]))
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
    settle(core)
    return core


def deaf_session(read_timeout: float | None = None) -> CoreSession:
    """Return a session for one given address: nothing of this computer's AWS settings counts.

    ``read_timeout`` are the seconds to wait for an answer, where that has to be other than usual.
    """
    core = CoreSession()
    defaults = {name: row[2] for name, row in core.SESSION_VARIABLES.items()}
    chosen = {**defaults, "config_file": None, "credentials_file": None, "region": HOME_REGION}
    settings = {name: ConstantProvider(value) for name, value in chosen.items()}
    core.register_component("config_store", ConfigValueStore(settings))
    config = _ONE_ADDRESS
    if read_timeout is not None:
        config = config.merge(Config(read_timeout=read_timeout))
    guard(core, config)
    return core


def settle(core: CoreSession) -> None:
    """Give ``core`` a region where its settings name none, and guarded clients."""
    # botocore fetches a role's credentials in the region of the session: without one it fails.
    core.set_config_variable("region", core.get_config_variable("region") or HOME_REGION)
    guard(core)


def guard(core: CoreSession, also: Config | None = None) -> None:
    """Let the clients of ``core`` give up soon, and take nothing for an answer that is none.

    What ``also`` sets counts before that.
    """
    keep_quiet()
    note_what_is_sent(core)
    look_at_answers(core)
    _share_models(core)
    core.set_default_client_config(_TIMES if also is None else _TIMES.merge(also))


def _share_models(core: CoreSession) -> None:
    """Let ``core`` take AWS's service models from what other sessions have read already.

    To read them is what a session costs: a tenth of a second, and megabytes of memory. Clients
    of one session share them, so nothing changes them.
    """
    core.register_component("data_loader", _loader(core.get_config_variable("data_path")))


@functools.cache
def _loader(data_path: str | None) -> Loader:
    """Return what reads the models of a place, and keeps them for the whole process."""
    loader = create_loader(data_path)
    loader.file_loader = LeanFiles()
    return loader
