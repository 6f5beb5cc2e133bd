"""Addresses of S3 buckets taken apart: ``s3://``, ARNs, and the addresses of web pages.

Sources: Amazon S3 User Guide, "Virtual hosting of general purpose buckets" (virtual-host and
path style), "AWS PrivateLink for Amazon S3" (interface endpoints), "Website endpoints", "Using
Amazon S3 dual-stack endpoints", "Referencing access points"; Service Authorization Reference,
"Resource types defined by Amazon S3".
"""

import re
from typing import Final

from app.core.frozen import frozen

_REGION: Final = r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}"
_S3_HOST: Final = (
    r"(?:(?P<bucket>.+)\.)?s3(?:-(?P<flavour>accelerate|fips|website|external-1))?"
    rf"(?:\.dualstack)?(?:[.-](?P<region>{_REGION}))?\.amazonaws\.com"
)
_PRIVATE_HOST: Final = (
    r"(?:(?P<before>.+)\.)?"
    rf"vpce-[0-9a-z]+-[0-9a-z-]+\.s3\.(?P<region>{_REGION})\.vpce\.amazonaws\.com"
)
"""An interface endpoint (PrivateLink), which names what is behind it before its own name."""

_OTHER_KIND_HOST: Final = (
    r"(?:.*\.)?(?P<kind>s3-global|s3-accesspoint|s3-object-lambda|s3-outposts|s3express|s3tables)"
    rf"(?:-[a-z0-9-]+)?(?:\.dualstack)?(?:\.{_REGION})?\.amazonaws\.com"
)
_CONSOLE_HOST: Final = rf"(?:(?:.*\.)?(?P<region>{_REGION})\.|s3\.)?console\.aws\.amazon\.com"
_FOREIGN_HOST: Final = (
    r".*\.(?:amazonaws\.(?:com\.cn|cn|eu)|amazonaws-(?:us-gov\.com|eusc\.eu)|\w+\.ic\.gov)"
)
_AWS_HOST: Final = (
    r"[^/\s]+\.(?:amazonaws\.(?:com|com\.cn|cn|eu)|aws\.amazon\.com|amazonaws-us-gov\.com)"
    r"(?::[0-9]+)?(?:[/?#].*)?"
)

_OTHER_KINDS: Final = {
    "s3-global": "bucket.multi-region-access-point",
    "s3-accesspoint": "bucket.access-point",
    "s3-object-lambda": "bucket.object-lambda",
    "s3-outposts": "bucket.outposts",
    "s3express": "bucket.directory",
    "s3tables": "bucket.table",
}
"""Hosts and ARN services of what S3 has beside general purpose buckets."""

_CONSOLE_KINDS: Final = {
    "ap": "bucket.access-point",
    "mrap": "bucket.multi-region-access-point",
    "olap": "bucket.object-lambda",
    "outposts": "bucket.outposts",
    "table-buckets": "bucket.table",
    "tables": "bucket.table",
}
_FILE_ENDINGS: Final = (
    " 7z avro bak bz2 csv dat doc docx gif gpg gz htm html jpeg jpg json jsonl log md ndjson orc "
    "parquet pdf pgp png psv snappy sql tar tgz tmp tsv txt xls xlsm xlsx xml yaml yml zip zst "
)


@frozen
class Address:
    """What an address says; a part that it doesn't name is empty.

    ``prefix`` is the folder where the address is that of a file. ``refused`` is the code of
    the problem where the address isn't that of a bucket that UbiQuity can connect to.
    """

    bucket: str = ""
    prefix: str = ""
    region: str = ""
    refused: str = ""


def looks_like_file(key: str) -> bool:
    """Tell whether the last part of ``key`` is the name of a data file rather than a folder."""
    stem, dot, ending = key.rpartition("/")[2].rpartition(".")
    return bool(stem and dot) and ending.isalnum() and f" {ending.lower()} " in _FILE_ENDINGS


def folder_of(key: str) -> str:
    """Return the folder in which ``key`` is: all up to and with its last slash."""
    return key[: key.rfind("/") + 1]


def read_address(text: str) -> Address | None:
    """Take an address of S3 apart; None where ``text`` is none. Never raises.

    ``s3://`` addresses hold a key as it is; in web addresses percent-encoding is decoded, and
    what a query says beside region and prefix (a signature, say) is dropped.
    """
    scheme, mark, rest = text.partition("://")
    scheme = scheme.strip().lower()
    if text[:4].lower() == "arn:":
        return _from_arn(text)
    if mark and scheme in {"s3", "s3a", "s3n"}:
        return _from_arn(rest) if rest[:4].lower() == "arn:" else _from_uri(rest)
    if mark and scheme in {"http", "https"}:
        return _from_url(rest)
    if mark and re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme):
        return Address(refused="bucket.other-service")
    is_host = "." in text and re.fullmatch(_AWS_HOST, text, re.IGNORECASE | re.DOTALL)
    return _from_url(text) if is_host else None


def _of_key(bucket: str, key: str, region: str = "") -> Address:
    """Return the address of ``key``, whose folder is the prefix; a closing ``*`` is no part."""
    if not bucket:
        return Address(refused="bucket.address-without")
    key = key.removesuffix("*")
    return Address(bucket, folder_of(key) if looks_like_file(key) else key, region)


def _from_uri(rest: str) -> Address:
    bucket, _, key = rest.partition("/")
    return _of_key(bucket, key.partition("?versionId=")[0])


def _from_arn(arn: str) -> Address:
    parts = arn.split(":", 5)
    if len(parts) < 6:
        return Address(refused="bucket.other-arn")
    partition, service, region, account, resource = (part.strip() for part in parts[1:])
    service = service.lower()
    if partition.lower() != "aws":
        return Address(refused="bucket.partition")
    if service in _OTHER_KINDS:
        return Address(refused=_OTHER_KINDS[service])
    if service != "s3":
        return Address(refused="bucket.other-arn")
    if resource.startswith("accesspoint/"):
        kind = "bucket.access-point" if region else "bucket.multi-region-access-point"
        return Address(refused=kind)
    if account and not resource.startswith("bucket/"):
        return Address(refused="bucket.other-arn")
    bucket, _, key = (resource.removeprefix("bucket/") if account else resource).partition("/")
    return _of_key(bucket, key, region.lower())


def _from_url(rest: str) -> Address:
    """Read an address without its scheme: host, path, query and fragment."""
    from urllib.parse import unquote  # as slow to load as all the rest of this module

    before, _, fragment = rest.partition("#")
    before, _, query = before.partition("?")
    host, _, path = before.partition("/")
    host = host.rpartition("@")[2].partition(":")[0].rstrip(".").lower()
    if re.fullmatch(_FOREIGN_HOST, host):
        return Address(refused="bucket.partition")
    console = re.fullmatch(_CONSOLE_HOST, host)
    if console:
        query_values = {key: unquote(value.replace("+", " ")) for key, value in _pairs(query)}
        region = query_values.get("region") or console["region"] or ""
        return _from_console(
            unquote(path), unquote(fragment), query_values.get("prefix", ""), region
        )
    if private := re.fullmatch(_PRIVATE_HOST, host):
        return _from_private(private, unquote(path))
    if other := re.fullmatch(_OTHER_KIND_HOST, host):
        return Address(refused=_OTHER_KINDS[other["kind"]])
    s3 = re.fullmatch(_S3_HOST, host)
    if s3 is None:
        return Address(refused="bucket.other-service")
    region = "us-east-1" if s3["flavour"] == "external-1" else s3["region"] or ""
    bucket, key = s3["bucket"], unquote(path)
    if not bucket:
        bucket, _, key = key.partition("/")
    return _of_key(bucket, key, region)


def _from_private(host: re.Match[str], path: str) -> Address:
    """Read an interface endpoint's address; people also leave the word ``bucket`` out of it."""
    before, _, kind = (host["before"] or "bucket").rpartition(".")
    if kind == "accesspoint":
        return Address(refused="bucket.access-point")
    if (before, kind) == ("", "control"):
        return Address(refused="bucket.address-without")
    bucket, key = before if kind == "bucket" else host["before"], path
    if bucket in {"", "*"}:
        bucket, _, key = path.partition("/")
    return _of_key(bucket, key, host["region"])


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(key, value) for key, _, value in (pair.partition("=") for pair in query.split("&"))]


def _from_console(path: str, fragment: str, prefix: str, region: str) -> Address:
    """Read a page of the S3 console, by today's paths or those of its earlier forms."""
    parts = path.split("/", 3)
    page, bucket, key = (*parts[1:], "", "", "")[:3]
    if parts[0] != "s3":
        return Address(refused="bucket.other-service")
    if page in _CONSOLE_KINDS:
        return Address(refused=_CONSOLE_KINDS[page])
    if page == "home":
        bucket, _, key = fragment.lstrip("/").partition("/")
    if page not in {"home", "buckets", "object", "upload", "bucket"} or not bucket:
        return Address(refused="bucket.address-without")
    key = prefix or ("" if page == "bucket" else key)
    if page == "object":
        key = folder_of(key)
    return _of_key(bucket, key, region)
