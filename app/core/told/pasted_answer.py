"""What a text that was pasted from UbiQuity's own Test Connection says.

Apart from ``answer``, which a check needs at its start: to explain an error takes much more.
"""

import re
from dataclasses import dataclass
from typing import Final

from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink
from app.core.explain.explain import explain
from app.core.told.answer import ToldAnswer


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What a pasted answer of UbiQuity's comes to; ``files`` where it says how many it found."""

    told: ToldAnswer
    files: int | None = None


_SUCCESS: Final = re.compile(
    r"\bconnection\s+successful\b\.?"
    r"(?:\s*found\s+(?P<files>\d[\d.,'’\u00a0\u202f ]{0,30}?)\s+files?\b)?",
    re.IGNORECASE,
)
"""The guide: "Connection successful. Found X files in bucket." """

_ASSUMES: Final = frozenset({ChainLink.UBIQUITY, ChainLink.ROLE, ChainLink.TRUST})


def answer_in(text: str) -> ReadAnswer | None:
    """Return what ``text``, pasted from UbiQuity's Test Connection, says; None for an empty one.

    It is a success only where no error stands beside it. An error whose causes all belong to one
    of the guide's headings is told as that, any other as ``OTHER``.
    """
    success = _SUCCESS.search(text)
    rest = text if success is None else text[: success.start()] + text[success.end() :]
    causes = [cause.code for cause in explain(rest)]
    if success is not None and not causes:
        digits = re.sub(r"\D", "", success["files"] or "")
        return ReadAnswer(ToldAnswer.SUCCESS, int(digits) if digits else None)
    if not text.strip():
        return None
    return ReadAnswer(_heading_of(causes))


def _heading_of(causes: list[str]) -> ToldAnswer:
    links = {CATALOGUE[code].link for code in causes}
    if not causes or not links <= {
        *_ASSUMES,
        ChainLink.PERMISSIONS,
        ChainLink.BUCKET,
        ChainLink.KEY,
    }:
        return ToldAnswer.OTHER
    if links <= _ASSUMES:
        is_of_id = all(code.startswith("trust.external-id") for code in causes)
        return ToldAnswer.EXTERNAL_ID if is_of_id else ToldAnswer.ASSUME
    if links & _ASSUMES:
        return ToldAnswer.OTHER  # a mere "Access denied" may be either
    return ToldAnswer.REGION if causes[0] in _ELSEWHERE else ToldAnswer.OPERATIONS


_ELSEWHERE: Final = frozenset({"bucket.missing", "bucket.region-mismatch"})
