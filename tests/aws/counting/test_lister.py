"""One request of the process: it is the ordinary client's, and its answer means the same."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from app.aws.access import DefaultChain, GivenKeys
from app.aws.clients import Clients, SessionKeys
from app.aws.counting.course import RequestFailure
from app.aws.counting.first_pages import list_page
from app.aws.counting.key_ranges import Ask, KeyRange
from app.aws.counting.lister import Lister
from app.aws.counting.messages import ListingEndpoint, SigningKeys
from app.aws.counting.page_reader import ReadPage
from app.aws.transport.connections import BoundedSession
from tests.aws.hostile_server import REPLIES, hostile
from tests.helpers.listing_server import Bucket, ListingServer, error, listing

BUCKET, REGION, PREFIX = "customer-data-imports", "ap-southeast-2", "in put/ä+%2F&="
KEYS = SigningKeys("AKIAROLE", "secret", "token/+=")
AFTER = f"{PREFIX}\x01~*'() \U0010ffff"


class Sent:
    """The requests that went out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.requests: list[AWSPreparedRequest] = []
        send = BoundedSession.send

        def noted(session: BoundedSession, request: AWSPreparedRequest) -> AWSResponse:
            self.requests.append(request)
            return send(session, request)

        monkeypatch.setattr(BoundedSession, "send", noted)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    return Sent(monkeypatch)


@pytest.fixture
def url() -> Iterator[str]:
    with listing(ListingServer(Bucket.of([f"{PREFIX}{number}" for number in range(9)]))) as url:
        yield url


def _as_sent_over(place: ListingEndpoint) -> ListingEndpoint:
    """Return ``place`` as it comes out of a line of JSON."""
    return ListingEndpoint(**json.loads(json.dumps(asdict(place))))


def _ask(after: str = "", token: str | None = None) -> Ask:
    return Ask(KeyRange(after, None, after), after, token)


@pytest.mark.parametrize(("after", "token"), [("", None), (AFTER, None), ("", "20/+= ")])
def test_it_signs_what_the_ordinary_client_signs(
    monkeypatch: pytest.MonkeyPatch, sent: Sent, url: str, after: str, token: str | None
) -> None:
    keys = SessionKeys(KEYS.access_key_id, KEYS.secret_access_key, str(KEYS.session_token))
    client = Clients(GivenKeys(url, "AKIAOWN", "own")).s3_as(keys, REGION)
    first = list_page(client, BUCKET, PREFIX, "", None, 1000)
    assert first.place is not None
    assert first.page.keys == KEYS
    list_page(client, BUCKET, PREFIX, after, token, 1000)
    # At the same moment the same request has the same signature, whichever of botocore's signs.
    date = _header(sent.requests[-1], "X-Amz-Date")
    moment = dt.datetime.strptime(date, "%Y%m%dT%H%M%S%z")
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: moment)
    page = Lister(_as_sent_over(first.place), PREFIX, KEYS).page(_ask(after, token))
    assert isinstance(page, ReadPage)
    ordinary, own = sent.requests[-2:]
    for name in ("Authorization", "X-Amz-Date", "X-Amz-Security-Token", "User-Agent"):
        assert _header(own, name) == _header(ordinary, name), name
    assert own.url.partition("?")[0] == ordinary.url.partition("?")[0]


def _header(request: AWSPreparedRequest, name: str) -> str:
    value: object = request.headers[name]
    return value.decode() if isinstance(value, bytes) else str(value)


def test_a_proxy_and_certificates_of_the_sign_in_count(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    import botocore.httpsession

    bundle = botocore.httpsession.get_cert_path(verify=True)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://localhost:1")
    monkeypatch.setenv("HTTP_PROXY", url)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(bundle))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAROLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    first = list_page(Clients(DefaultChain()).s3(REGION), BUCKET, PREFIX, "", None, 5)
    assert first.place is not None
    monkeypatch.delenv("HTTP_PROXY")
    place = _as_sent_over(first.place)
    assert place.address == f"http://localhost:1/{BUCKET}"
    assert place.connection["verify"] == str(bundle)
    page = Lister(place, PREFIX, KEYS).page(_ask(first.page.last))
    assert isinstance(page, ReadPage)
    assert page.count == 4


ANSWERS = {
    (503, "SlowDown"): RequestFailure.SLOW_DOWN,
    (429, "Any"): RequestFailure.SLOW_DOWN,
    (400, "ThrottlingException"): RequestFailure.SLOW_DOWN,
    (200, "SlowDown"): RequestFailure.SLOW_DOWN,
    (500, "InternalError"): RequestFailure.LOST,
    (504, "Any"): RequestFailure.LOST,
    (400, "RequestTimeout"): RequestFailure.LOST,
    (200, "InternalError"): RequestFailure.LOST,
    (400, "ExpiredToken"): RequestFailure.REFUSED,
    (403, "RequestTimeTooSkewed"): RequestFailure.REFUSED,
    (403, "AccessDenied"): RequestFailure.REFUSED,
    (301, "PermanentRedirect"): RequestFailure.REFUSED,
    (404, "NoSuchBucket"): RequestFailure.REFUSED,
}


def test_what_an_answer_means() -> None:
    coming = iter([error(*answer) for answer in ANSWERS])
    server = ListingServer(Bucket.of(()), instead=lambda *_: next(coming))
    with listing(server) as url:
        lister = Lister(ListingEndpoint(f"{url}/{BUCKET}", REGION, "s3", "tests", {}), "", KEYS)
        assert {answer: lister.page(_ask()) for answer in ANSWERS} == ANSWERS


@pytest.mark.parametrize("name", [name for name in REPLIES if name != "a page of a fault"])
def test_what_comes_in_the_place_of_an_answer_is_no_page(name: str) -> None:
    with hostile(REPLIES[name]) as server:
        place = ListingEndpoint(
            f"{server.url}/{BUCKET}", REGION, "s3", "tests", {"timeout": (5, 15)}
        )
        assert Lister(place, "", KEYS).page(_ask()) in (RequestFailure.LOST, RequestFailure.REFUSED)
        assert len(server.asked) == 1


def test_nothing_goes_to_another_computer_unencrypted() -> None:
    place = ListingEndpoint(f"http://s3.example.test/{BUCKET}", REGION, "s3", "tests", {})
    assert Lister(place, "", KEYS).page(_ask()) is RequestFailure.REFUSED
