"""What the practice AWS says when it will not: a code, a sentence and a status, as AWS has them.

S3 answers in XML of its own, IAM and STS in the query protocol's XML, KMS, CloudTrail and the rest
in JSON.
"""

import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from app.practice.exchange import HttpAnswer

_NAMESPACES = {
    "iam": "https://iam.amazonaws.com/doc/2010-05-08/",
    "sts": "https://sts.amazonaws.com/doc/2011-06-15/",
}
XML_SERVICES = frozenset({"s3", *_NAMESPACES})
_JSON_SERVICES = frozenset({"cloudtrail", "kms"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error of AWS: ``extra`` holds S3's further elements (``BucketName``, ``Region``)."""

    code: str
    message: str
    status: int = 400
    extra: Mapping[str, str] = field(default_factory=dict)
    headers: tuple[tuple[str, str], ...] = ()


class RefusedError(Exception):
    """Carries a refusal from where it is decided to where it is answered, inside the gate."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def refuse(code: str, message: str, status: int = 400, **extra: str) -> RefusedError:
    """Return the error to raise for a refusal with this code and sentence."""
    return RefusedError(Refusal(code, message, status, extra))


def speaks_json(service: str) -> bool:
    """Return whether ``service`` is one of those here that speak AWS's JSON 1.1.

    Its errors are named ``…Exception`` and have the status 400, where XML's have 403 for a denial
    (AWS's "Common Errors" of each).
    """
    return service in _JSON_SERVICES


def refusal_answer(service: str, refusal: Refusal) -> HttpAnswer:
    """Return ``refusal`` in the form in which ``service`` speaks."""
    if service == "s3":
        return _s3(refusal)
    if service in _NAMESPACES:
        return _query(service, refusal)
    return _json(refusal)


def _s3(refusal: Refusal) -> HttpAnswer:
    request_id = secrets.token_hex(8).upper()
    parts = {"Code": refusal.code, "Message": refusal.message, **refusal.extra}
    parts |= {"RequestId": request_id, "HostId": secrets.token_urlsafe(40)}
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in parts.items())
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{inner}</Error>'
    return _answer(refusal, body, "application/xml", ("x-amz-request-id", request_id))


def _query(service: str, refusal: Refusal) -> HttpAnswer:
    request_id = str(uuid.uuid4())
    side = "Sender" if refusal.status < 500 else "Receiver"
    body = (
        f'<ErrorResponse xmlns="{_NAMESPACES[service]}"><Error><Type>{side}</Type>'
        f"<Code>{refusal.code}</Code><Message>{escape(refusal.message)}</Message></Error>"
        f"<RequestId>{request_id}</RequestId></ErrorResponse>"
    )
    return _answer(refusal, body, "text/xml", ("x-amzn-RequestId", request_id))


def _json(refusal: Refusal) -> HttpAnswer:
    body = json.dumps({"__type": refusal.code, "message": refusal.message})
    answer = _answer(
        refusal, body, "application/x-amz-json-1.1", ("x-amzn-RequestId", str(uuid.uuid4()))
    )
    return answer.with_header("x-amzn-ErrorType", refusal.code)


def _answer(refusal: Refusal, body: str, content_type: str, marker: tuple[str, str]) -> HttpAnswer:
    headers = (("Content-Type", content_type), marker, *refusal.headers)
    return HttpAnswer(refusal.status, headers).with_body(body.encode())
