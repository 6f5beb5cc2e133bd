"""What is known of each condition key in the connector's three requests.

A key in no table is absent: AWS puts a service's keys into that service's requests alone, and
none that it doesn't document. Sources: AWS "AWS global condition context keys" (Availability of
each key) and the Service Authorization Reference for STS, S3 and KMS.
"""

from collections.abc import Mapping
from typing import Final

from app.core.iam.context import PRESENT, UNKNOWN, KeyValue, known

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
    "aws:useragent": UNKNOWN,
    "aws:referer": UNKNOWN,
    # May be set when the role is assumed, or before, and stays with the session.
    "aws:sourceidentity": UNKNOWN,
    # In an organisation only; which one is filled in where it was read.
    "aws:principalorgid": UNKNOWN,
    "aws:principalorgpaths": UNKNOWN,
    "aws:resourceorgid": UNKNOWN,
    "aws:resourceorgpaths": UNKNOWN,
}
"""In all three. Absent since no AWS service calls for anyone: ``aws:CalledVia…``,
``aws:SourceArn``, ``aws:SourceAccount``, ``aws:SourceOrg…``, ``aws:PrincipalServiceName…``;
and since there is no MFA: ``aws:MultiFactorAuthAge``."""

ASSUMING: Final[Mapping[str, KeyValue]] = {
    # UbiQuity may use a user or a role of its own, on whatever machine.
    "aws:userid": PRESENT,
    "aws:username": UNKNOWN,
    "aws:tokenissuetime": UNKNOWN,
    "aws:federatedprovider": UNKNOWN,
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
    "aws:tagkeys": UNKNOWN,
    "sts:rolesessionname": PRESENT,
    "sts:sourceidentity": UNKNOWN,
    "sts:transitivetagkeys": UNKNOWN,
}
"""AssumeRole by somebody in UbiQuity's account."""

ASSUMING_FAMILIES: Final[Mapping[str, KeyValue]] = {
    "aws:principaltag/": UNKNOWN,
    "aws:requesttag/": UNKNOWN,
}
ROLE_TAG_FAMILIES: Final[Mapping[str, KeyValue]] = {
    "aws:resourcetag/": UNKNOWN,
    "iam:resourcetag/": UNKNOWN,
}
"""The role's own tags, where they were not read."""

S3_ANY: Final[Mapping[str, KeyValue]] = {
    # How the request is signed and sent. Each S3 request has them.
    "s3:authtype": PRESENT,
    "s3:signatureage": UNKNOWN,
    "s3:signatureversion": PRESENT,
    "s3:tlsversion": PRESENT,
    "s3:x-amz-content-sha256": UNKNOWN,
}
"""Every S3 action. Absent since the connector names the bucket, not an access point or a grant:
``s3:DataAccessPoint…``, ``s3:AccessPoint…``, ``s3:AccessGrantsInstanceArn``."""

S3_BY_ACTION: Final[Mapping[str, Mapping[str, KeyValue]]] = {
    # 1,000 is ListObjectsV2's page; the connector asks for no folders.
    "s3:listbucket": {"s3:max-keys": known("1000")},
    "s3:putobject": {
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
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-storage-class",
            "x-amz-website-redirect-location",
        )
    },
    "s3:deleteobject": {"s3:if-match": UNKNOWN},
    "s3:putobjecttagging": {"s3:requestobjecttagkeys": UNKNOWN},
}
"""Request headers and parameters, in the requests that can carry them and in no other."""

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

KMS_KEY: Final[Mapping[str, KeyValue]] = {
    # S3 encrypts with symmetric keys only.
    "kms:keyspec": known("SYMMETRIC_DEFAULT"),
    "kms:keyusage": known("ENCRYPT_DECRYPT"),
    "kms:customermasterkeyspec": known("SYMMETRIC_DEFAULT"),
    "kms:customermasterkeyusage": known("ENCRYPT_DECRYPT"),
    "kms:keyorigin": PRESENT,
    "kms:multiregionkeytype": UNKNOWN,
    "kms:resourcealiases": UNKNOWN,
    "kms:requestalias": UNKNOWN,
}
"""Every use of a key."""

KMS_FAMILIES: Final[Mapping[str, KeyValue]] = {"aws:resourcetag/": UNKNOWN}

KMS_CRYPTOGRAPHY: Final[Mapping[str, KeyValue]] = {
    "kms:encryptionalgorithm": known("SYMMETRIC_DEFAULT"),
    "kms:encryptioncontextkeys": UNKNOWN,
}
KMS_CRYPTOGRAPHY_FAMILIES: Final[Mapping[str, KeyValue]] = {"kms:encryptioncontext:": UNKNOWN}
"""Decrypt and GenerateDataKey. What S3 puts into the encryption context beside its own ARN is
whatever the writer of the object asked for."""
