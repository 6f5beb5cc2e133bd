"""What ``explain --json`` prints (``ubiquity-s3-setup/explanation``, version 1)."""

from collections.abc import Iterable
from typing import Final

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.explain.explanation import Explanation
from app.core.formats.writing import Json
from app.core.wording.findings import words

FORMAT: Final = "ubiquity-s3-setup/explanation"
VERSION: Final = 1


def explanation_to_json(matches: Iterable[Explanation]) -> Json:
    """Return what ``explain --json`` prints, with words in the installed language."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "matches": [_match(explanation) for explanation in matches],
    }


def _match(explanation: Explanation) -> Json:
    text = words(explanation.finding)
    return {
        "code": explanation.code,
        "title": text.title.text,
        "fix": [step.text for step in text.fix],
        "doc": CATALOGUE[explanation.code].doc,
    }
