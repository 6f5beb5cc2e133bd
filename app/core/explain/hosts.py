"""Whose hosts a text is about: the same network errors come of any program and any host.

Texts of a database, a package index or another cloud say "no such host" in the same words. What
counts is the host that was asked, where the text names one; a link to a manual, a proxy and a
server of names are not asked.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final

from app.core.explain.pasted import ErrorText


class HostOwner(Enum):
    """Whose host could not be reached."""

    AWS = "AWS's, or an SDK of AWS says so"
    METADATA = "the address that gives a machine in AWS its sign-in"
    OTHER = "somebody else's"
    UNNAMED = "the text does not say"


_AWS: Final = re.compile(
    r"(?:^|\.)(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|api\.aws|aws\.amazon\.com|awsapps\.com|"
    r"awsapps\.cn)$",
    re.IGNORECASE,
)
_CUSTOMERS: Final = re.compile(
    r"\.(?:rds|redshift|redshift-serverless|cache|docdb|neptune|elb|compute|compute-1|es|aos|kafka|"
    r"mq|efs|fsx|elasticbeanstalk|eks|execute-api|ecr|appsync-api|iot|memorydb)"
    r"(?:\.[a-z]{2}-[a-z-]+-\d)?\.amazonaws\.com(?:\.cn)?$",
    re.IGNORECASE,
)
"""Hosts at AWS that are a customer's own: a database, a load balancer, a registry."""

_METADATA: Final = re.compile(r"169\.254\.(?:169\.254|170\.\d+)|\[?fd00:ec2::")

_MANUALS: Final = re.compile(
    r"^(?:docs?|help|support|wiki|learn|developers?|registry|www)\.|readthedocs|^curl\.|"
    r"w3\.org$|stackoverflow\.com$|^aka\.ms$|openssl\.org$|golang\.org$|^pkg\.go\.dev$|"
    r"schemas\.|apache\.org$",
    re.IGNORECASE,
)
_SEE: Final = re.compile(
    r"(?:\b(?:see|visit|read|consult|refer to|more (?:info\w*|details?)|help|learn more|docs?|"
    r"documentation|issue|xmlns\S{0,20})\b[^.]{0,40})$",
    re.IGNORECASE,
)
"""What stands before an address that is there to be read."""

_PROXY: Final = re.compile(r"prox[a-z_:=\W]{0,12}[^.;]{0,30}$", re.IGNORECASE)

_NAME: Final = r"\[?['\"`(]?([\w.-]{1,253})"
_UNKNOWN: Final = r"(?:enotfound|eai_again|unknownhostexception:)"
_TOLD_OF: Final = (
    r"(?:lookup(?: for)?|resolve(?: host| url)?:?|could not be resolved:|"
    r"no such host is known\W{1,3}|tcp connection to|(?:connect|connection|connecting) to|"
    r"connect to host|server at)"
)
_CLEARLY: Final = (
    r"(?:['\"`]([\w.-]{1,253})|\(?((?:[\w-]{1,63}\.){1,20}[\w-]{1,63})|"
    r"([\w-]{1,63})(?=:\d{2,5}\b| on \d|: no such))"
)
"""A name that the words around it leave no doubt of: quoted, with dots, or with a port."""

_ENDS: Final = r"(?:com|net|org|io|cloud|dev|local|lan|internal|corp|example)"
_UNKNOWN_NAME: Final = r"(?:name or|nodename|temporary failure|no address)"
_AWS_NAME: Final = r"(?:amazonaws\.com(?:\.cn)?|awsapps\.com|api\.aws)"
_HOSTS: Final = tuple(
    re.compile(place, re.IGNORECASE)
    for place in (
        r"https?://(?:[^\s/\"'<>@]{0,200}@)?([^\s/\"'<>:?#,;)\]`]{1,253})",
        rf"\bhost(?:name)?(?:=|: ?){_NAME}",
        rf"\bhost ?name ['\"`]{_NAME}",
        rf"\b{_UNKNOWN} {_NAME}",
        rf"\b{_TOLD_OF} {_CLEARLY}",
        r"(?<![\w.-])((?:[\w-]{1,63}\.){1,20}[a-z][\w-]{1,62}):\d{2,5}\b",
        rf"(?<![\w.@/-])((?:[\w-]{{1,63}}\.){{1,20}}{_AWS_NAME})\b",
        rf"(?<![\w./@-])((?:[\w-]{{1,63}}\.){{1,20}}[a-z]{{2,20}}): {_UNKNOWN_NAME}",
        rf"(?:^|(?<=[\s'\"(\[]))((?:[\w-]{{1,63}}\.){{1,20}}{_ENDS})(?=[\s'\")\],;]|\.?$)",
        r"(?<![\w./-])((?:\d{1,3}\.){3}\d{1,3})(?=[: ]\d{2,5}\b)",
    )
)
_PORT: Final = re.compile(r"[: ](?:port )?(\d{2,5})\b(->)?")
_NEAR: Final = 60
_PORTS_OF_THE_WEB: Final = ("53", "80", "443")
_NO_HOSTS: Final = re.compile(
    r"the|a|an|on|any|aws|s3|sts|amazon|server|host|endpoint|url|remote|your|this|bucket|proxy|"
    r"address|addresses|information|name|names|hosts|with|failed|error|none|null|is|not|for|it|port|connect|read|of|to|\d+|port\d*|"
    r".*\.(?:py|go|java|js|ts|rb|rs|cs|php|cpp|c|h|jar|dll|exe|json|xml|yaml|yml|tf|so)",
    re.IGNORECASE,
)
"""Words, and files with a line's number, that stand where a host may."""

_OTHER_PRODUCTS: Final = re.compile(
    r"\b(?:jdbc:|psql\b|psycopg|sqlstate|ora-\d|mysql|mariadb|mongo\w*|redis|kafka|rabbitmq|amqp|"
    r"postgres\w*|psqlexception|oracle|sqlserver|cassandra|elasticsearch|snowflake|ldaps?\b|smtp|"
    r"imap|sftp|ssh:|azure|gcloud|google|gs://|jenkins|maven|gradle|nuget|rubygems|artifactory|"
    r"jira|slack|datadog|salesforce|npm err|pip(?:3)? install|docker pull|git clone|"
    r"error response from daemon|fatal: unable to access|kubectl|kubernetes|helm\b|vault\b|okta|"
    r"github|gitlab|bitbucket|stripe|twilio)",
    re.IGNORECASE,
)

_SDK: Final = re.compile(
    r"\bbotocore\b|\bboto3\b|\bs3transfer\b|@aws-sdk|\baws-sdk\b|com\.amazonaws|software\.amazon|"
    r"amazon\.(?:runtime|s3|securitytoken)\b|\baws::|\bseahorse\b|\baws_sdk_|\baws_smithy|\bs3a\b|"
    r"s3a://|s3n?://|\baws_(?:io|auth|error)_|operation error \w|aws http error|"
    r"\bunable to execute http request|upload failed: |download failed: |fatal error: |"
    r"\b(?:aws-vault|aws-sso|s3cmd|s5cmd|s3fs|rclone)\b|\b(?:aws|amazon) |\b(?:s3|sts|iam|kms)\b|"
    r"dispatch failure|ubiquity|\$metadata\b|\bnetworkingerror\b",
    re.IGNORECASE,
)
"""What only AWS's SDKs and tools for S3 write, and AWS by name."""


def asked(pasted: ErrorText) -> HostOwner:
    """Return whose host the text is about."""
    hosts = {host.rstrip(".").lower() for host in _hosts(pasted.text)}
    if any(_AWS.search(host) and not _CUSTOMERS.search(host) for host in hosts):
        return HostOwner.AWS
    if pasted.says("amazonawscom") and not any(map(_AWS.search, hosts)):
        return HostOwner.AWS  # A host that a line breaks in two.
    others = {host for host in hosts if not _METADATA.match(host)}
    if others:
        return HostOwner.OTHER
    if hosts or _METADATA.search(pasted.text):
        return HostOwner.METADATA
    if _SDK.search(pasted.text):
        return HostOwner.AWS
    return HostOwner.OTHER if _OTHER_PRODUCTS.search(pasted.text) else HostOwner.UNNAMED


def _hosts(text: str) -> Iterator[str]:
    """Yield the hosts of ``text`` that were asked."""
    for place in _HOSTS:
        for match in place.finditer(text):
            host = next(group for group in match.groups() if group)
            before = text[max(0, match.start() - _NEAR) : match.end() - len(host)]
            if _is_asked(host, before, text[match.end() : match.end() + _NEAR]):
                yield host


def _is_asked(host: str, before: str, behind: str) -> bool:
    if _NO_HOSTS.fullmatch(host) or _MANUALS.search(host):
        return False
    if _SEE.search(before) or _PROXY.search(before):
        return False
    port = _PORT.match(behind)
    is_number = all(char.isdecimal() or char == "." for char in host)
    if is_number and not _METADATA.match(host):
        return port is not None and port[1] not in _PORTS_OF_THE_WEB and not port[2]
    return True
