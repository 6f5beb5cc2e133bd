"""What is known of each condition key in the connector's requests: the one table of them.

A key is **known** (its value, or several that it may have), **absent**, or **unknown**, each for
a reason that AWS's documents or the guide give; where they are silent it is unknown. A key in no
table is absent: AWS puts a service's keys into that service's requests alone, and none that it
doesn't document. Sources, unless said otherwise: AWS "AWS global condition context keys"
(Availability of each key) and the Service Authorization Reference for STS, S3 and KMS
(condition keys of each action). ``requests`` adds what a snapshot tells.
"""

from collections.abc import Mapping
from typing import Final

from app.core.iam.context import (
    ABSENT,
    PRESENT,
    UNKNOWN,
    Anything,
    KeyValue,
    PartText,
    known,
    one_of,
)

GLOBAL: Final[Mapping[str, KeyValue]] = {
    # The guide's connector speaks HTTPS; an account's own user or role is no AWS service, and
    # calls by itself. Present in every signed request.
    "aws:securetransport": known("true"),
    "aws:principalisawsservice": known("false"),
    "aws:viaawsservice": known("false"),
    # Where UbiQuity calls from and with what: only UbiQuity and AWS know.
    "aws:sourceip": UNKNOWN,
    "aws:sourcevpc": UNKNOWN,
    "aws:sourcevpcarn": UNKNOWN,
    "aws:sourcevpce": UNKNOWN,
    "aws:vpcsourceip": UNKNOWN,
    "aws:vpceaccount": UNKNOWN,
    "aws:vpceorgid": UNKNOWN,
    "aws:vpceorgpaths": UNKNOWN,
    # "Always included in the request context."
    "aws:useragent": PRESENT,
    # In an organisation only; which one is filled in where it was read.
    "aws:principalorgid": UNKNOWN,
    "aws:principalorgpaths": UNKNOWN,
    "aws:resourceorgid": UNKNOWN,
    "aws:resourceorgpaths": UNKNOWN,
    # No AWS service calls for itself: these are there "only when the call to your resource is
    # being made directly by an AWS service principal".
    "aws:principalservicename": ABSENT,
    "aws:principalservicenameslist": ABSENT,
    "aws:sourceaccount": ABSENT,
    "aws:sourcearn": ABSENT,
    "aws:sourceorgid": ABSENT,
    "aws:sourceorgpaths": ABSENT,
    # No AWS service calls for anyone either.
    "aws:calledvia": ABSENT,
    "aws:calledviafirst": ABSENT,
    "aws:calledvialast": ABSENT,
    "aws:calledviaawsmcp": ABSENT,
    "aws:viaawsmcpservice": ABSENT,
    "aws:ismcpserviceaction": ABSENT,
    # There is no MFA.
    "aws:multifactorauthage": ABSENT,
}
"""In everybody's requests, but for what ``FORWARDED`` says of S3's calls to KMS."""

NOT_THE_CONNECTORS: Final[Mapping[str, KeyValue]] = {
    # "Not included for programmatic requests": a browser sends it, following a link.
    "aws:referer": ABSENT,
    # Set for good when a role is assumed, and whoever has it can assume another role only if
    # that one's trust policy allows sts:SetSourceIdentity, else "the assume role operation will
    # fail" (IAM User Guide, "Monitor and control actions taken with assumed roles"). With the
    # guide's trust policy, which does not, the connector works.
    "aws:sourceidentity": ABSENT,
    # UbiQuity's service runs by itself: there is no root user, no person's sign-in.
    "aws:assumedroot": ABSENT,
    "aws:signinsessionarn": ABSENT,
}
"""What no request of the connector has, and somebody else's may have."""

FORWARDED: Final[Mapping[str, KeyValue]] = {
    # S3's own calls to KMS for whoever asks S3 are forward access sessions, in which it "is set to
    # true whenever a FAS request is made" (IAM User Guide, "Forward access sessions").
    "aws:viaawsservice": known("true"),
    # The same page has these "populated with the service principal of the service that initiated
    # the FAS call"; the keys' own page, only for "a service that supports" it.
    "aws:calledvia": one_of(ABSENT, known("s3.amazonaws.com")),
    "aws:calledviafirst": one_of(ABSENT, known("s3.amazonaws.com")),
    "aws:calledvialast": one_of(ABSENT, known("s3.amazonaws.com")),
    # Of the way the request to S3 took, its public address alone goes on; those of a VPC "are not
    # used in FAS requests", "not present when the request is made to AWS KMS".
    "aws:sourcevpc": ABSENT,
    "aws:sourcevpcarn": ABSENT,
    "aws:sourcevpce": ABSENT,
    "aws:vpcsourceip": ABSENT,
    "aws:vpceaccount": ABSENT,
    "aws:vpceorgid": ABSENT,
    "aws:vpceorgpaths": ABSENT,
}
"""What is otherwise in the requests that S3 makes of KMS for the role: to decrypt and encrypt."""

ASSUMING: Final[Mapping[str, KeyValue]] = {
    # UbiQuity may use a user or a role of its own, on whatever machine.
    "aws:userid": PRESENT,
    "aws:username": UNKNOWN,
    "aws:tokenissuetime": UNKNOWN,
    "aws:federatedprovider": UNKNOWN,
    "aws:chatbotsourcearn": UNKNOWN,
    "aws:ec2instancesourcevpc": UNKNOWN,
    "aws:ec2instancesourceprivateipv4": UNKNOWN,
    "ec2:roledelivery": UNKNOWN,
    "ec2:sourceinstancearn": UNKNOWN,
    "lambda:sourcefunctionarn": UNKNOWN,
    "ssm:sourceinstancearn": UNKNOWN,
    "codebuild:buildarn": UNKNOWN,
    "codebuild:projectarn": UNKNOWN,
    "glue:roleassumedby": UNKNOWN,
    "glue:credentialissuingservice": UNKNOWN,
    "identitystore:userid": UNKNOWN,
    # What UbiQuity puts into the call. AssumeRole can't be called without a session name.
    "aws:requestedregion": PRESENT,
    "sts:rolesessionname": PRESENT,
    # A trust policy without sts:SetSourceIdentity and sts:TagSession refuses a call that passes
    # these (IAM User Guide, the page above and "Pass session tags in AWS STS"). With the guide's,
    # which has neither, the connector works.
    "sts:sourceidentity": ABSENT,
    "sts:transitivetagkeys": ABSENT,
    "aws:tagkeys": ABSENT,
}
"""AssumeRole by somebody in UbiQuity's account. Absent by the same: ``aws:RequestTag/…``."""

ASSUMING_FAMILIES: Final[Mapping[str, KeyValue]] = {
    "aws:principaltag/": UNKNOWN,
    # Whoever signed in by a provider and then assumes a role has its keys.
    "accounts.google.com:": UNKNOWN,
    "cognito-identity.amazonaws.com:": UNKNOWN,
    "graph.facebook.com:": UNKNOWN,
    "saml:": UNKNOWN,
    "www.amazon.com:": UNKNOWN,
}
ROLE_TAG_FAMILIES: Final[Mapping[str, KeyValue]] = {
    "aws:resourcetag/": UNKNOWN,
    "iam:resourcetag/": UNKNOWN,
}
"""The role's own tags, where they were not read."""

_WAYS_TO_SIGN: Final = known("REST-HEADER"), known("REST-QUERY-STRING")
_SIGNATURES: Final = "AWS", "AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"
_ENCRYPTIONS: Final = "AES256", "aws:kms", "aws:kms:dsse"

S3_ANY: Final[Mapping[str, KeyValue]] = {
    # How the request is signed and sent. Each S3 request has them, with one of the values that S3
    # knows (S3 API Reference, "Amazon S3 Signature Version 4 authentication specific policy
    # keys"). AWS takes no TLS below 1.2 any more; which is used, only UbiQuity knows.
    "s3:authtype": one_of(*_WAYS_TO_SIGN),
    "s3:signatureage": UNKNOWN,
    "s3:signatureversion": one_of(*map(known, _SIGNATURES)),
    "s3:tlsversion": PRESENT,
    "s3:x-amz-content-sha256": UNKNOWN,
}
"""Every S3 action. Absent since the connector names the bucket, not an access point or a grant:
``s3:DataAccessPoint…``, ``s3:AccessPoint…``, ``s3:AccessGrantsInstanceArn``."""

S3_BY_ACTION: Final[Mapping[str, Mapping[str, KeyValue]]] = {
    # 1,000 is ListObjectsV2's page; the connector asks for no folders.
    "s3:listbucket": {"s3:max-keys": known("1000")},
    "s3:putobject": {
        # A form of a web page can upload, and no more.
        "s3:authtype": one_of(*_WAYS_TO_SIGN, known("POST")),
        "s3:x-amz-server-side-encryption": one_of(ABSENT, *map(known, _ENCRYPTIONS)),
    }
    | {
        f"s3:{name}": UNKNOWN
        for name in (
            "if-match",
            "if-none-match",
            "object-lock-legal-hold",
            "object-lock-mode",
            "object-lock-remaining-retention-days",
            "object-lock-retain-until-date",
            "objectcreationoperation",
            "requestobjecttagkeys",
            "x-amz-acl",
            "x-amz-copy-source",
            "x-amz-grant-full-control",
            "x-amz-grant-read",
            "x-amz-grant-read-acp",
            "x-amz-grant-write",
            "x-amz-grant-write-acp",
            "x-amz-metadata-directive",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-storage-class",
            "x-amz-website-redirect-location",
        )
    },
    "s3:deleteobject": {"s3:if-match": UNKNOWN},
    "s3:putobjecttagging": {"s3:requestobjecttagkeys": UNKNOWN},
}
"""Request headers and parameters, in the requests that can carry them and in no other.

What of them the connector sends, only UbiQuity knows, but for ``S3_NOT_THE_CONNECTORS``."""

S3_NOT_THE_CONNECTORS: Final[Mapping[str, KeyValue]] = {
    # The guide, "Encrypted buckets": "SSE-C — not supported (requires client-managed keys)".
    "s3:x-amz-server-side-encryption-customer-algorithm": ABSENT,
}
"""What no S3 request of the connector has."""

S3_FAMILIES: Final[Mapping[str, KeyValue]] = {
    "aws:resourcetag/": UNKNOWN,
    "s3:buckettag/": UNKNOWN,
}
S3_FAMILIES_BY_ACTION: Final[Mapping[str, Mapping[str, KeyValue]]] = {
    "s3:getobject": {"s3:existingobjecttag/": UNKNOWN},
    "s3:getobjecttagging": {"s3:existingobjecttag/": UNKNOWN},
    "s3:putobject": {"s3:requestobjecttag/": UNKNOWN},
    "s3:putobjecttagging": {
        "s3:existingobjecttag/": UNKNOWN,
        "s3:requestobjecttag/": UNKNOWN,
    },
}

DESCRIBE_KEY: Final = "kms:describekey"
"""The one use of a key that S3 does not make for the role, in lower case."""

KMS_KEY: Final[Mapping[str, KeyValue]] = {
    # S3 encrypts with symmetric keys only.
    "kms:keyspec": known("SYMMETRIC_DEFAULT"),
    "kms:keyusage": known("ENCRYPT_DECRYPT"),
    "kms:customermasterkeyspec": known("SYMMETRIC_DEFAULT"),
    "kms:customermasterkeyusage": known("ENCRYPT_DECRYPT"),
    "kms:keyorigin": PRESENT,
    "kms:resourcealiases": UNKNOWN,
    "kms:requestalias": UNKNOWN,
}
"""Every use of a key."""

KMS_FAMILIES: Final[Mapping[str, KeyValue]] = {"aws:resourcetag/": UNKNOWN}

KMS_MULTI_REGION: Final[Mapping[str, KeyValue]] = {
    "kms:multiregion": known("true"),
    "kms:multiregionkeytype": one_of(known("PRIMARY"), known("REPLICA")),
}
KMS_SINGLE_REGION: Final[Mapping[str, KeyValue]] = {
    "kms:multiregion": known("false"),
    "kms:multiregionkeytype": ABSENT,
}
"""Every use of a key, by whether it is a multi-Region one."""


def of_key(arn: str) -> Mapping[str, KeyValue]:
    """Return what ``arn`` tells. Source: AWS KMS Developer Guide, "Multi-Region keys"."""
    return KMS_MULTI_REGION if ":key/mrk-" in arn else KMS_SINGLE_REGION


_S3_CONTEXT_KEY: Final = "aws:s3:arn"
KMS_CRYPTOGRAPHY: Final[Mapping[str, KeyValue]] = {
    "kms:encryptionalgorithm": known("SYMMETRIC_DEFAULT"),
    "kms:encryptioncontextkeys": one_of(
        known(_S3_CONTEXT_KEY), known(_S3_CONTEXT_KEY, PartText((Anything(),)))
    ),
}
KMS_CRYPTOGRAPHY_FAMILIES: Final[Mapping[str, KeyValue]] = {"kms:encryptioncontext:": UNKNOWN}
"""Decrypt and GenerateDataKey. What S3 puts into the encryption context beside its own ARN is
whatever the writer of the object asked for."""
