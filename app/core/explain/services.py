"""AWS's services as the SDKs name them, and which of them has which call.

Only the services that the connector and this program call are told apart; every other is
``ELSEWHERE``.
"""

import re
from typing import Final

ELSEWHERE: Final = "elsewhere"
"""A service of AWS that neither the connector nor this program calls."""

OURS: Final = frozenset({"s3", "sts", "kms", "iam", "sso", "signin"})
"""The services that the connector and this program call."""

_NAMES: Final = {
    "s3": ("amazons3", "awss3", "amazonsimplestorageservice", "simplestorageservice"),
    "sts": (
        "securitytoken",
        "securitytokenservice",
        "awssecuritytoken",
        "awssecuritytokenservice",
        "amazonsecuritytokenservice",
    ),
    "kms": ("awskms", "keymanagement", "keymanagementservice", "awskeymanagementservice"),
    "iam": (
        "awsiam",
        "identitymanagement",
        "amazonidentitymanagement",
        "identitymanagementservice",
        "amazonidentitymanagementservice",
    ),
    "sso": ("awssso", "ssooidc", "awsssooidc", "portalsso"),
    "signin": ("awssignin",),
}
"""The SDKs' own names for a service, in letters only; and its own."""

_SERVICE_BY_NAME: Final = {
    name: service for service, names in _NAMES.items() for name in (service, *names)
}

_STS_CALLS: Final = (
    "assumerole",
    "assumerolewithwebidentity",
    "assumerolewithsaml",
    "getcalleridentity",
    "getsessiontoken",
    "getfederationtoken",
    "getaccesskeyinfo",
    "decodeauthorizationmessage",
)
_KMS_CALLS: Final = (
    "decrypt",
    "encrypt",
    "reencrypt",
    "describekey",
    "generatedatakey",
    "generatedatakeywithoutplaintext",
    "getkeypolicy",
    "putkeypolicy",
    "listaliases",
    "listkeys",
    "listgrants",
    "creategrant",
    "revokegrant",
    "retiregrant",
    "enablekey",
    "disablekey",
    "createkey",
    "createalias",
    "updatealias",
    "schedulekeydeletion",
    "cancelkeydeletion",
    "enablekeyrotation",
    "getkeyrotationstatus",
    "importkeymaterial",
    "listkeypolicies",
)
_SIGN_IN_CALLS: Final = (
    "getrolecredentials",
    "listaccountroles",
    "listaccounts",
    "createtoken",
    "registerclient",
    "startdeviceauthorization",
)
_SERVICE_BY_CALL: Final = {
    **dict.fromkeys(_STS_CALLS, "sts"),
    **dict.fromkeys(_KMS_CALLS, "kms"),
    **dict.fromkeys(_SIGN_IN_CALLS, "sso"),
    "createoauth2token": "signin",
    "lookupevents": "cloudtrail",
}
_S3_CALL: Final = re.compile(
    r"(?:get|put|head|list|delete|copy|create|restore|rename|update|upload|abort|complete|"
    r"select)"
    r"(?:objects?|bucket|multipart|part(?:copy)?$|parts$|publicaccessblock)",
)
_IAM_CALL: Final = re.compile(
    r"(?:get|put|list|create|delete|attach|detach|update|tag|untag|add|remove|pass|simulate|set)"
    r"(?:\w{0,30}role(?:s|polic(?:y|ies)|permissionsboundary|tags)?|"
    r"(?:account|user|group|managed|principal|custom|attached\w{0,10}|entitiesfor|default|"
    r"assumerole)?polic(?:y|ies)(?:versions?)?|users?|instanceprofiles?(?:forrole)?|"
    r"accountsummary|accesskeys?|roles)$"
)


def service_named(name: str) -> str:
    """Return the service that an SDK calls ``name``: one of ``OURS``, or ``ELSEWHERE``."""
    letters = "".join(char for char in name.lower() if char.isalnum())
    return _SERVICE_BY_NAME.get(letters, ELSEWHERE) if letters else ""


def service_of_operation(operation: str) -> str:
    """Return the service that has a call of that name; ``ELSEWHERE`` where none of ours has."""
    name = operation.lower()
    if not name:
        return ""
    if name in _SERVICE_BY_CALL:
        return _SERVICE_BY_CALL[name]
    if _S3_CALL.match(name):
        return "s3"
    return "iam" if _IAM_CALL.match(name) else ELSEWHERE
