"""What ``explain --json`` prints, as formats.md describes it."""

from collections.abc import Iterable
from typing import Final

from app.core.diagnosis.catalogue import CATALOGUE
from app.core.explain.explanation import Explanation
from app.core.wording.findings import words

FORMAT: Final = "ubiquity-s3-setup/explanation"
VERSION: Final = 1


def explanation_to_json(explanations: Iterable[Explanation]) -> dict[str, object]:
    """Return ``explanations`` as a JSON object, with words in the installed language."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "matches": [_match(explanation) for explanation in explanations],
    }


def _match(explanation: Explanation) -> dict[str, object]:
    finding_words = words(explanation.finding)
    return {
        "code": explanation.code,
        "title": finding_words.title.text,
        "fix": [step.text for step in finding_words.fix],
        "doc": CATALOGUE[explanation.code].doc,
    }
