"""The clients of one sign-in: made once, shared by all threads."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol, cast

from botocore.config import Config

from app.aws.access import Access, NamedProfile, given_address
from app.aws.mfa import CodePrompt
from app.aws.own_addresses import other_address
from app.aws.sessions import open_session
from app.aws.transport.aws_clock import AwsClock
from app.flow.clocks import Clock

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.session import Session as CoreSession
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sts import STSClient

# A change is sent once: a second attempt after a lost answer would meet what the first one made.
_ONCE: Final = Config(read_timeout=30, retries={"mode": "standard", "total_max_attempts": 1})

# Nothing turns on the event history, which not everything that answers like AWS has.
_BRIEFLY: Final = Config(read_timeout=10, retries={"mode": "standard", "total_max_attempts": 1})


class CloudTrailClient(Protocol):
    """The one call of CloudTrail's that is made; its records are other people's text."""

    def lookup_events(self, **asked: object) -> Mapping[str, object]:
        """Return a page of the event history."""


@dataclass(frozen=True, slots=True)
class SessionKeys:
    """The credentials of an assumed role; they expire within the hour."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str = field(repr=False)
    expires: datetime | None = None
    """When they end (UTC)."""


def _as_if_redirected(context: dict[str, dict[str, object]], **_: object) -> None:
    """Let botocore take the request for one that it has sent on already: it does so once."""
    context["s3_redirect"]["redirected"] = True


def stay_in_region(client: "S3Client") -> None:
    """Let ``client`` give the answer of its own region, and follow no bucket to another."""
    client.meta.events.register("before-call.s3", _as_if_redirected)


class Clients:
    """Makes clients for ``access`` and keeps them.

    A session costs much, and making clients from it in several threads is not safe, while
    clients are safe to share: so there is one session, opened at the first client, behind a
    lock. Every method blocks and raises what botocore raises where settings or credentials
    can't be used: they belong inside of ``attempt``, as the calls do.
    """

    def __init__(
        self,
        access: Access,
        ask_code: CodePrompt | None = None,
        now: Clock = lambda: datetime.now(UTC),
    ) -> None:
        """``ask_code`` is asked for the code of an MFA device, in the calling thread.

        ``now`` is this computer's own clock, beside which AWS's is held.
        """
        self.access = access
        self._ask_code = ask_code
        self._lock = threading.Lock()
        self._session: CoreSession | None = None
        self._kept: dict[tuple[str, str | None, Config | None], object] = {}
        self.clock = AwsClock(now)
        """What time AWS's answers to these clients say it is."""

    @property
    def profile(self) -> str | None:
        """The profile that signs in, where one was named."""
        return self.access.name if isinstance(self.access, NamedProfile) else None

    @property
    def other_endpoint(self) -> str | None:
        """The addresses that are not AWS's own, of the clients made so far; None for none.

        Keys that were given for one address are meant for it.
        """
        if given_address(self.access):
            return None
        with self._lock:
            clients = [cast("BaseClient", client) for client in self._kept.values()]
        others = {other_address(client.meta.endpoint_url) for client in clients}
        return ", ".join(sorted(filter(None, others))) or None

    def access_key_id(self) -> str | None:
        """Return the id of the key that signs from now on, renewed if need be; None for none.

        Another one may belong to somebody else: a profile's process gives what it likes.
        """
        with self._lock:
            credentials = self._opened().get_credentials()
        return credentials.get_frozen_credentials().access_key if credentials else None

    def iam(self, *, changing: bool = False) -> "IAMClient":
        """Return the IAM client; ``changing`` for the one that sends each request once."""
        return cast("IAMClient", self._client("iam", None, _ONCE if changing else None))

    def sts(self, region: str | None = None) -> "STSClient":
        """Return the STS client of ``region``; None for the session's own."""
        return cast("STSClient", self._client("sts", region))

    def s3(self, region: str, *, changing: bool = False) -> "S3Client":
        """Return the S3 client of ``region``; ``changing`` as for IAM."""
        return cast("S3Client", self._client("s3", region, _ONCE if changing else None))

    def kms(self, region: str, *, changing: bool = False) -> "KMSClient":
        """Return the KMS client of ``region``; ``changing`` as for IAM."""
        return cast("KMSClient", self._client("kms", region, _ONCE if changing else None))

    def cloudtrail(self, region: str) -> CloudTrailClient:
        """Return the CloudTrail client of ``region``, which asks once and does not wait long."""
        return cast("CloudTrailClient", self._client("cloudtrail", region, _BRIEFLY))

    def has_event_history(self, region: str) -> bool:
        """Tell whether CloudTrail of ``region`` is asked where IAM is, be that AWS itself or not.

        Else it would know of another account: addresses can be set for each service by itself.
        """
        if given_address(self.access):
            return True
        clients = (self.iam(), cast("BaseClient", self.cloudtrail(region)))
        elsewhere = [other_address(client.meta.endpoint_url) is not None for client in clients]
        return elsewhere[0] == elsewhere[1]

    def s3_staying(self, region: str) -> "S3Client":
        """Return the S3 client that stays in ``region``, as ``s3_as`` does, with the sign-in."""
        place = ("s3-staying", region, None)
        with self._lock:
            if place not in self._kept:
                client = cast("S3Client", self._new("s3", region, None, None))
                stay_in_region(client)
                self._kept[place] = client
            return cast("S3Client", self._kept[place])

    def s3_as(self, keys: SessionKeys, region: str, *, changing: bool = False) -> "S3Client":
        """Return a new S3 client that signs with ``keys`` and stays in ``region``.

        ``changing`` as for IAM.

        botocore sends a request for a bucket elsewhere on to the bucket's own region; here a
        wrong region has to show, as it does for the connector.
        """
        with self._lock:
            config = _ONCE if changing else None
            client = cast("S3Client", self._new("s3", region, config, keys))
        stay_in_region(client)
        return client

    def _client(self, service: str, region: str | None, config: Config | None = None) -> object:
        place = (service, region, config)
        with self._lock:
            if place not in self._kept:
                self._kept[place] = self._new(service, region, config, None)
            return self._kept[place]

    def _opened(self) -> "CoreSession":
        if self._session is None:
            self._session = open_session(self.access, self._ask_code)
            self.clock.listen(self._session.get_component("event_emitter"))
        return self._session

    def _new(
        self, service: str, region: str | None, config: Config | None, keys: SessionKeys | None
    ) -> object:
        address = given_address(self.access)
        return self._opened().create_client(
            service,
            region_name=region,
            endpoint_url=address,
            config=config,
            aws_access_key_id=keys.access_key_id if keys else None,
            aws_secret_access_key=keys.secret_access_key if keys else None,
            aws_session_token=keys.session_token if keys else None,
        )
