"""One request of a count: signed by botocore, sent as all others are, and its answer read.

botocore's client itself would cost three times as much for each page, and a second of its models
to begin with: the way to the bucket is worked out once, by the client of the first page.
"""

import os
import re
import threading
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError

from app.aws.counting.course import MOST_AT_ONCE, RequestFailure
from app.aws.counting.key_ranges import Ask
from app.aws.counting.messages import ListingEndpoint, SigningKeys
from app.aws.counting.page_reader import ReadPage, UnreadablePageError, read_page
from app.aws.transport.failures import UnencryptedError
from app.aws.transport.trust import http_session

_CODE: Final = re.compile(rb"<Code>\s*(\w+)\s*</Code>")
_SLOW_DOWN: Final = {"SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded"}
_MAY_PASS: Final = {"InternalError", "RequestTimeout", "ServiceUnavailable"}
"""Amazon S3 API Reference, "Error responses"."""
_OF_LOAD: Final = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS)


class Lister:
    """Asks for pages of one prefix; many threads may use it at once."""

    def __init__(self, place: ListingEndpoint, prefix: str, keys: SigningKeys) -> None:
        self.keys = keys
        """What is signed with from now on; may be exchanged at any time."""
        self.last_ids: tuple[str | None, str | None] = (None, None)
        """What S3 calls its last answer: the ids of the request and of the host."""
        self._place = place
        self._prefix = prefix
        connection = {name: _hashable(value) for name, value in place.connection.items()}
        self._reads = threading.BoundedSemaphore(os.cpu_count() or 1)
        """More pages at once would be read no sooner, and be in memory all at once."""
        self._session = http_session(**{**connection, "max_pool_connections": MOST_AT_ONCE})

    def page(self, ask: Ask) -> ReadPage | RequestFailure:
        """Return the page that answers ``ask``, or why none came."""
        request = AWSRequest(
            method="GET",
            url=f"{self._place.address}?{self._query(ask)}",
            headers={"User-Agent": self._place.user_agent},
        )
        keys = self.keys
        credentials = Credentials(keys.access_key_id, keys.secret_access_key, keys.session_token)
        S3SigV4Auth(credentials, self._place.service, self._place.region).add_auth(request)
        try:
            response = self._session.send(request.prepare())
        except UnencryptedError:
            return RequestFailure.REFUSED
        except BotoCoreError:
            return RequestFailure.LOST
        headers = response.headers
        self.last_ids = headers.get("x-amz-request-id"), headers.get("x-amz-id-2")
        with self._reads:
            return _answer(response)

    def _query(self, ask: Ask) -> str:
        """Return the query of the request, written as it is signed: by name, and escaped."""
        asked = {"encoding-type": "url", "list-type": "2", "max-keys": str(ask.max_keys)}
        if ask.token is not None:
            asked["continuation-token"] = ask.token
        elif ask.after:
            asked["start-after"] = ask.after
        if self._prefix:
            asked["prefix"] = self._prefix
        return "&".join(f"{name}={quote(asked[name], safe='-._~')}" for name in sorted(asked))


def _hashable(value: object) -> Any:  # noqa: ANN401 - botocore's settings are of many types
    """Return a setting as botocore makes it, in the place of JSON's list: urllib3 keys by it."""
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


def _answer(response: AWSResponse) -> ReadPage | RequestFailure:
    body = response.content
    if response.status_code == HTTPStatus.OK:
        try:
            return read_page(body)
        except UnreadablePageError:
            return _trouble(body, RequestFailure.LOST)
    if response.status_code in _OF_LOAD:
        return RequestFailure.SLOW_DOWN
    at_fault = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    return _trouble(body, RequestFailure.LOST if at_fault else RequestFailure.REFUSED)


def _trouble(body: bytes, otherwise: RequestFailure) -> RequestFailure:
    """Return what the error in ``body`` means; some errors come with another status than theirs."""
    found = _CODE.search(body)
    code = found[1].decode() if found else ""
    if code in _SLOW_DOWN:
        return RequestFailure.SLOW_DOWN
    return RequestFailure.LOST if code in _MAY_PASS else otherwise
