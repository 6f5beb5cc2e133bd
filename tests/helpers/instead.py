"""What comes in the place of the practice AWS's answers: a network's page, a refusal for all."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pytest

from app.practice.exchange import HttpAnswer, read_call
from app.practice.refusal import Refusal, refusal_answer
from app.practice.signature import read_signature


@dataclass(frozen=True)
class Instead:
    """An answer that is not the one to the request; ``answer`` makes it for a service.

    ``may_be_handled``: the request may have been handled all the same.
    """

    name: str
    answer: Callable[[str], HttpAnswer]
    may_be_handled: bool = True


def page(name: str, body: str, content_type: str = "text/html", status: int = 200) -> Instead:
    """Return a page of something on the way."""
    headers = (("Content-Type", content_type), ("Via", "1.1 proxy.corp.example"))
    answer = HttpAnswer(status, headers).with_body(body.encode())
    return Instead(name, lambda _service: answer)


_LOGIN: Final = (
    "<!DOCTYPE html><html><head><title>Sign in to the network</title></head>"
    '<body><form action="/login"><input name="user"></form><br>&nbsp;</body></html>'
)
HTML: Final = page("html", _LOGIN)
NO_XML: Final = page("text", "Blocked by policy 4711: category file sharing\r\n", "text/plain")
PAGES: Final = (
    HTML,
    NO_XML,
    page("html-called-xml", _LOGIN, "text/xml"),
    page("xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "text/xml"),
    page("json", '{"error": "blocked", "message": "Ask IT"}', "application/json"),
    page("json-list", '["blocked"]', "application/x-amz-json-1.1"),
    page("empty", ""),
    page("half", "<?xml version='1.0'?><GetRoleResponse><GetRoleResult><Ro", "text/xml"),
    page("no-text", "\x00\xff\xfe\x1b[2J", "application/octet-stream"),
    page("not-authoritative", _LOGIN, status=203),
    page("forbidden", _LOGIN, status=403),
    page("sign-in-required", _LOGIN, status=511),
    page("bad-gateway", _LOGIN, status=502),
    # As people have met them: botocore pull requests 677, 859 and 2463, boto3 issues 887 and
    # 3508, lakeFS issue 1574; a captive portal's, Envoy's, API Gateway's and Go's own.
    page("inner-headers", "HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n<a/>", "text/xml", 500),
    page("empty-forbidden", "", status=403),
    page(
        "upstream", "upstream connect error or disconnect/reset before headers", "text/plain", 503
    ),
    page("unclosed", "<", "text/xml"),
    page("success", "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>"),
    page("gateway", '{"message":"Forbidden"}', "application/json", 403),
    page("go", "404 page not found\n", "text/plain", 404),
    page("found", '<a href="https://login.corp.example/">Found</a>.', status=302),
    page("gone-on", "null", "application/json"),
    page("number", "42", "application/x-amz-json-1.1"),
)
"""Pages that networks put in the place of answers."""

_TOO_OLD: Final = Refusal("ExpiredToken", "The security token included in the request is expired")
EXPIRED: Final = Instead(
    "expired", lambda service: refusal_answer(service, _TOO_OLD), may_be_handled=False
)


@contextmanager
def instead(
    spoilt: Instead, first: int = 0, count: int | None = None, *, handled: bool = False
) -> Iterator[None]:
    """Give ``spoilt`` in the place of ``count`` answers from the ``first`` on (0), of all for None.

    ``handled``: the practice AWS does all the same what it was asked for.
    """
    from app.practice.gate import Gate  # it imports moto, once that has started

    numbers, answer_of = itertools.count(), Gate.__call__
    spoils = range(first, first + count) if count is not None else None

    def called(self: Gate, environ: Any, start_response: Any) -> Iterable[bytes]:  # noqa: ANN401
        number = next(numbers)
        if number < first if spoils is None else number not in spoils:
            return answer_of(self, environ, start_response)
        call = read_call(environ)
        signature = read_signature(call)
        if handled:
            with self.lock:
                self._answer(call, environ)
        answer = spoilt.answer(signature.service if signature else "sts")
        start_response(f"{answer.status} OK", list(answer.headers))
        return [answer.body]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Gate, "__call__", called)
        yield
