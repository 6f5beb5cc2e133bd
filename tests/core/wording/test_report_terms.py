"""The words around the findings: none is missing, and only "verified" may say "connected"."""

import pytest

from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.report import Evidence, Finding, Verdict, Weight, Who
from app.core.wording.report_terms import (
    EVIDENCE_SENTENCES,
    EVIDENCE_WORDS,
    LINK_WORDS,
    VERDICT_SENTENCES,
    VERDICT_WORDS,
    WEIGHT_WORDS,
    WHO_WORDS,
    evidence_word,
    who_words,
)


def test_each_term_has_its_words() -> None:
    assert EVIDENCE_WORDS.keys() == EVIDENCE_SENTENCES.keys() == set(Evidence)
    assert VERDICT_WORDS.keys() == VERDICT_SENTENCES.keys() == set(Verdict)
    assert WEIGHT_WORDS.keys() == set(Weight)
    assert WHO_WORDS.keys() == set(Who)
    assert LINK_WORDS.keys() == set(ChainLink)


@pytest.mark.parametrize(
    ("weight", "word"),
    [
        (None, "Seen to work"),
        (Weight.BLOCKER, "Seen to fail"),
        (Weight.WARNING, "Seen to happen"),
        (Weight.NOTE, "Seen to happen"),
    ],
)
def test_what_was_seen_is_no_work_where_it_is_a_fault(weight: Weight | None, word: str) -> None:
    assert evidence_word(Evidence.VERIFIED, weight) == word
    assert evidence_word(Evidence.OBSERVED, weight) == "Seen from your account"
    assert evidence_word(Evidence.OBSERVED, weight, ChainLink.CALLER) == "Seen from this computer"


def test_whoever_can_mend_it_with_this_program_is_told_so() -> None:
    finding = Finding("role.missing", Evidence.OBSERVED)
    assert who_words(finding, mends=False) == "Your AWS administrator"
    assert who_words(finding, mends=True) == "You, with this program"


def test_no_verdict_claims_a_connection() -> None:
    sentences = (*VERDICT_WORDS.values(), *VERDICT_SENTENCES.values(), *EVIDENCE_SENTENCES.values())
    assert not [words for words in sentences if "connected" in words.lower()]
