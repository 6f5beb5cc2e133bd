"""AWS as these tests have it: moto on 127.0.0.1, and answers put in front of it."""

import functools
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.loaders import create_loader
from botocore.session import Session as CoreSession

from app.aws.access import GivenKeys
from app.aws.transport.core_sessions import deaf_session
from app.core.draft import BucketEntry, Draft
from app.core.guide import EXAMPLE_DATABASE_ID

ACCOUNT = "123456789012"
"""moto's account."""
REGION = "ap-southeast-2"
BUCKET = "customer-data-imports"
SAYS = "User: jo is not authorized"
"""The text of a canned refusal."""

Answer = Callable[[AWSPreparedRequest], AWSResponse | None]


class _Raw(io.BytesIO):
    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


def answer(status: int, body: str = "", **headers: str) -> Answer:
    """Return an answer with ``body``; header names with ``_`` for ``-``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("x-amzn-RequestId", "R1")
    return lambda request: AWSResponse(
        request.url, status, HTTPHeaders.from_dict(named), _Raw(body.encode())
    )


def refusal(service: str, code: str, status: int = 403, message: str = SAYS) -> Answer:
    """Return an error in the form in which ``service`` writes them."""
    if service == "kms":
        return answer(status, json.dumps({"__type": code, "message": message}))
    error = f"<Code>{code}</Code><Message>{message}</Message>"
    if service == "s3":
        return answer(status, f"<Error>{error}<RequestId>R1</RequestId></Error>")
    return answer(
        status, f"<ErrorResponse><Error>{error}</Error><RequestId>R1</RequestId></ErrorResponse>"
    )


def raises(error: Exception) -> Answer:
    """Return an answer that never comes."""

    def fail(_request: AWSPreparedRequest) -> AWSResponse | None:
        raise error

    return fail


@dataclass
class Front:
    """What stands in front of moto: canned answers by operation, and a record of all requests."""

    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, AWSPreparedRequest]] = field(default_factory=list)

    def attach(self, session: CoreSession) -> CoreSession:
        """Stand before all clients that ``session`` will make."""
        session.get_component("event_emitter").register("before-send", self._respond)
        return session

    def refuse(self, *operations: str, code: str = "AccessDenied", status: int = 403) -> None:
        """Refuse ``operations`` (``iam.GetRole``)."""
        for operation in operations:
            service = operation.partition(".")[0]
            self.answers[operation] = refusal(service, code, status)

    def only(self, operation: str, applies: Callable[[str], bool], instead: Answer) -> None:
        """Give ``instead`` where ``applies`` is true for the request's URL, body and headers."""
        self.answers[operation] = lambda request: (
            instead(request) if applies(_text(request)) else None
        )

    def sent(self, operation: str) -> list[AWSPreparedRequest]:
        """Return the requests of ``operation``."""
        return [request for name, request in self.requests if name == operation]

    def first_header(self, name: str) -> str:
        """Return a header of the first request."""
        value = self.requests[0][1].headers[name]
        return value.decode() if isinstance(value, bytes) else str(value)

    @property
    def operations(self) -> list[str]:
        """The names of all operations asked for, in order."""
        return [name for name, _ in self.requests]

    def _respond(
        self, request: AWSPreparedRequest, event_name: str, **_: object
    ) -> AWSResponse | None:
        name = event_name.removeprefix("before-send.")
        self.requests.append((name, request))
        canned = self.answers.get(name)
        return canned(request) if canned else None


def body_of(request: AWSPreparedRequest) -> str:
    """Return the body of ``request`` as text."""
    body: object = request.body
    return body.decode() if isinstance(body, bytes) else str(body or "")


def _text(request: AWSPreparedRequest) -> str:
    headers = " ".join(f"{name}={value!r}" for name, value in request.headers.items())
    return f"{request.url} {body_of(request)} {headers}"


def setup_client(url: str, service: str, region: str = REGION) -> object:
    """Return a client that knows all of AWS's operations, to set moto up with."""
    return _setup_session().create_client(service, endpoint_url=url, region_name=region)


@functools.cache
def _setup_session() -> CoreSession:
    session = deaf_session()
    session.register_component("data_loader", create_loader())
    session.set_credentials("setup", "setup")
    return session


def keys(url: str) -> GivenKeys:
    return GivenKeys(url, "AKIAADMIN", "secret")


def draft(*entries: BucketEntry, account: str = ACCOUNT) -> Draft:
    return Draft(account, EXAMPLE_DATABASE_ID, entries or (BucketEntry(BUCKET, REGION, "in/"),))


def document(statement: Mapping[str, object] | None = None) -> str:
    """Return a small valid policy."""
    allow = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement or allow]})
