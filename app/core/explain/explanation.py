"""One possible cause of a pasted error, and the JSON of ``explain --json`` (formats.md)."""

from collections.abc import Iterable, Mapping
from typing import Final

from app.core.diagnosis.catalogue import CATALOGUE
from app.core.frozen import field, frozen
from app.core.report import Evidence, Finding
from app.core.wording.findings import FindingWords, words

FORMAT: Final = "ubiquity-s3-setup/explanation"
VERSION: Final = 1


@frozen
class Explanation:
    """A code of the catalogue that fits an error, with what the error itself tells."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    bucket: str | None = None

    @property
    def words(self) -> FindingWords:
        """Title, detail and fix, as far as the error tells enough for them."""
        return words(Finding(self.code, Evidence.OBSERVED, self.bucket, self.params))


def each(*codes: str, bucket: str | None = None) -> tuple[Explanation, ...]:
    """Return an explanation for each of ``codes`` of which nothing more is known."""
    return tuple(Explanation(code, bucket=bucket) for code in codes)


def explanation_to_json(matches: Iterable[Explanation]) -> dict[str, object]:
    """Return what ``explain --json`` prints, with words in the installed language."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "matches": [_match(explanation) for explanation in matches],
    }


def _match(explanation: Explanation) -> dict[str, object]:
    said = explanation.words
    return {
        "code": explanation.code,
        "title": said.title.text,
        "fix": [step.text for step in said.fix],
        "doc": CATALOGUE[explanation.code].doc,
    }
