"""What of AWS's own is installed: its data, its libraries, and whether they can be used.

Nothing is asked of AWS and nothing of this computer's settings counts: clients are made, and the
addresses worked out that calls would go to.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Final

import awscrt
from awscrt.crypto import EC, ECType
from botocore.loaders import create_loader
from botocore.session import Session as CoreSession

from app.aws.console_sign_in.clients import sign_in_address, sign_in_client
from app.aws.console_sign_in.dpop import ProofKey
from app.aws.counting.page_reader import read_page
from app.aws.transport.core_sessions import HOME_REGION, deaf_session

_CALLS: Final[Mapping[str, tuple[str, Mapping[str, object]]]] = {
    "sts": ("get_caller_identity", {}),
    "iam": ("get_role", {"RoleName": "example"}),
    "s3": ("list_objects_v2", {"Bucket": "example"}),
    "kms": ("describe_key", {"KeyId": "example"}),
    "cloudtrail": ("lookup_events", {}),
    "sso": ("list_accounts", {"accessToken": "example"}),
    "sso-oidc": (
        "start_device_authorization",
        {"clientId": "a", "clientSecret": "b", "startUrl": "c"},
    ),
}
"""A call of each service that the program uses; ``signin`` has its own client."""

_PAGED: Final[Mapping[str, tuple[str, ...]]] = {
    "iam": (
        "list_attached_role_policies",
        "list_entities_for_policy",
        "list_instance_profiles_for_role",
        "list_policies",
        "list_policy_versions",
        "list_role_policies",
        "list_roles",
        "simulate_principal_policy",
    ),
    "kms": ("list_grants",),
    "sso": ("list_accounts", "list_account_roles"),
}
"""The listings that are read page by page, which botocore has data of its own for."""

_PAGE: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>example</Name>'
    b"<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>"
    b"<Contents><Key>a%20file.csv</Key></Contents><Contents><Key>folder/</Key><Size>0</Size></Contents>"
    b"</ListBucketResult>"
)


def addresses_of_services() -> dict[str, str]:
    """Return the address that a call of each service would go to, by the service.

    Raises what botocore raises where its data of a service is missing or damaged.
    """
    core = deaf_session()
    # What other sessions have read already says nothing of the files.
    core.register_component("data_loader", create_loader())
    addresses = {service: _address(core, service) for service in _CALLS}
    addresses["signin"] = sign_in_address(sign_in_client(core))
    return addresses


def _address(core: CoreSession, service: str) -> str:
    client = core.create_client(
        service,
        region_name=HOME_REGION,
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="example",  # noqa: S106 - signs an address that nobody opens
    )
    for operation in _PAGED.get(service, ()):
        client.get_paginator(operation)
    operation, values = _CALLS[service]
    sign: Callable[..., str] = vars(type(client))["generate_presigned_url"]
    return sign(client, operation, Params=dict(values)).partition("?")[0]


def version_of_crt() -> str:
    """Let awscrt make a key, sign with it and verify; return awscrt's version.

    Raises ValueError where what it signed is not what it verifies.
    """
    ProofKey().proof("https://signin.example")  # as a sign-in in the browser does
    key = EC.new_generate(ECType.P_256)
    digest, other = sha256(b"signed").digest(), sha256(b"another").digest()
    signature = key.sign(digest)
    if not key.verify(digest, signature) or key.verify(other, signature):
        raise ValueError("awscrt verifies wrongly")
    version: str = awscrt.__version__
    return version


def version_of_lxml() -> str:
    """Let lxml read a page of a listing; return its version.

    Raises ValueError where it reads what is not there.
    """
    from lxml import etree

    page = read_page(_PAGE)
    if (page.count, page.markers, page.first, page.last) != (2, 1, "a file.csv", "folder/"):
        raise ValueError("lxml reads wrongly")
    return ".".join(map(str, etree.LXML_VERSION[:3]))
