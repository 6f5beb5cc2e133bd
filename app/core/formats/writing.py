"""Writing the JSON files and outputs that formats.md describes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.core.documents.document_text import document_text

if TYPE_CHECKING:
    from datetime import datetime

Json = dict[str, object]
"""An object of a file, its keys in the order in which they are written."""


def file_text(top: Mapping[str, object]) -> str:
    """Return the text of a file, or of what is printed, that holds the object ``top``."""
    return document_text(top) + "\n"


def moment_text(moment: "datetime") -> str:
    """Return a time as AWS writes it, in UTC: ``2026-11-23T01:02:03Z``."""
    from datetime import UTC

    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
