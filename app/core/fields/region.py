"""The AWS region of a bucket, by its code or by its name.

Sources: AWS Regions and Availability Zones User Guide, "AWS Regions" (form of codes, which
regions have to be switched on); IAM User Guide, "Amazon Resource Names": trust between accounts
does not cross partitions, so China, GovCloud, the European Sovereign Cloud and the isolated
clouds are refused.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from app.core.pasted.cleaning import clean
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
        "mx-central-1",
    }
)
"""Regions that an account has to switch on before it can use them.

Source: AWS Account Management, "Enable or disable AWS Regions in your account": all that were
launched after 20 March 2019. botocore's data does not say it.
"""

_CODE: Final = r"[a-z]{2}-[a-z]+-[0-9]{1,2}"
_CODE_IN_TEXT: Final = (
    r"(?<![a-z0-9-])([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})([a-z]|-[a-z]+-[0-9][a-z]?)?(?![a-z0-9])"
)
_SPACED: Final = rf"(?:{_CODE}|us-(?:gov|iso[a-z]?)-[a-z]+-[0-9]|eusc-[a-z]+-[a-z]+-[0-9])[a-z]?"
_OTHER_CLOUDS: Final = (
    ("region.china", ("cn-",), r"china|beijing|ningxia"),
    ("region.govcloud", ("us-gov-", "usgov-"), r"gov ?cloud|us gov"),
    ("region.sovereign", ("eusc-",), r"sovereign|eusc"),
    ("region.isolated", ("us-iso", "eu-iso"), r"(?:us|eu) iso[a-z]?"),
)
"""The other partitions: code of the problem, how their codes begin, form of their names."""

_OTHER_NAMES: Final = {
    "us standard": "us-east-1",
    "northern virginia": "us-east-1",
    "virginia": "us-east-1",
    "northern california": "us-west-1",
    "auckland": "ap-southeast-6",
    "kuala lumpur": "ap-southeast-5",
    "bangkok": "ap-southeast-7",
    "dublin": "eu-west-1",
    "montreal": "ca-central-1",
    "queretaro": "mx-central-1",
}
"""Names in use beside those of botocore: AWS's former ones, and the cities where they are."""

_TELLING: Final = 4
"""A part of a name has to have this many letters to be taken for its region."""

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
    written = _plain(cleaned.text)
    if not written:
        return settle("", [*remarks, error(field, "region.empty")])
    codes = _codes_in(written, known_regions)
    regions = list(dict.fromkeys(code for code, _ in codes)) or _named(written, known_regions)
    if refused := _other_cloud(written, regions):
        return settle("", [*remarks, error(field, refused)])
    if len(regions) > 1:
        return settle("", [*remarks, error(field, "region.several")])
    if not regions or not re.fullmatch(_CODE, regions[0]):
        return _not_a_region(written, known_regions, remarks, field)
    code = regions[0]
    if any(zone for _, zone in codes):
        remarks.append(note(field, "region.zone", region=code))
    elif cleaned.text != code:
        remarks.append(note(field, "region.taken", region=code))
    return settle(
        code, [*remarks, *_about(code, known_regions, field)], offer=_offer(code, known_regions)
    )


def _plain(text: str) -> str:
    """Return ``text`` in small letters without accents, every dash as a hyphen."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    dashed = "".join(
        "-" if unicodedata.category(c) in {"Pd", "Pc"} or c == "−" else c for c in bare
    )
    return dashed.lower().strip()


def _dashed(written: str, known_regions: Mapping[str, str]) -> str:
    """Return ``written`` as a region's code where only its hyphens are missing or too many."""
    letters = _letters(written)
    by_letters = {_letters(code): code for code in known_regions}
    spaced = re.sub(r"\s*-\s*|\s+", "-", written)
    if letters in by_letters:
        return by_letters[letters]
    return spaced if re.fullmatch(_SPACED, spaced) else written


def _codes_in(text: str, known_regions: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each code in ``text`` with what names a zone of it, the known ones if there are any.

    In the address of a page, say, a bucket's name may have the form of a code as well.
    """
    if re.fullmatch(_CODE, text):
        return [(text, "")]
    dashed = _dashed(text, known_regions)
    codes = list(dict.fromkeys(re.findall(_CODE_IN_TEXT, dashed)))
    return [(code, zone) for code, zone in codes if code in known_regions] or codes


def _letters(text: str) -> str:
    return re.sub("[^a-z0-9]", "", text)


def _words(text: str) -> str:
    """Return the words of ``text`` with one space around each, so that they can be looked for."""
    return f" {' '.join(re.findall('[a-z0-9]+', text))} "


def _names(known_regions: Mapping[str, str]) -> dict[str, str]:
    """Return the names by which regions can be called, in words; a shared one is left out."""
    codes: dict[str, set[str]] = {}
    for code, name in known_regions.items():
        area, _, place = _plain(name).partition("(")
        for called in (name, place, f"{area.replace('europe', 'eu')} {place}"):
            codes.setdefault(_words(_plain(called)), set()).add(code)
    unique = {name: next(iter(owners)) for name, owners in codes.items() if len(owners) == 1}
    others = {_words(name): code for name, code in _OTHER_NAMES.items()}
    return {name: code for name, code in (others | unique).items() if name.strip()}


def _named(written: str, known_regions: Mapping[str, str]) -> list[str]:
    """Return the code of the region whose name is in ``written``; several where it has more."""
    names, words = _names(known_regions), _words(written)
    if words in names:
        return [names[words]]
    within = [name for name in names if name in words]
    longest = [
        name for name in within if not any(name in other for other in within if other != name)
    ]
    if longest:
        return list(dict.fromkeys(names[name] for name in longest))
    called = _called(words, known_regions) if len(words.strip()) >= _TELLING else []
    return called if len(called) == 1 else []


def _called(words: str, known_regions: Mapping[str, str]) -> list[str]:
    """Return the codes of the regions with these words in their names."""
    return [
        code
        for code, name in known_regions.items()
        if words.strip() and words in _words(_plain(name))
    ]


def _other_cloud(written: str, regions: list[str]) -> str | None:
    """Return the problem's code where ``written`` is a region outside the partition ``aws``."""
    for code, starts, name in _OTHER_CLOUDS:
        by_code = any(region.startswith(starts) for region in [written, *regions])
        if by_code or (not regions and re.search(rf" (?:{name}) ", _words(written))):
            return code
    return None


def _about(code: str, known_regions: Mapping[str, str], field: str) -> list[Problem]:
    if known_regions and code not in known_regions:
        return [warning(field, "region.unknown", region=code)]
    return [note(field, "region.opt-in")] if code in OPT_IN_REGIONS else []


def _offer(code: str, known_regions: Mapping[str, str]) -> Correction | None:
    """Offer the known region that ``code`` looks like; another number may well be a new one."""
    if code in known_regions or any(_stem(code) == _stem(other) for other in known_regions):
        return None
    closest = _closest(code, list(known_regions))
    return Correction(closest) if closest else None


def _stem(code: str) -> str:
    return code.rstrip("-0123456789")


def _not_a_region(
    written: str, known_regions: Mapping[str, str], remarks: list[Problem], field: str
) -> Checked:
    if re.fullmatch(r"[a-z]{2}-[a-z]+-?", written):
        return settle("", [*remarks, error(field, "region.number")])
    if called := _called(_words(written), known_regions):
        listed = ", ".join(called[:_LISTED] + ["…"] * (len(called) > _LISTED))
        return settle("", [*remarks, error(field, "region.ambiguous", regions=listed)])
    names = _names(known_regions)
    closest = _closest(written, list(known_regions)) or _closest(_words(written), list(names))
    code = names.get(closest, closest) if closest else None
    if code is None:
        return settle("", [*remarks, error(field, "region.malformed")])
    return settle(
        "", [*remarks, error(field, "region.misspelt", region=code)], offer=Correction(code)
    )


def _closest(written: str, choices: list[str]) -> str | None:
    if not choices:
        return None
    from difflib import get_close_matches  # as slow to load as all the rest of this module

    alike = get_close_matches(written[:100], choices, n=1, cutoff=0.75)
    return alike[0] if alike else None
