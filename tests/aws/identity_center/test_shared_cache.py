"""One cache for this program and the AWS CLI: each finds the other's sessions."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from botocore.credentials import SSOProvider
from botocore.session import Session
from botocore.tokens import SSOTokenProvider
from botocore.utils import JSONFileCache

from app.aws.identity_center.portal import IdentityCenter
from app.core.failure import AwsFailure
from app.core.sign_in import KnownPortal, PortalAccount
from app.flow.identity_center import PortalPlace
from tests.aws.identity_center.conftest import ACCOUNTS, REGION, Browser, Elsewhere
from tests.aws.identity_center.portal_server import TOKEN_LASTS, PortalServer

ACCOUNT = ACCOUNTS[0]["accountId"]
START = "https://acme.awsapps.com/start"
SESSION = f"""
[sso-session acme]
sso_start_url = {START}/
sso_region = {REGION}
sso_registration_scopes = sso:account:access

[profile work]
sso_session = acme
sso_account_id = {ACCOUNT}
sso_role_name = Admin
region = {REGION}
"""
LEGACY = f"""
[profile work]
sso_start_url = {START}/#/
sso_region = {REGION}
sso_account_id = {ACCOUNT}
sso_role_name = Admin
region = {REGION}
"""

Write = Callable[[str], None]


@pytest.fixture
def config(own_settings: Path) -> Write:
    def write(text: str) -> None:
        folder = own_settings / ".aws"
        folder.mkdir(exist_ok=True)
        (folder / "config").write_text(text)

    return write


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode()).hexdigest()  # noqa: S324 - the AWS CLI's own


def cli_token(cache: Path, name: str, **fields: str) -> None:
    """Write a token as the AWS CLI writes it."""
    cache.mkdir(parents=True, exist_ok=True)
    (cache / f"{sha1(name)}.json").write_text(json.dumps(fields))


def at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def signed_in(center: IdentityCenter, place: PortalPlace) -> None:
    answer = asyncio.run(center.sign_in(place, Browser().invited, with_code=False))
    assert isinstance(answer, datetime)


def test_the_files_have_the_clis_names_and_fields(
    center: IdentityCenter, portal: PortalServer, place: PortalPlace, cache: Path, config: Write
) -> None:
    config(SESSION)
    portal.start_url = f"{START}/"
    signed_in(center, place)
    told = {
        "tool": "botocore",
        "startUrl": f"{START}/",
        "region": REGION,
        "scopes": ["sso:account:access"],
        "session_name": "acme",
    }
    registration = json.loads(
        (cache / f"{sha1(json.dumps(told, sort_keys=True))}.json").read_text()
    )
    token = json.loads((cache / f"{sha1('acme')}.json").read_text())
    assert set(registration) == {"clientId", "clientSecret", "expiresAt", "scopes", "grantTypes"}
    assert registration["grantTypes"] == ["authorization_code", "refresh_token"]
    assert set(token) == {
        "startUrl",
        "region",
        "accessToken",
        "expiresAt",
        "clientId",
        "clientSecret",
        "registrationExpiresAt",
        "refreshToken",
    }
    assert token["startUrl"] == f"{START}/"
    assert token["expiresAt"] == at(portal.now + timedelta(seconds=TOKEN_LASTS))


def test_botocores_own_provider_uses_our_token_and_renews_it(
    center: IdentityCenter, portal: PortalServer, place: PortalPlace, cache: Path, config: Write
) -> None:
    config(SESSION)
    portal.start_url = f"{START}/"
    signed_in(center, place)
    provider = SSOTokenProvider(
        Session(profile="work"),
        cache=JSONFileCache(str(cache), dumps_func=lambda value: json.dumps(value, default=at)),
        time_fetcher=lambda: portal.now,
    )
    loaded = provider.load_token()
    assert loaded is not None
    first = loaded.get_frozen_token().token
    assert first in portal.tokens
    portal.now += timedelta(seconds=TOKEN_LASTS - 60)
    renewed = loaded.get_frozen_token().token
    assert renewed in portal.tokens
    assert renewed != first
    # And what botocore renewed is ours again.
    until = asyncio.run(center.signed_in_until(place))
    assert until == portal.now + timedelta(seconds=TOKEN_LASTS)


def test_botocores_legacy_provider_uses_our_token(
    portal: PortalServer, cache: Path, config: Write, elsewhere_person: Elsewhere
) -> None:
    config(LEGACY)
    portal.start_url = f"{START}/#/"
    portal.now = datetime.now(UTC)  # botocore's legacy provider takes no other clock
    center = IdentityCenter(clock=lambda: portal.now, sleep=elsewhere_person.sleep)
    elsewhere_person.allow_at(1)
    place = PortalPlace(START, REGION)
    answer = asyncio.run(center.sign_in(place, elsewhere_person.invited, with_code=True))
    assert isinstance(answer, datetime)
    session = Session(profile="work")
    provider = SSOProvider(
        load_config=lambda: session.full_config,
        client_creator=session.create_client,
        profile_name="work",
        token_cache=cast("dict[str, Any]", JSONFileCache(str(cache))),
    )
    credentials = provider.load()
    assert credentials is not None
    assert credentials.get_frozen_credentials().access_key == "ASIAFROMTHEPORTAL"


@pytest.mark.parametrize(("text", "name"), [(SESSION, "acme"), (LEGACY, f"{START}/#/")])
def test_a_token_of_aws_sso_login_is_used(
    text: str,
    name: str,
    center: IdentityCenter,
    portal: PortalServer,
    place: PortalPlace,
    cache: Path,
    config: Write,
) -> None:
    config(text)
    until = portal.now + timedelta(hours=1)
    portal.tokens["made-by-the-cli"] = until
    cli_token(cache, name, accessToken="made-by-the-cli", expiresAt=at(until))
    assert asyncio.run(center.signed_in_until(place)) == until
    known = asyncio.run(center.known_portals())
    assert isinstance(known, tuple)
    assert [portal.signed_in_until for portal in known] == [until]
    assert asyncio.run(center.roles(place, ACCOUNT)) == ("Admin", "Billing", "ReadOnly")


@pytest.mark.parametrize("written", ["2026-11-05T10:00:00Z", "2026-11-05T10:00:00UTC"])
def test_both_spellings_of_a_time_are_read(
    written: str, center: IdentityCenter, place: PortalPlace, cache: Path, config: Write
) -> None:
    config(SESSION)
    cli_token(cache, "acme", accessToken="t", expiresAt=written)
    assert asyncio.run(center.signed_in_until(place)) == datetime(2026, 11, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"accessToken": 5, "expiresAt": "2030-01-01T00:00:00Z"}',
     '{"accessToken": "t", "expiresAt": "soon"}', '{"accessToken": "t"}'],
)  # fmt: skip
def test_a_damaged_file_is_as_good_as_none(
    text: str, center: IdentityCenter, place: PortalPlace, cache: Path, config: Write
) -> None:
    config(SESSION)
    cache.mkdir(parents=True)
    (cache / f"{sha1('acme')}.json").write_text(text)
    assert asyncio.run(center.signed_in_until(place)) is None
    known = asyncio.run(center.known_portals())
    assert known == (KnownPortal(f"{START}/", REGION, "acme"),)


def test_a_session_that_ends_soon_is_renewed_and_kept(
    center: IdentityCenter, portal: PortalServer, place: PortalPlace
) -> None:
    signed_in(center, place)
    portal.now += timedelta(seconds=TOKEN_LASTS + 100)  # over, but it can be renewed
    until = asyncio.run(center.signed_in_until(place))
    assert until == portal.now + timedelta(seconds=TOKEN_LASTS)
    assert asyncio.run(center.signed_in_until(place)) == until
    assert portal.names() == ["RegisterClient", "CreateToken", "CreateToken"]


def test_a_refused_renewal_is_an_ended_session(
    center: IdentityCenter, portal: PortalServer, place: PortalPlace
) -> None:
    signed_in(center, place)
    portal.refresh_tokens.clear()
    portal.now += timedelta(seconds=TOKEN_LASTS - 100)
    until = asyncio.run(center.signed_in_until(place))
    assert until == portal.now + timedelta(seconds=100)  # what is left of it is used
    portal.now += timedelta(seconds=100)
    assert asyncio.run(center.signed_in_until(place)) is None
    failure = asyncio.run(center.accounts(place))
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.expired"
    signed_in(center, place)
    assert isinstance(asyncio.run(center.accounts(place)), tuple)


def test_known_portals_are_those_of_config_and_cache(
    center: IdentityCenter, portal: PortalServer, config: Write
) -> None:
    assert asyncio.run(center.known_portals()) == ()
    config(
        f"{SESSION}\n[profile old]\nsso_start_url = https://old.awsapps.com/start\n"
        "sso_region = us-east-1\n[profile half]\nsso_start_url = https://half.test\n"
    )
    signed_in(center, PortalPlace(portal.start_url, "eu-west-1"))
    known = asyncio.run(center.known_portals())
    until = portal.now + timedelta(seconds=TOKEN_LASTS)
    assert known == (
        KnownPortal(f"{START}/", REGION, "acme"),
        KnownPortal("https://old.awsapps.com/start", "us-east-1"),
        KnownPortal(portal.start_url, "eu-west-1", None, until),
    )


def test_a_broken_config_names_its_line(center: IdentityCenter, config: Write) -> None:
    config("[profile x]\nnonsense without equals\n")
    failure = asyncio.run(center.known_portals())
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.config-broken"
    assert failure.params["line"] == 2


def test_a_profile_that_is_not_there_does_not_matter(
    center: IdentityCenter, place: PortalPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "not-there")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOTHER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "other")
    signed_in(center, place)
    assert isinstance(asyncio.run(center.accounts(place)), tuple)


def test_all_pages_of_accounts_and_roles_are_read(
    center: IdentityCenter, place: PortalPlace, portal: PortalServer
) -> None:
    signed_in(center, place)
    accounts = asyncio.run(center.accounts(place))
    assert accounts == tuple(
        PortalAccount(row["accountId"], row["accountName"], row["emailAddress"]) for row in ACCOUNTS
    )
    assert asyncio.run(center.roles(place, ACCOUNT)) == ("Admin", "Billing", "ReadOnly")
    assert portal.names().count("ListAccounts") == 3
    failure = asyncio.run(center.roles(place, ACCOUNTS[1]["accountId"]))
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("ForbiddenException", None)


def test_each_service_may_have_an_address_of_its_own(
    center: IdentityCenter,
    place: PortalPlace,
    portal: PortalServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", portal.url)
    monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", portal.url)
    signed_in(center, place)
    assert isinstance(asyncio.run(center.accounts(place)), tuple)


def test_a_service_that_is_not_there_is_a_failure(
    center: IdentityCenter,
    place: PortalPlace,
    monkeypatch: pytest.MonkeyPatch,
    portal: PortalServer,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    failure = asyncio.run(center.sign_in(place, lambda _: None, with_code=False))
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "env.offline"
    monkeypatch.setenv("AWS_ENDPOINT_URL", portal.url)
    signed_in(center, place)
