"""Which region of AWS a text names: by its code, by a zone of it, in words, or mistyped.

The one rule for a field that is typed and for an address in an error. Every function takes
``known_regions``, which maps codes to names, so that newer data counts where there is some.
Sources: AWS Regions and Availability Zones User Guide, "AWS Regions" (form of codes),
"Availability Zones", "Local Zones" and "Wavelength Zones" (a region's code and more behind it).
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

CODE: Final = r"[a-z]{2}-[a-z]+-[0-9]{1,2}"
_CODE_IN_TEXT: Final = (
    r"(?<![a-z0-9-])([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})"
    r"([a-z]|(?:-wl[0-9])?-[a-z]+(?:-wlz)?-[0-9][a-z]?)?(?![a-z0-9])"
)
_SPACED: Final = rf"(?:{CODE}|us-(?:gov|iso[a-z]?)-[a-z]+-[0-9]|eusc-[a-z]+-[a-z]+-[0-9])[a-z]?"
LIKE_A_CODE: Final = (
    r"(?:us|eu|ap|sa|ca|me|af|il|mx)[-_ ]?(?:north|south|east|west|central){1,2}[-_ ]?[0-9]{0,2}"
)
"""What was meant for a code, whole or not."""

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


def as_written(text: str) -> str:
    """Return ``text`` in small letters without accents, every dash as a hyphen."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    dashed = "".join(
        "-" if unicodedata.category(c) in {"Pd", "Pc"} or c == "−" else c for c in bare
    )
    return dashed.lower().strip()


@functools.cache
def _name_as_written(name: str) -> str:
    """Return a region's own name as ``as_written`` does; each key that is typed asks for all."""
    return as_written(name)


def _dashed(written: str, known_regions: Mapping[str, str]) -> str:
    """Return ``written`` as a region's code where only its hyphens are missing or too many."""
    letters = _letters(written)
    by_letters = {_letters(code): code for code in known_regions}
    spaced = re.sub(r"\s*-\s*|\s+", "-", written)
    if letters in by_letters:
        return by_letters[letters]
    return spaced if re.fullmatch(_SPACED, spaced) else written


def region_codes(text: str, known_regions: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each code in ``text`` with what names a zone of it, the known ones if there are any.

    In the address of a page, say, a bucket's name may have the form of a code as well.
    """
    if re.fullmatch(CODE, text):
        return [(text, "")]
    codes = list(dict.fromkeys(re.findall(_CODE_IN_TEXT, _dashed(text, known_regions))))
    return [(code, zone) for code, zone in codes if code in known_regions] or codes


def _letters(text: str) -> str:
    return re.sub("[^a-z0-9]", "", text)


def words_of(text: str) -> str:
    """Return the words of ``text`` with one space around each, so that they can be looked for."""
    return f" {' '.join(re.findall('[a-z0-9]+', text))} "


def _names(known_regions: Mapping[str, str]) -> dict[str, str]:
    """Return the names by which regions can be called, in words; a shared one is left out."""
    codes: dict[str, set[str]] = {}
    for code, name in known_regions.items():
        area, _, place = _name_as_written(name).partition("(")
        for name_in_use in (name, place, f"{area.replace('europe', 'eu')} {place}"):
            codes.setdefault(words_of(_name_as_written(name_in_use)), set()).add(code)
    unique = {name: next(iter(owners)) for name, owners in codes.items() if len(owners) == 1}
    others = {words_of(name): code for name, code in _OTHER_NAMES.items()}
    return {name: code for name, code in (others | unique).items() if name.strip()}


def regions_named(written: str, known_regions: Mapping[str, str]) -> list[str]:
    """Return the code of the region whose name is in ``written``; several where it has more."""
    names, words = _names(known_regions), words_of(written)
    if words in names:
        return [names[words]]
    within = [name for name in names if name in words]
    longest = [
        name for name in within if not any(name in other for other in within if other != name)
    ]
    if longest:
        return list(dict.fromkeys(names[name] for name in longest))
    called = called_so(words, known_regions) if len(words.strip()) >= _TELLING else []
    return called if len(called) == 1 else []


def called_so(written: str, known_regions: Mapping[str, str]) -> list[str]:
    """Return the codes of the regions with the words of ``written`` in their names."""
    words = words_of(written)
    return [
        code
        for code, name in known_regions.items()
        if words.strip() and words in words_of(_name_as_written(name))
    ]


def stem(code: str) -> str:
    """Return ``code`` without its number: another number of a known stem may well be new."""
    return code.rstrip("-0123456789")


def likeliest(written: str, known_regions: Mapping[str, str]) -> str | None:
    """Return the code of the region whose code or name is most like ``written``, if one is."""
    from difflib import get_close_matches  # as slow to load as all the rest of this module

    code = closest(written, known_regions)
    if code or re.fullmatch(LIKE_A_CODE, written):
        return code
    names = _names(known_regions)
    alike = get_close_matches(words_of(written[:100]), list(names), n=1, cutoff=0.75)
    return names[alike[0]] if alike else None


def closest(written: str, known_regions: Mapping[str, str]) -> str | None:
    """Return the code that ``written`` was probably meant to be, if there is but one."""
    from app.core.likeness import differ_by_at_most  # A code that is known needs it not.

    areas = {code.partition("-")[0] for code in known_regions}
    area = written[:2] if written[:2] in areas else ""
    codes = [code for code in known_regions if code.startswith(area)]
    likenesses: tuple[Callable[[str], bool], ...] = (
        lambda code: code.endswith(f"-{written}"),
        lambda code: sorted(code) == sorted(written),
        lambda code: differ_by_at_most(1, code, written),
        lambda code: differ_by_at_most(2, code, written),
    )
    for is_alike in likenesses:
        if alike := [code for code in codes if is_alike(code)]:
            return alike[0] if len(alike) == 1 else None
    return None
