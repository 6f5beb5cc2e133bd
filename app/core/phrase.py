"""The check phrase: three plain words by which two people confirm that they have the same value.

On a call one reads the words out and the other one compares: the value itself is neither said nor
shown. The same value has the same words in every copy of this program; one wrong letter gives
others.

What it is good for: 2,048 words make 11 bits each, 33 together. Two values have the same words in
one of 8,589,934,592 cases. An id of 22 characters can be mistaken in one letter in some 1,400 ways;
that any of them has the right words is a chance of 1 in six million. This finds mistakes. It proves
nothing about a person who means to deceive: who tries some billion ids finds one with the same
words.

What it hides: the words don't lead back to a UbiQuity Account ID. That has 128 bits, of which they
tell 33; a guess can be confirmed, but nobody guesses it. An AWS account has twelve digits, some 40
bits, and the words leave about 116 of all that there could be: whoever tries them all finds the
account. The key is in this program and no secret, so all that stands in the way is the work, which
is why the hash is repeated ``_ROUNDS`` times, as for Signal's safety numbers: it makes a table of
all accounts cost more than an account's number is worth, which AWS itself does not call a secret.
It does not make it impossible. The words are for the ears of a call, not to be published.
"""

import hashlib
from enum import StrEnum
from functools import lru_cache
from typing import Final

from app.core.phrase_words import WORDS

PHRASE_LENGTH: Final = 3
"""Words in a phrase."""

_BITS: Final = 11
"""Bits that a word stands for: 2,048 words."""

_ROUNDS: Final = 100_000
"""Of the hash; an interface like the words: a phrase takes some 30 ms, a table of 10^12 years."""


class PhraseOf(StrEnum):
    """What a phrase is made of. Each has a key of its own: the same text has other words in each.

    The values are the keys, and an interface as the words are.
    """

    ACCOUNT = "ubiquity-s3-setup/phrase/1/account"
    DATABASE = "ubiquity-s3-setup/phrase/1/database"


@lru_cache(maxsize=32)
def phrase(value: str, of: PhraseOf) -> tuple[str, ...]:
    """Return the three words of ``value``, exactly as it stands: case and spaces count.

    PBKDF2 with HMAC-SHA-256, keyed by the value and by what it is; the first 33 bits choose the
    words, the most significant first. Takes some 30 ms: not for the thread of a window.
    """
    digest = hashlib.pbkdf2_hmac("sha256", value.encode(), of.encode(), _ROUNDS)
    number = int.from_bytes(digest) >> (8 * len(digest) - PHRASE_LENGTH * _BITS)
    places = (number >> _BITS * place & len(WORDS) - 1 for place in reversed(range(PHRASE_LENGTH)))
    return tuple(WORDS[place] for place in places)
