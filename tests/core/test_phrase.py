"""The check phrase: the same for ever, another for another value, and words that sound apart."""

import hashlib
import hmac
import string
from pathlib import Path
from typing import Final

import pytest

import tests.phrase_words
from app.core.phrase import PHRASE_LENGTH, PhraseOf, phrase
from app.core.phrase_words import WORDS
from tests.phrase_words.apart import Spoken, read_sounds, too_alike

_FOLDER: Final = Path(tests.phrase_words.__file__).parent
ACCOUNT: Final = "123456789012"
DATABASE: Final = "xWqJBlwfjUOUcQjd5gt7vQ"


@pytest.mark.parametrize(
    ("value", "of", "words"),
    [
        # These are an interface: another version of this program has to say the same. Never change
        # one of them; a list or a hash that gives other words is wrong.
        (ACCOUNT, PhraseOf.ACCOUNT, "planet cabinet hybrid"),
        ("000000000001", PhraseOf.ACCOUNT, "decimal cocoon flounder"),
        (DATABASE, PhraseOf.DATABASE, "backlog deposit goodwill"),
        ("AAAAAAAAAAAAAAAAAAAAAA", PhraseOf.DATABASE, "indicate mirror colossal"),
    ],
)
def test_the_words_of_a_value_never_change(value: str, of: PhraseOf, words: str) -> None:
    assert " ".join(phrase(value, of)) == words


def test_the_list_never_changes() -> None:
    digest = hashlib.sha256(" ".join(WORDS).encode()).hexdigest()
    assert digest == "34fc12fb87dbd90bf2b2eda45a532f45946fecfc3d73845f69971e377d865839"


def test_it_is_the_hash_that_is_told() -> None:
    """The same by the standard's own definition: one block of PBKDF2, U1 xor U2 and so on."""
    value = b"ubiquity"
    last = hmac.digest(value, PhraseOf.DATABASE.encode() + bytes([0, 0, 0, 1]), "sha256")
    block = int.from_bytes(last)
    for _ in range(100_000 - 1):
        last = hmac.digest(value, last, "sha256")
        block ^= int.from_bytes(last)
    bits = f"{block:0256b}"
    places = [int(bits[start : start + 11], 2) for start in (0, 11, 22)]
    assert phrase("ubiquity", PhraseOf.DATABASE) == tuple(WORDS[place] for place in places)


def test_one_wrong_letter_gives_other_words() -> None:
    """Each of the 22 places, and what is easily overheard: case, a space, a digit turned round."""
    wrong = [
        DATABASE[:place] + _another(DATABASE[place]) + DATABASE[place + 1 :]
        for place in range(len(DATABASE))
    ]
    values = [DATABASE, *wrong, DATABASE.swapcase(), f"{DATABASE} ", DATABASE[::-1]]
    phrases = [phrase(value, PhraseOf.DATABASE) for value in values]
    assert len(set(phrases)) == len(values)
    # Two of the three words are others too, so that nobody nods at two that are the same.
    assert all(len(set(one) & set(phrases[0])) <= 1 for one in phrases[1:])
    assert phrase("123456789021", PhraseOf.ACCOUNT) != phrase(ACCOUNT, PhraseOf.ACCOUNT)


def _another(letter: str) -> str:
    letters = string.ascii_letters + string.digits
    return letters[(letters.index(letter) + 1) % len(letters)]


def test_an_account_and_an_id_of_the_same_letters_have_other_words() -> None:
    assert phrase(ACCOUNT, PhraseOf.ACCOUNT) != phrase(ACCOUNT, PhraseOf.DATABASE)


def test_a_phrase_is_three_words_of_the_list() -> None:
    words = phrase(ACCOUNT, PhraseOf.ACCOUNT)
    assert len(words) == PHRASE_LENGTH
    assert set(words) <= set(WORDS)


# The list


def test_the_list_has_eleven_bits_a_word() -> None:
    assert len(set(WORDS)) == len(WORDS) == 2**11
    assert list(WORDS) == sorted(WORDS)
    assert all(3 <= len(word) <= 8 and set(word) <= set(string.ascii_lowercase) for word in WORDS)


def test_no_two_of_its_words_are_alike() -> None:
    """Neither spelled, spoken, of one family ("sing", "singer"), nor by their phonetic code."""
    spoken = read_sounds((_FOLDER / "sounds.txt").read_text(encoding="utf-8"))
    assert [one.word for one in spoken] == list(WORDS)
    assert all(one.sounds for one in spoken)
    assert list(too_alike(spoken)) == []


def test_each_was_read_through_by_a_person() -> None:
    candidates = (_FOLDER / "candidates.txt").read_text(encoding="utf-8").split()
    assert set(WORDS) <= set(candidates)
    assert len(candidates) == len(set(candidates))


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (Spoken("night", "NT1", (("N", "AY", "T"),)), "knight NFT1 N AY T", "sound"),
        (Spoken("ship", "XP1", (("SH", "IH", "P"),)), "sheep XP1 SH IY P", "code"),
        (Spoken("pen", "PN1", (("P", "EH", "N"),)), "pin PN2 P IH N", "blurred"),
        (Spoken("cart", "KRT1", (("K", "AA", "R", "T"),)), "carts KRTS1 K AA R T S", "spelling"),
        (Spoken("bus", "PS1", (("B", "AH", "S"),)), "buses PSS2 B AH S IH Z", "family"),
        (Spoken("run", "RN1", (("R", "AH", "N"),)), "runner RNR2 R AH N ER", "family"),
        (Spoken("bath", "P01", (("B", "AE", "TH"), ("B", "AA", "TH"))), "part PRT1 B AA", "sound"),
    ],
)
def test_those_that_are_alike_are_found(one: Spoken, other: str, rule: str) -> None:
    (second,) = read_sounds(other)
    assert rule in {found for found, _, _ in too_alike([one, second])}


def test_those_that_are_not_are_let_be() -> None:
    text = "river RFR2 R IH V ER\ncastle KSL2 K AE S AH L\nplanet PLNT2 P L AE N AH T"
    assert list(too_alike(read_sounds(text))) == []
