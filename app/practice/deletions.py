"""DeleteObjects: many objects in one request, each decided by itself.

Source: Amazon S3 API Reference, "DeleteObjects".
"""

import re
from typing import Final
from xml.sax.saxutils import escape, unescape

from moto.s3.models import FakeBucket

from app.practice import authority, object_lock
from app.practice.exchange import HttpAnswer
from app.practice.refusal import Refusal
from app.practice.s3_calls import S3Call, needed_to_delete
from app.practice.visit import SignedCall

_OBJECT: Final = re.compile(r"<Object>.*?</Object>", re.DOTALL)
_KEY: Final = re.compile(r"<Key>(.*?)</Key>", re.DOTALL)
_VERSION: Final = re.compile(r"<VersionId>(.*?)</VersionId>", re.DOTALL)
_EMPTY: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></DeleteResult>'
)


def delete_many(signed: SignedCall, call: S3Call, bucket: FakeBucket) -> HttpAnswer:
    """Delete the objects that the caller may delete, and name an error for each other one."""
    body = call.http.body.decode(errors="replace")
    errors: list[str] = []
    deletable: list[str] = []
    for entry in _OBJECT.findall(body):
        key = unescape("".join(_KEY.findall(entry)))
        version = "".join(_VERSION.findall(entry)) or None
        refusal = _refusal(signed, call, bucket, key, version)
        if refusal is None:
            deletable.append(entry)
            signed.ledger.customer_keys.pop((call.bucket, key), None)
        else:
            errors.append(_error(key, refusal))
    if not deletable:
        return _with_errors(
            HttpAnswer(200, (("Content-Type", "application/xml"),), _EMPTY.encode()), errors
        )
    allowed = _OBJECT.sub("", body).replace("</Delete>", "".join(deletable) + "</Delete>")
    return _with_errors(signed.pass_on(allowed.encode()), errors)


def _refusal(
    signed: SignedCall, call: S3Call, bucket: FakeBucket, key: str, version: str | None
) -> Refusal | None:
    for needed in needed_to_delete(call, key, version):
        refusal = authority.refusal_in_bucket(signed, needed, bucket)
        if refusal is not None:
            return refusal
    return object_lock.held(signed, call, bucket, key, version)


def _error(key: str, refusal: Refusal) -> str:
    return (
        f"<Error><Key>{escape(key)}</Key><Code>{refusal.code}</Code>"
        f"<Message>{escape(refusal.message)}</Message></Error>"
    )


def _with_errors(answer: HttpAnswer, errors: list[str]) -> HttpAnswer:
    text = answer.body.decode().replace("</DeleteResult>", "".join(errors) + "</DeleteResult>")
    return answer.with_body(text.encode())
