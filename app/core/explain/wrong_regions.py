"""What stands where a region's code should, in an address of AWS or in a sentence about a region.

An availability zone, a local zone, a name in words, a typing mistake: no such host exists, so what
an SDK says of the network there is not the cause. Sources: Amazon S3 User Guide, "Virtual hosting
of buckets"; AWS General Reference, "AWS service endpoints" (forms of hosts); the texts are those
of botocore, of the SDKs for Go, Java, JavaScript and Ruby, and of Terraform.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from app.core.explain.explanation import Explanation
from app.core.explain.meant_region import MeantRegion, is_of_another_partition, region_meant
from app.core.explain.pasted import ErrorText
from app.core.regions import REGION_NAMES

_HOST: Final = re.compile(
    r"(?:https?://([^/\"'<>@:]{1,250}?)|(?<![\w.-])((?:[\w-]{1,63}\.){0,20}[\w-]{1,63}))"
    r"\.amazonaws\.com\b(?!\.cn|[\w-])",
    re.IGNORECASE,
)
"""A host of AWS, up to what all of them end with; a region in words has spaces."""

_SERVICE: Final = re.compile(
    r"s3(?:-(?:fips|control|control-fips|accesspoint|accesspoint-fips|outposts|website|"
    r"object-lambda))?|s3express-.*|(?:sts|kms|iam|ec2|oidc|sso|signin|lambda|logs|dynamodb|sqs|sns|"
    r"ssm|secretsmanager|cloudformation|cloudtrail|monitoring|organizations|ecr|ecs|eks|glue|"
    r"athena|kinesis)(?:-fips)?",
    re.IGNORECASE,
)
_DASHED: Final = re.compile(r"s3-(?:website-|fips-)?(.+)", re.IGNORECASE)
_GLOBAL: Final = re.compile(
    r"|external-\d|accelerate|accelerate-.*|fips|dualstack|vpce|global|aws-global|[\w-]+-fips",
    re.IGNORECASE,
)
"""What may stand in the place of a region's code and names none."""

_MOST: Final = 50
"""A log says the same again and again."""

_QUOTED: Final = r"['\"`]?([A-Za-z][\w ().-]{1,40}?)['\"`]?"
_INVALID: Final = r"\binvalid (?:aws )?region(?: name| code| endpoint)?(?: provided| specified)?"
_IS_NONE: Final = (
    r"(?:does not exist|is not (?:a |an )?valid|is invalid|(?:was )?not found|is not supported|"
    r"is unknown|could not be found)"
)
_SETTING: Final = r"(?:aws_(?:default_)?region|\bregion(?:_name)?)['\"]? ?[:=] ?['\"]?"
_OF_KIND: Final = r"is not an? (?:valid|known|recognized|supported) (?:aws )?region"
_REFUSED: Final = re.compile(r"\binvalid aws region: ([\w.-]{1,60})", re.IGNORECASE)
"""Terraform's provider has looked the region up, so what it refuses is none."""

_SENTENCES: Final = tuple(
    re.compile(sentence, re.IGNORECASE)
    for sentence in (
        r"region_name '([^']{1,60})' doesn ?' ?t match",
        rf"{_INVALID}\W{{1,4}}{_QUOTED}(?=['\"`.,;]|\s[a-z\W]|$)",
        r"cannot create enum from ([\w-]{2,40}) value",
        r"\bthe ([\w-]{2,40}) location constraint is",
        rf"(?:may not be|is not) available in the {_QUOTED} region",
        rf"\bregion(?: name)? {_QUOTED} {_IS_NONE}",
        rf"['\"`]?([A-Za-z][\w-]{{2,40}})['\"`]? {_OF_KIND}",
        r"(?:unknown|unrecognized|unsupported|no such) (?:aws )?region\W{1,4}([A-Za-z][\w-]{2,40})",
        r"valid region, not '([^']{2,40})'",
        rf"{_SETTING}([A-Za-z]{{2}}[-_][A-Za-z][\w-]{{2,30}})",
    )
)


def wrong_regions(pasted: ErrorText) -> Iterator[Explanation]:
    """Yield the cause where the text names no region of AWS in the place of one."""
    for named, meant in _named(pasted.text):
        params: dict[str, object] = {"named": named}
        if meant.code:
            params["found"] = meant.code
        yield Explanation("bucket.region-mismatch", params)


def is_no_region(pasted: ErrorText) -> bool:
    """Tell whether the text names what surely is no region, so that no such host exists."""
    return any(meant.is_sure for _, meant in _named(pasted.text))


def _named(text: str) -> Iterator[tuple[str, MeantRegion]]:
    """Yield what stands in the place of a region's code and is none, and what it stands for."""
    for host in islice(_HOST.finditer(text), _MOST):
        named, is_certain = _region_of_host(host[1] or host[2] or "")
        is_one = named.lower() in REGION_NAMES or is_of_another_partition(named)
        if not is_one and not _GLOBAL.fullmatch(named):
            meant = region_meant(named, REGION_NAMES)
            if meant or is_certain:
                yield named, meant or MeantRegion(None)
    for refused in islice(_REFUSED.finditer(text), _MOST):
        if refused[1].lower() not in REGION_NAMES:
            yield refused[1], region_meant(refused[1], REGION_NAMES) or MeantRegion(None)
    for sentence in _SENTENCES:
        for match in islice(sentence.finditer(text), _MOST):
            # A line's end may have put a space into a name.
            for named in dict.fromkeys((match[1], match[1].replace(" ", ""))):
                if meant := region_meant(named, REGION_NAMES):
                    yield named, meant
                    break


def _region_of_host(host: str) -> tuple[str, bool]:
    """Return what stands in the place of the region, and whether that can be nothing else."""
    labels = host.removesuffix(".vpce").split(".")
    if dashed := _DASHED.fullmatch(labels[-1]):
        return ("", False) if _SERVICE.fullmatch(labels[-1]) else (dashed[1], False)
    services = [place for place, label in enumerate(labels) if _SERVICE.fullmatch(label)]
    if not services:
        return (labels[-1] if len(labels) > 1 else "", False)
    behind = [label for label in labels[services[-1] + 1 :] if label.lower() != "dualstack"]
    return ".".join(behind), True
