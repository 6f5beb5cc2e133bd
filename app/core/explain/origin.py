"""Whether a text is AWS's at all: many products say "access denied".

AWS is known by what only it and its SDKs write: a service's name in an SDK's form, a host of
AWS's, an ARN, the ids of a request. A word such as "S3" is a weaker sign, which any sign of
another maker outweighs: storage that is like S3 answers in S3's words, but from its own host and
with request ids of another form.
"""

import re
from typing import Final

from app.core.explain.pasted import ErrorText
from app.core.explain.refused_call import RefusedCall

_OTHER_STORAGE: Final = re.compile(
    r"\b(?:min[-_]?io\b|s3[- ]?(?:compatible|like)|wasabi\w*|backblaze\w*|b2api|"
    r"digitalocean\w*|linodeobjects|ceph\b|rados\w*|rgw\b|scality|storj\w*|aliyun\w*|oss-[a-z]+|"
    r"myqcloud|myhuaweicloud|appdomain\.cloud|oraclecloud\w*|localstack|storagegrid|seaweedfs|"
    r"garage s3|yandexcloud|scw\.cloud|exoscale|vultrobjects|idrivee2|versitygw|r2\.dev|"
    r"cloudflarestorage)",
    re.IGNORECASE,
)
"""Storage with S3's interface, by name, where a text names it."""

_OTHER_CLOUD: Final = re.compile(
    r"googleapis|\bgs://|storage\.(?:objects|buckets)\.|gserviceaccount|windows\.net|"
    r"\bgoogle\b|\bgcs\b|\bazure\b|\bcouchbase\b",
    re.IGNORECASE,
)
"""Clouds whose storage has words of its own: a sign only where no SDK of AWS's speaks."""

_FOREIGN_IDS: Final = re.compile(
    r"host_?id\W{1,12}(?:[0-9a-f]{64}\b|[\w-]{1,80}\.[\w.-]{1,120}|[0-9a-f]{4,16}-[\w-]+\W)|"
    r"request_?id\W{1,12}tx[0-9a-f]{10}|"
    r"request id: ?, host id: ?(?:$|\W*$|,)",
    re.IGNORECASE,
)
"""Ids of requests as AWS makes none: MinIO's and Ceph's forms, a host, nothing at all. AWS's are
sixteen capitals and digits, and a second one in base 64 (Amazon S3 API Reference, "Error
responses")."""

_OTHER_CODE: Final = re.compile(r"\baccessDenied\b")
"""The code as Microsoft Graph and Google write it, to the letter; AWS's begins with a capital."""

_URL: Final = (
    r"\W{0,4}[:=]?\W{0,3}(?:https?://([^\s/\"'<>]{3,253})|"
    r"((?:localhost|\d{1,3}(?:\.\d{1,3}){3}):\d{2,5}))"
)
_ENDPOINT: Final = re.compile(
    r"(?:endpoint(?:[ _]url)?|executing \W?\w{1,60}\W? on|--host|client error: \W?\w{3,7})\b"
    + _URL,
    re.IGNORECASE,
)
"""The address that an SDK was set to call, or says that it called."""

_CALLED: Final = re.compile(
    r"\b(?:get|put|head|post|delete|host(?:name)?)\b(?: error on)?(?: for)?" + _URL, re.IGNORECASE
)
"""An address that was called, by whatever."""

_AWS_HOST: Final = re.compile(
    r"(?:^|\.)(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|api\.aws|aws\.amazon\.com|awsapps\.com)"
    r"(?::\d+)?\.?$",
    re.IGNORECASE,
)

_SDK: Final = re.compile(
    r"calling the \w{1,60} operation|api error \w|aws http error|\w \(client\): |"
    r"\baws error\b|\baws service:|service: [\w ]{1,60}[;,] ?status ?code|"
    r"operation error [\w ]{1,60}:|arn:aws[\w-]{0,20}:|"
    r"@aws-sdk|\bbotocore\b|\bboto3\b|com\.amazonaws|software\.amazon|"
    r"amazon\.(?:runtime|s3)\b|\baws::\w|\baws_sdk_|status code: 403, request id:|"
    r"<Code>[^<]{1,60}</Code>.{0,1000}<(?:RequestId|HostId)>|"
    r"\bx-amz-(?:request-id|id-2)|extended_?request_?id|aws_request_id|cfId\W",
    re.IGNORECASE,
)
"""What only AWS's services and SDKs write."""

_NAMED: Final = re.compile(
    r"(?<![\w./-])(?:s3|iam|sts|kms|buckets?|external id|ubiquity)(?![\w/-]|\.[a-z])", re.IGNORECASE
)
"""What the guide is about, by name: a sign where nothing speaks against it."""

_MAKER: Final = re.compile(r"\b(?:aws|amazon)\b", re.IGNORECASE)
"""AWS's own name says too little: it has hundreds of services."""


def is_of_another(pasted: ErrorText) -> bool:
    """Tell whether the text shows that something else than AWS answered."""
    text = pasted.text
    if speaks_for_s3(pasted) or _is_elsewhere(_ENDPOINT, pasted):
        return True
    if shows_an_sdk(pasted):
        return False
    is_others = _OTHER_CLOUD.search(text) or _OTHER_CODE.search(text)
    return bool(is_others) or _is_elsewhere(_CALLED, pasted)


def _is_elsewhere(pattern: re.Pattern[str], pasted: ErrorText) -> bool:
    """Tell whether ``pattern`` finds hosts, and none of AWS's is in the text, be it broken up."""
    hosts = [match[1] or match[2] for match in pattern.finditer(pasted.text)]
    is_of_aws = pasted.says("amazonawscom") or any(map(_AWS_HOST.search, hosts))
    return bool(hosts) and not is_of_aws


def speaks_for_s3(pasted: ErrorText) -> bool:
    """Tell whether storage that is like S3 answered, by its name or by its requests' ids."""
    return bool(_OTHER_STORAGE.search(pasted.text) or _FOREIGN_IDS.search(pasted.text))


def is_of_aws(pasted: ErrorText, call: RefusedCall) -> bool:
    """Tell whether the text shows that it is AWS's; ``call`` is what it tells of the call."""
    return bool(call.service or shows_an_sdk(pasted) or _NAMED.search(pasted.text))


def shows_an_sdk(pasted: ErrorText) -> bool:
    """Tell whether the text has what only AWS's services and SDKs write."""
    return bool(pasted.source or _SDK.search(pasted.text))


def names_aws(pasted: ErrorText) -> bool:
    """Tell whether AWS is named at all."""
    return bool(_MAKER.search(pasted.text))
