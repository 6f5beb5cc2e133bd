"""The gate in front of moto: it lets through what AWS would, and says no in AWS's own words.

moto keeps users, roles, buckets and keys well, and asks nobody for permission; the gate knows
who is calling, decides with the program's own evaluator, and mends what moto does otherwise
than AWS. Imports moto through the services, so it is imported only once the practice AWS starts.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from app.practice import cloudtrail, console, event_records, iam, identities, kms, s3, sts
from app.practice.exchange import HttpAnswer, HttpCall, forward, read_call
from app.practice.faults import HungUpError, RequestFault, trouble_refusal
from app.practice.last_uses import SessionUse
from app.practice.ledger import Ledger
from app.practice.refusal import Refusal, RefusedError, refusal_answer
from app.practice.sign_in import check_credentials, unknown_key, unsigned
from app.practice.signature import Signature, read_signature
from app.practice.visit import SignedCall

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)

_SERVICES: Final[dict[str, Callable[[SignedCall], HttpAnswer]]] = {
    "cloudtrail": cloudtrail.serve,
    "iam": iam.serve,
    "kms": kms.serve,
    "s3": s3.serve,
    "sts": sts.serve,
}
_FAULT: Final = Refusal("InternalFailure", "The practice AWS could not answer this request.", 500)


class Gate:
    """A WSGI application around moto's. One request at a time: moto's stores have no locks."""

    def __init__(self, moto: "WSGIApplication", ledger: Ledger) -> None:
        self._moto = moto
        self._ledger = ledger
        self.lock = threading.RLock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request; whatever happens, the answer is one that AWS could give."""
        call = read_call(environ)
        faults = self._ledger.faults
        if faults.silent:
            # The web server takes the caller for gone and leaves the connection open, in silence.
            raise ConnectionAbortedError("The practice AWS gives no answer")
        with self.lock:
            answer = faults.in_partition(self._troubled(call, environ))
            answer = answer.with_header("Date", format_datetime(faults.now, usegmt=True))
        if call.method == "HEAD":
            answer = answer.with_body(b"") if not answer.ok else answer
        return _identified(answer, "").send(start_response)

    def _troubled(self, call: HttpCall, environ: "WSGIEnvironment") -> HttpAnswer:
        """Answer the request, unless a rehearsal has something in store for it."""
        signature = read_signature(call)
        action = _action_of(call, signature) if signature is not None else ""
        trouble = self._ledger.faults.trouble_with(action)
        if trouble is RequestFault.LOST_BEFORE:
            raise HungUpError
        refusal = trouble_refusal(trouble, action) if trouble is not None else None
        if refusal is not None:
            return refusal_answer(action.partition(":")[0], refusal)
        answer = self._answer(call, environ)
        if trouble is RequestFault.LOST_AFTER:
            raise HungUpError
        return answer

    def _answer(self, call: HttpCall, environ: "WSGIEnvironment") -> HttpAnswer:
        if console.is_sign_in(call):
            return console.serve(call, self._ledger.console, self._ledger.faults.now)
        signature = read_signature(call)
        service = signature.service if signature is not None else _service_of_unsigned(call)
        if signature is None:
            refusal = s3.unsigned_refusal(call) if service == "s3" else unsigned(service).refusal
            return refusal_answer(service, refusal)
        try:
            return self._serve(call, signature, environ)
        except RefusedError as refused:
            return refusal_answer(service, refused.refusal)
        except Exception:  # noqa: BLE001 - moto may raise anything; a client must get an answer
            _log.exception("The practice AWS could not answer a request to %s", service)
            return refusal_answer(service, _FAULT)

    def _serve(
        self, call: HttpCall, signature: Signature, environ: "WSGIEnvironment"
    ) -> HttpAnswer:
        sign_in = identities.find_sign_in(signature.access_key_id, self._ledger)
        if sign_in is None:
            raise unknown_key(signature.service, signature.access_key_id)

        def hand_on(body: bytes, account: str, more: Mapping[str, str]) -> HttpAnswer:
            headers = {"x-moto-account-id": account, "user-agent": "practice-aws", **more}
            return forward(self._moto, environ, body, headers).identified(signature.service)

        faults = self._ledger.faults
        fault = faults.refusal(signature)
        if fault is not None:
            raise RefusedError(fault)
        now = faults.now
        if sign_in.access_key_id in faults.ended_sessions:
            sign_in = replace(sign_in, expires=now)
        signed = SignedCall(call, signature, sign_in, now, self._ledger, hand_on)
        serve = _SERVICES.get(signature.service)
        if serve is None:
            raise signed.not_offered(_action_of(call, signature))
        reason = check_credentials(sign_in, signature, call, now)
        if reason is not None:
            raise reason
        return _recorded(signed, serve)


def _recorded(signed: SignedCall, serve: Callable[[SignedCall], HttpAnswer]) -> HttpAnswer:
    """Answer a request of somebody known, and keep what AWS keeps of it, refused or not."""
    sign_in, ledger = signed.sign_in, signed.ledger
    if sign_in.is_session:
        use = SessionUse(signed.now, signed.signature.region)
        ledger.last_uses.note(sign_in.unique_id, use, ledger.pace.last_use_after)
    try:
        answer = _identified(serve(signed), signed.signature.service)
    except RefusedError as refused:
        answer = refusal_answer(signed.signature.service, refused.refusal)
    except NotImplementedError:
        missing = signed.not_offered(_action_of(signed.call, signed.signature))
        answer = refusal_answer(signed.signature.service, missing.refusal)
    event_records.record(signed, answer)
    return answer


def _identified(answer: HttpAnswer, service: str) -> HttpAnswer:
    return answer if answer.request_id is not None else answer.identified(service)


def _service_of_unsigned(call: HttpCall) -> str:
    target = call.header("x-amz-target")
    if target:
        return "cloudtrail" if ".cloudtrail." in target else "kms"
    return "sts" if call.form.get("Action") else "s3"


def _action_of(call: HttpCall, signature: Signature) -> str:
    target = call.header("x-amz-target").rpartition(".")[2]
    name = target or call.form.get("Action") or f"{call.method} {call.decoded_path}"
    return f"{signature.service}:{name}"
