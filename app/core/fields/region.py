"""The AWS region of a bucket, by its code or by its name.

Sources: AWS Regions and Availability Zones User Guide, "AWS Regions" (form of codes, which
regions have to be switched on); IAM User Guide, "Amazon Resource Names": trust between accounts
does not cross partitions, so China, GovCloud, the European Sovereign Cloud and the isolated
clouds are refused.
"""

import re
from collections.abc import Mapping
from typing import Final

from app.core.conventions import row
from app.core.pasted.cleaning import clean
from app.core.pasted.region_names import (
    CODE,
    as_written,
    called_so,
    closest,
    likeliest,
    region_codes,
    regions_named,
    stem,
    words_of,
)
from app.core.problem import Checked, Correction, Problem, error, note, settle, warning

OPT_IN_REGIONS: Final = frozenset(
    {
        "af-south-1",
        "ap-east-1",
        "ap-east-2",
        "ap-south-2",
        "ap-southeast-3",
        "ap-southeast-4",
        "ap-southeast-5",
        "ap-southeast-6",
        "ap-southeast-7",
        "ca-west-1",
        "eu-central-2",
        "eu-south-1",
        "eu-south-2",
        "il-central-1",
        "me-central-1",
        "me-south-1",
        "me-west-1",
        "mx-central-1",
        "sa-west-1",
    }
)
"""Regions that an account has to switch on before it can use them.

Source: AWS Account Management, "Enable or disable AWS Regions in your account": all that were
launched after 20 March 2019. botocore's data does not say it.
"""

_OTHER_CLOUDS: Final = (
    ("region.china", ("cn-",), r"china|beijing|ningxia"),
    ("region.govcloud", ("us-gov-", "usgov-"), r"gov ?cloud|us gov"),
    ("region.sovereign", ("eusc-",), r"sovereign|eusc"),
    ("region.isolated", ("us-iso", "eu-iso"), r"(?:us|eu) iso[a-z]?"),
)
"""The other partitions: code of the problem, how their codes begin, form of their names."""

_LISTED: Final = 4


def check_region(
    text: str, known_regions: Mapping[str, str], *, field: str = "buckets[0].region"
) -> Checked:
    """Return the code of the region that ``text`` names, or what is wrong with it.

    ``known_regions`` maps the codes of botocore's data to their names, and may be empty while
    that is not loaded. A well-formed code that it lacks is a warning: programs age.
    """
    cleaned = clean(text)
    remarks = list(cleaned.notes(field))
    written = as_written(cleaned.text)
    if not written:
        return settle("", [*remarks, error(field, "region.empty")])
    codes = region_codes(written, known_regions)
    regions = list(dict.fromkeys(code for code, _ in codes)) or regions_named(
        written, known_regions
    )
    if refused := _other_cloud(written, regions):
        return settle("", [*remarks, error(field, refused)])
    if len(regions) > 1:
        return settle("", [*remarks, error(field, "region.several")])
    if not regions or not re.fullmatch(CODE, regions[0]):
        return _not_a_region(written, known_regions, remarks, field)
    code = regions[0]
    if any(zone for _, zone in codes):
        remarks.append(note(field, "region.zone", region=code))
    elif cleaned.text != code:
        remarks.append(note(field, "region.taken", region=code))
    return settle(
        code, [*remarks, *_about(code, known_regions, field)], offer=_offer(code, known_regions)
    )


def _other_cloud(written: str, regions: list[str]) -> str | None:
    """Return the problem's code where ``written`` is a region outside the partition ``aws``."""
    for code, starts, name in _OTHER_CLOUDS:
        by_code = any(region.startswith(starts) for region in [written, *regions])
        if by_code or (not regions and re.search(rf" (?:{name}) ", words_of(written))):
            return code
    return None


def _about(code: str, known_regions: Mapping[str, str], field: str) -> list[Problem]:
    if known_regions and code not in known_regions:
        return [warning(field, "region.unknown", region=code)]
    return [note(field, "region.opt-in")] if code in OPT_IN_REGIONS else []


def _offer(code: str, known_regions: Mapping[str, str]) -> Correction | None:
    """Offer the known region that ``code`` looks like; another number may well be a new one."""
    if code in known_regions or any(stem(code) == stem(other) for other in known_regions):
        return None
    alike = closest(code, known_regions)
    return Correction(alike) if alike else None


def _not_a_region(
    written: str, known_regions: Mapping[str, str], remarks: list[Problem], field: str
) -> Checked:
    if re.fullmatch(r"[a-z]{2}-[a-z]+-?", written):
        return settle("", [*remarks, error(field, "region.number")])
    if called := called_so(written, known_regions):
        listed = row(called[:_LISTED] + ["…"] * (len(called) > _LISTED))
        return settle("", [*remarks, error(field, "region.ambiguous", regions=listed)])
    code = likeliest(written, known_regions)
    if code is None:
        return settle("", [*remarks, error(field, "region.malformed")])
    return settle(
        "", [*remarks, error(field, "region.misspelt", region=code)], offer=Correction(code)
    )
