"""One request on its way through the gate: what was asked, by whom, and the way on to moto."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.practice.exchange import HttpAnswer, HttpCall
from app.practice.ledger import Ledger
from app.practice.needs import ConditionKeys, global_keys
from app.practice.refusal import XML_SERVICES, RefusedError, refuse, speaks_json
from app.practice.sign_in import SignIn
from app.practice.signature import Signature

HandOn = Callable[[bytes, str, Mapping[str, str]], HttpAnswer]
"""Gives moto a body in the name of an account, with more headers; returns what moto answers."""


@dataclass(frozen=True, slots=True)
class SignedCall:
    """A request whose sender is known. ``now`` is when it came in."""

    call: HttpCall
    signature: Signature
    sign_in: SignIn
    now: datetime
    ledger: Ledger
    hand_on: HandOn

    @property
    def keys(self) -> ConditionKeys:
        """The condition keys that every request of this sender carries."""
        return global_keys(self.sign_in, self.signature, self.call, self.now)

    def pass_on(
        self,
        body: bytes | None = None,
        account: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> HttpAnswer:
        """Let moto answer, with the request's own body and account unless others are given.

        ``headers`` are those that moto is to see besides.
        """
        return self.hand_on(
            self.call.body if body is None else body, account or self.sign_in.account, headers or {}
        )

    def not_offered(self, action: str) -> RefusedError:
        """Return what is said to a call that the practice AWS does not have."""
        sentence = f"User: {self.sign_in.arn} is not authorized to perform: {action}"
        service = self.signature.service
        code = "AccessDenied" if service in XML_SERVICES else "AccessDeniedException"
        return refuse(code, sentence, 400 if speaks_json(service) else 403)
