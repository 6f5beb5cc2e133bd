"""When two words are too alike to be told apart by somebody who hears them, or reads them out.

Each word has a set of keys, made so that two words are too alike exactly where they share one:
thousands are compared without looking at each pair.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple

Key = tuple[str, ...]

# Sounds that a telephone, a room or an accent makes the same: voiced and unvoiced, the nasals, the
# short vowels (New Zealand's "pen" is elsewhere's "pin"), what stands beside an r that not everyone
# speaks. In the letters of the CMU dictionary.
_ALIKE: Final = (
    "P B",
    "T D",
    "K G",
    "F V TH DH",
    "S Z SH ZH CH JH",
    "M N NG",
    "L R W",
    "AE EH IH AH UH ER",
    "IY EY",
    "AA AO OW AW",
    "AY OY",
)
_CLASS: Final = {sound: group.split()[0] for group in _ALIKE for sound in group.split()}

# What follows a stem in a word of the same family, and what may have been taken off the stem.
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "s": ("",),
    "es": ("", "e"),
    "ies": ("y",),
    "ed": ("", "e"),
    "ing": ("", "e"),
    "ly": ("", "le", "e"),
    "er": ("", "e"),
    "or": ("", "e"),
    "est": ("", "e"),
    "ness": ("",),
    "en": ("", "e"),
    "ity": ("", "e"),
    "ion": ("", "e"),
    "able": ("", "e"),
    "al": ("", "e"),
    "ment": ("",),
    "ive": ("", "e"),
    "less": ("",),
    "ful": ("",),
    "y": ("", "e"),
    "th": ("",),
    "age": ("", "e"),
    "ant": ("", "e"),
    "ent": ("", "e"),
    "ist": ("", "e", "y"),
    "ic": ("", "e", "y"),
    "ous": ("", "e", "y"),
    "ery": ("", "e"),
    "ance": ("", "e"),
    "ence": ("", "e"),
}
_LEAST_STEM: Final = 3


class Spoken(NamedTuple):
    """A word, its code by Double Metaphone, and each way in which it is spoken."""

    word: str
    code: str
    sounds: tuple[Key, ...]


def too_alike(words: Iterable[Spoken]) -> Iterator[tuple[str, str, str]]:
    """Yield each two of ``words`` that are too alike, and the rule that says so."""
    having: dict[tuple[str, Key], list[str]] = {}
    for spoken in words:
        for key in keys(spoken):
            having.setdefault(key, []).append(spoken.word)
    for (rule, _), alike in having.items():
        for one, other in combinations(alike, 2):
            yield rule, one, other


def keys(spoken: Spoken) -> set[tuple[str, Key]]:
    """Return what no other word of the list may have; each begins with the rule that it is of."""
    found: set[tuple[str, Key]] = {("code", (spoken.code,))}
    found |= {("spelling", key) for key in _within_one(tuple(spoken.word))}
    found |= {("family", (stem,)) for stem in stems(spoken.word)}
    for sounds in spoken.sounds:
        found |= {("sound", key) for key in _within_one(sounds)}
        found.add(("blurred", tuple(_CLASS.get(sound, sound) for sound in sounds)))
    return found


def _within_one(parts: Key) -> Iterator[Key]:
    """Yield keys that two words share exactly where at most one part is another, more or less."""
    for place in range(len(parts) + 1):
        yield (*parts[:place], "*", *parts[place + 1 :])
        yield (*parts[:place], "*", *parts[place:])


def stems(word: str) -> set[str]:
    """Return ``word`` and what it may come from: "runner" from "run", "lively" from "live"."""
    stems = {word}
    for ending, taken_off in _ENDINGS.items():
        rest = word.removesuffix(ending)
        if rest == word:
            continue
        stems |= {rest + letters for letters in taken_off}
        if rest[-1:] == rest[-2:-1]:
            stems.add(rest[:-1])
    return {stem for stem in stems if len(stem) >= _LEAST_STEM}


def read_sounds(text: str) -> list[Spoken]:
    """Read ``sounds.txt``: a line a word, with its code, and its sounds parted by bars."""
    spoken = []
    for line in text.splitlines():
        word, code, sounds = line.split(maxsplit=2)
        spoken.append(Spoken(word, code, tuple(tuple(one.split()) for one in sounds.split("|"))))
    return spoken
