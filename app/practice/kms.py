"""KMS of the practice AWS: keys, and their policies, which the gate keeps itself.

Source: AWS KMS API Reference and AWS KMS Developer Guide, "Key policies". Imports moto through
``kms_keys``, so it is imported only once the practice AWS starts.
"""

import json
from typing import Any, Final

from moto.kms.models import Key

from app.practice import authority, documents
from app.practice.exchange import HttpAnswer
from app.practice.kms_keys import find_key, key_policy
from app.practice.needs import Needed
from app.practice.refusal import refuse
from app.practice.visit import SignedCall

_WITHOUT_KEY: Final = frozenset(
    {"CreateKey", "GenerateRandom", "ListAliases", "ListKeys", "ListRetirableGrants"}
)
_POLICY_NAME: Final = "default"


def serve(signed: SignedCall) -> HttpAnswer:
    """Answer one request to KMS.

    Raises ``RefusedError`` where AWS would refuse it.
    """
    action = signed.call.header("x-amz-target").rpartition(".")[2]
    asked = _parameters(signed)
    if action == "CreateKey":
        return _create(signed, asked)
    if action in _WITHOUT_KEY:
        authority.require(signed, Needed(f"kms:{action}", "*", "*"))
        return signed.pass_on()
    key = _wanted(signed, asked)
    arn = str(key.arn)
    authority.require_key(signed, Needed(f"kms:{action}", arn, arn), key)
    if action == "GetKeyPolicy":
        return _policy(signed, key)
    if action == "PutKeyPolicy":
        return _put_policy(signed, key, asked)
    return signed.pass_on(_by_id(asked, key), str(key.account_id))


def _parameters(signed: SignedCall) -> dict[str, Any]:
    try:
        asked = json.loads(signed.call.body or b"{}")
    except ValueError:
        raise refuse("SerializationException", "The request is not JSON.") from None
    return asked if isinstance(asked, dict) else {}


def _wanted(signed: SignedCall, asked: dict[str, Any]) -> Key:
    named = str(asked.get("KeyId") or asked.get("TargetKeyId") or asked.get("AliasName") or "")
    region = signed.signature.region
    if named.count(":") >= 5 and named.split(":")[3] != region:
        raise refuse("NotFoundException", f"Invalid arn {named.split(':')[3]}")
    key = find_key(named, signed.sign_in.account, region)
    if key is None:
        raise refuse("NotFoundException", _not_found(named, signed))
    return key


def _not_found(named: str, signed: SignedCall) -> str:
    account, region = signed.sign_in.account, signed.signature.region
    if named.startswith("alias/"):
        return f"Alias arn:aws:kms:{region}:{account}:{named} is not found."
    if named.startswith("arn:"):
        return f"Key '{named}' does not exist"
    return f"Key 'arn:aws:kms:{region}:{account}:key/{named}' does not exist"


def _by_id(asked: dict[str, Any], key: Key) -> bytes:
    """Name the key by its id alone, since moto knows it by ARN or alias in some calls only."""
    names = {name: key.id for name in ("KeyId", "TargetKeyId") if name in asked}
    return json.dumps({**asked, **names}).encode()


def _create(signed: SignedCall, asked: dict[str, Any]) -> HttpAnswer:
    """Make a key. moto never sees the policy: it would read any Deny as meant for everybody."""
    authority.require(signed, Needed("kms:CreateKey", "*", "*"))
    document = asked.pop("Policy", None)
    bypass = bool(asked.pop("BypassPolicyLockoutSafetyCheck", False))
    if document is not None:
        _check(signed, str(document), None, bypass)
    answer = signed.pass_on(json.dumps(asked).encode())
    if answer.ok and document is not None:
        arn = json.loads(answer.body)["KeyMetadata"]["Arn"]
        signed.ledger.key_policies[arn] = str(document)
    return answer


def _policy(signed: SignedCall, key: Key) -> HttpAnswer:
    return _json({"Policy": key_policy(key, signed.ledger), "PolicyName": _POLICY_NAME})


def _put_policy(signed: SignedCall, key: Key, asked: dict[str, Any]) -> HttpAnswer:
    if asked.get("PolicyName", _POLICY_NAME) != _POLICY_NAME:
        raise refuse("NotFoundException", "No such policy exists")
    document = str(asked.get("Policy", ""))
    _check(signed, document, key, bool(asked.get("BypassPolicyLockoutSafetyCheck", False)))
    signed.ledger.key_policies[str(key.arn)] = document
    return HttpAnswer(200, (("Content-Type", "application/x-amz-json-1.1"),)).with_body(b"")


def _check(signed: SignedCall, document: str, key: Key | None, bypass: bool) -> None:
    documents.check_key(document)
    if bypass or authority.may_change_key_policy(signed, document, key):
        return
    raise refuse(
        "MalformedPolicyDocumentException",
        "The new key policy will not allow you to update the key policy in the future.",
    )


def _json(content: dict[str, Any]) -> HttpAnswer:
    body = json.dumps(content).encode()
    return HttpAnswer(200, (("Content-Type", "application/x-amz-json-1.1"),)).with_body(body)
