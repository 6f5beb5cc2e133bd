"""The access portals that the config files of this computer name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.fields.start_url import same_portal
from app.flow.identity_center import PortalPlace


@dataclass(frozen=True, slots=True)
class ConfiguredPortal:
    """A portal as a config file names it.

    ``session_name`` is that of its ``[sso-session …]``; None for the older form, in which each
    profile holds the start URL itself. ``scopes`` are the session's ``sso_registration_scopes``,
    None where it has none: the AWS CLI tells the two apart.
    """

    start_url: str
    region: str
    session_name: str | None = None
    scopes: tuple[str, ...] | None = None

    @property
    def place(self) -> PortalPlace:
        """Where it is."""
        return PortalPlace(self.start_url, self.region)


def configured_portals(config: Mapping[str, Any]) -> tuple[ConfiguredPortal, ...]:
    """Return the portals of botocore's ``full_config``: named sessions first, each once."""
    return tuple(dict.fromkeys([*_named(config), *_of_profiles(config)]))


def portals_at(
    place: PortalPlace, portals: Iterable[ConfiguredPortal]
) -> tuple[ConfiguredPortal, ...]:
    """Return those of ``portals`` that are at ``place``; a new one where there is none."""
    portals_there = tuple(
        portal
        for portal in portals
        if portal.region == place.region and same_portal(portal.start_url, place.start_url)
    )
    return portals_there or (ConfiguredPortal(place.start_url, place.region),)


def _named(config: Mapping[str, Any]) -> Iterator[ConfiguredPortal]:
    for name, settings in config.get("sso_sessions", {}).items():
        if "sso_start_url" in settings and "sso_region" in settings:
            yield ConfiguredPortal(
                settings["sso_start_url"], settings["sso_region"], name, _scopes(settings)
            )


def _scopes(settings: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the scopes as the AWS CLI reads them: an empty list is another than none."""
    if "sso_registration_scopes" not in settings:
        return None
    scopes = (scope.strip() for scope in settings["sso_registration_scopes"].split(","))
    return tuple(scope for scope in scopes if scope)


def _of_profiles(config: Mapping[str, Any]) -> Iterator[ConfiguredPortal]:
    for settings in config.get("profiles", {}).values():
        older = "sso_session" not in settings
        if older and "sso_start_url" in settings and "sso_region" in settings:
            yield ConfiguredPortal(settings["sso_start_url"], settings["sso_region"])
