"""The words around the findings: none is missing, and only "verified" may say "connected"."""

from app.core.diagnosis.codes.catalogue import Link
from app.core.report import Evidence, Verdict, Weight, Who
from app.core.wording.report_terms import (
    EVIDENCE_SENTENCES,
    EVIDENCE_WORDS,
    LINK_WORDS,
    VERDICT_SENTENCES,
    VERDICT_WORDS,
    WEIGHT_WORDS,
    WHO_WORDS,
)


def test_each_term_has_its_words() -> None:
    assert EVIDENCE_WORDS.keys() == EVIDENCE_SENTENCES.keys() == set(Evidence)
    assert VERDICT_WORDS.keys() == VERDICT_SENTENCES.keys() == set(Verdict)
    assert WEIGHT_WORDS.keys() == set(Weight)
    assert WHO_WORDS.keys() == set(Who)
    assert LINK_WORDS.keys() == set(Link)


def test_no_verdict_claims_a_connection() -> None:
    sentences = (*VERDICT_WORDS.values(), *VERDICT_SENTENCES.values(), *EVIDENCE_SENTENCES.values())
    assert not [words for words in sentences if "connected" in words.lower()]
