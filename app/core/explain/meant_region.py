"""Which region is meant where an error has something else in its place.

Sources: AWS Regions and Availability Zones User Guide, "AZ IDs" (a region's code in short); Amazon
S3 API Reference, "CreateBucketConfiguration" (EU), and S3's former "US Standard".
"""

import re
from collections.abc import Mapping
from typing import Final

from app.core.frozen import frozen
from app.core.pasted.region_names import (
    LIKE_A_CODE,
    as_written,
    closest,
    region_codes,
    regions_named,
    stem,
)

_FORMER: Final = {"us": "us-east-1", "eu": "eu-west-1"}
"""What S3 called two of its regions."""


@frozen
class MeantRegion:
    """What a text stands for that is no region itself.

    ``code`` is the region that was meant, None where it may be several. ``is_sure`` is False for a
    new number of a region that is known: data ages, and AWS may have opened it since.
    """

    code: str | None
    is_sure: bool = True


def region_meant(text: str, known_regions: Mapping[str, str]) -> MeantRegion | None:
    """Return what ``text`` stands for where it is no region; None where it is one.

    None as well for what is like no region, and for a region of another partition.
    """
    written = as_written(text)
    if text.lower() in known_regions or is_of_another_partition(text):
        return None
    if written in _FORMER:
        return MeantRegion(_FORMER[written])
    codes = [code for code, _ in region_codes(written, known_regions)]
    known = [code for code in codes if code in known_regions]
    found = known or _by_short_codes(written, known_regions)
    found = found or ([] if codes else regions_named(written, known_regions))
    if found:
        return MeantRegion(found[0] if len(found) == 1 else None)
    alike = closest(written, known_regions)
    is_new = any(stem(code) == stem(other) for code in codes for other in known_regions)
    looks_so = alike or codes or re.fullmatch(LIKE_A_CODE, written)
    return MeantRegion(alike, is_sure=not is_new) if looks_so else None


def is_of_another_partition(text: str) -> bool:
    """Tell whether ``text`` begins as the codes of regions outside the partition ``aws`` do."""
    return bool(re.match(r"cn-|us-?gov-|eusc-|(?:us|eu)-iso[a-z]?-", as_written(text)))


def _by_short_codes(written: str, known_regions: Mapping[str, str]) -> list[str]:
    """Return the region whose code in short ``written`` begins with, as the id of a zone does."""
    short = re.match(r"([a-z]{2,4}[0-9])-(?:[a-z0-9]+-)?az[0-9]", written)
    return [code for code in known_regions if short and _shortened(code) == short[1]]


def _shortened(code: str) -> str:
    """Return ``code`` as the ids of its zones begin: use1 for us-east-1, apse2 for two words."""
    area, *directions, number = code.split("-")
    letters = re.findall("north|south|east|west|central", "".join(directions))
    return area + "".join(direction[0] for direction in letters) + number
