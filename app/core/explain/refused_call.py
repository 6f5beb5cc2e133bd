"""Which service of AWS answered, and to which call, as each SDK writes it down.

Every SDK names the service or the call beside AWS's own words: Java's "(Service: Amazon S3;
Status Code: 403; …)", Go's "operation error S3: GetObject", botocore's "when calling the GetObject
operation", PHP's "Error executing", Ruby's and .NET's class of the error, the host that was
called, CloudTrail's event source. What one of them says is certain, so it goes before any guess.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from app.core.explain.pasted import ErrorText
from app.core.explain.services import ELSEWHERE, service_named, service_of_operation
from app.core.frozen import frozen

_SERVICE: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"service: ?([\w ]{1,60}?) ?[;,] ?(?:status ?code|aws request)",  # Java 1 and 2
        r"aws service: ?([\w ]{1,60}?) ?[;,]",  # Java, before 2013
    )
)
"""Where Java's SDKs name the service that answered."""

_CALLS: Final = re.compile(
    r"calling the (?P<operation>\w{1,60}) operation|"  # botocore, the AWS CLI
    r"operation error (?P<service>[\w ]{1,60}?): ?(?P<go>\w{1,60})",  # Go 2
    re.IGNORECASE,
)
"""Where an SDK names the call, and with it the service."""

_CLASSES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"services[./](\w{1,60})[./]model[./]\w{0,60}exception",  # Java
        r"\bamazon\.(\w{1,60})\.amazon\w{0,60}exception",  # .NET
        r"\baws::(\w{1,60})::errors",  # Ruby
        r"\baws\\{1,4}(\w{1,60})\\{1,4}exception",  # PHP
        r"@aws-sdk/client-([\w-]{1,60})",  # JavaScript 3
        r"aws-sdk/(?:lib|clients)/(?:services/)?(\w{1,60})\.js",  # JavaScript 2
        r"\b(s3|sts|kms|iam) ?serviceexception",  # Redshift
        r"\baws_sdk_(\w{1,60})::",  # Rust
    )
)
"""The SDK's own class or package of a service."""

_OPERATION: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"during (\w{1,60}) operation",  # C++, Arrow
        r"error executing \W{1,3}(\w{1,60})\W",  # PHP
        r"(?:de_|deserializeaws_(?:restxml|restjson1|query|json1_\d))(\w{1,60}?)commanderror",  # 3
        r"\[aws \w{1,30} 403 [^\]]{1,60}\] (\w{1,60})\(",  # JavaScript 2's log
        r"(getfilestatus|getbucketlocation)(?:\(\))? on ",  # Hadoop's S3A
        r"\b(assumerole\w{0,30})\b",  # .NET, and people
    )
)
_SPOKEN_OF: Final = re.compile(
    r"\b(?:s3|kms|iam|sts):([a-z]\w{3,60})\b|"
    r"\b((?:get|put|head|delete|copy)objects?|listobjects(?:v2)?|headbucket|uploadpart|"
    r"createmultipartupload|generatedatakey|describekey)\b",
    re.IGNORECASE,
)
"""A call by its mere name, or by the permission that it takes."""

_BY_HADOOP: Final = {"getfilestatus": "HeadObject"}

_ASSUMING: Final = re.compile(
    r"\bassum(?:e|ed|ing|ption)\b(?: of)?(?: \w{1,20}){0,3} \W?(?:aws_)?role\b|"
    r"\brole (?:cannot|can't|could not|couldn't) be assumed",
    re.IGNORECASE,
)
_AWS_DOMAIN: Final = re.compile(r"\.(?:amazonaws\.(?:com|eu)|api\.aws)\b", re.IGNORECASE)
_HOST_BEFORE: Final = re.compile(r"[a-z0-9.-]{1,253}$", re.IGNORECASE)
_LONGEST_HOST: Final = 253
_IN_A_HOST: Final = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-\d[a-z]?|vpce|dualstack|fips|www")
"""What stands in a host beside the service: the region, and kinds of endpoint."""

_S3_MARKS: Final = re.compile(
    r"\bs3[an]?://|arn:aws[\w-]{0,20}:s3:::|extended ?request ?id\W{1,4}[\w+/]{20}|"
    r"\bhost ?id\W{1,6}[\w+/]{30}|<HostId>|x-amz-(?:id-2|bucket-region)|s3_extended_request_id|"
    r"\bs3\w{1,30}(?:error|exception)\b|[(]status code: \d{3}; error code: \w",
    re.IGNORECASE,
)
"""Only S3 answers with a second id, and only S3 is addressed so."""

_NAMES_S3: Final = re.compile(
    r"(?<![\w./-])s3(?![\w/-]|\.[a-z])|\bs3_\w{0,20}error\b", re.IGNORECASE
)
_NAMES_ANOTHER: Final = re.compile(
    r"\b(?:lambda|ec2|dynamodb|sqs|sns|ses|rds|ecr|ecs|eks|secrets ?manager|cloudfront|cloudwatch|"
    r"codecommit|api gateway|cognito|kinesis|step functions|systems manager|lake formation)\b",
    re.IGNORECASE,
)
_NAMES_A_ROLE: Final = re.compile(
    r"\b(?:roles?|sts|assum\w{1,6}|trust|external ?id)\b", re.IGNORECASE
)
"""A service by its mere name: the last of the signs, and none where a role is spoken of."""

_OF_ANOTHER: Final = ("unauthorizedoperation", "notauthorizedtoaccessthisresource")
"""How EC2 alone refuses, and how API Gateway does (Amazon EC2 API Reference, "Error codes")."""


@frozen
class RefusedCall:
    """The call that AWS answered, as far as the text names it.

    ``service`` is one of ``OURS``, ``ELSEWHERE``, or an empty text where none is named;
    ``operation`` is the API's name for the call in the text's own case, or an empty text.
    """

    service: str = ""
    operation: str = ""

    @property
    def action(self) -> str:
        """Both as one: ``s3:GetObject``; an empty text where the call is not known."""
        return f"{self.service}:{self.operation}" if self.operation else ""


def refused_calls(pasted: ErrorText) -> tuple[RefusedCall, ...]:
    """Return the calls that were answered, in their order; at least one, be it not known.

    A log may hold several, of which each names its service or its operation.
    """
    named = dict.fromkeys(_each_call(pasted.text)) if not pasted.source else ()
    return tuple(named) or (_the_call(pasted),)


def refused_call(pasted: ErrorText) -> RefusedCall:
    """Return the first call that was answered, its service by the surest sign."""
    return refused_calls(pasted)[0]


def answered_elsewhere(pasted: ErrorText) -> bool:
    """Tell whether an SDK or CloudTrail names services, and all of them are none of ours."""
    operation = pasted.operation or _operation(pasted.text)
    named = {*_named(pasted, operation), *(call.service for call in _each_call(pasted.text))}
    return named - {""} == {ELSEWHERE}


def _each_call(text: str) -> Iterator[RefusedCall]:
    for match in _CALLS.finditer(text):
        operation = match["operation"] or match["go"]
        service = service_named(match["service"] or "") or service_of_operation(operation)
        yield RefusedCall(service, operation)


def _the_call(pasted: ErrorText) -> RefusedCall:
    operation = pasted.operation or _operation(pasted.text)
    services = chain(_named(pasted, operation), _hinted(pasted.text))
    return RefusedCall(next(filter(None, services), ""), operation)


def _named(pasted: ErrorText, operation: str) -> Iterator[str]:
    """Yield the services that an SDK or CloudTrail names for the call."""
    text = pasted.text
    yield service_named(pasted.source.partition(".")[0])
    yield from (service_named(match[1]) for p in _SERVICE for match in p.finditer(text))
    yield service_of_operation(operation)
    yield ELSEWHERE if any(map(pasted.says, _OF_ANOTHER)) else ""


def _hinted(text: str) -> Iterator[str]:
    """Yield the services that classes, hosts and words of the text speak of."""
    yield from (service_named(m[1]) for p in _CLASSES if (m := p.search(text)))
    yield from map(_service_of_host, _hosts(text))
    yield "s3" if _S3_MARKS.search(text) else ""
    yield "sts" if _ASSUMING.search(text) else ""
    if not _NAMES_A_ROLE.search(text):
        yield "s3" if _NAMES_S3.search(text) else ""
        yield ELSEWHERE if _NAMES_ANOTHER.search(text) else ""


def _operation(text: str) -> str:
    for pattern in _OPERATION:
        match = pattern.search(text)
        if match:
            name = _BY_HADOOP.get(match[1].lower(), match[1])
            return name[:1].upper() + name[1:]
    if _ASSUMING.search(text) and not _S3_MARKS.search(text):
        return "AssumeRole"
    spoken_of = (match[1] or match[2] for match in _SPOKEN_OF.finditer(text))
    return next((n for n in spoken_of if service_of_operation(n) != ELSEWHERE), "")


def _hosts(text: str) -> Iterator[str]:
    """Yield what stands before AWS's domain in each host of ``text``, in lower case."""
    for domain in _AWS_DOMAIN.finditer(text):
        before = text[max(0, domain.start() - _LONGEST_HOST) : domain.start()]
        match = _HOST_BEFORE.search(before)
        if match:
            yield match[0].lower()


def _service_of_host(host: str) -> str:
    labels = [label for label in host.split(".") if not _IN_A_HOST.fullmatch(label)]
    if any(re.fullmatch(r"s3(?:-[a-z0-9-]+)?", label) for label in labels):
        return "s3"
    return service_named(labels[-1].removesuffix("-fips")) if labels else ""
