"""JSON files of other tools, which are read as far as they go."""

import json
import os
from collections.abc import Mapping

from app.files.reading import SMALL, FileProblem, read_text


def read_object(path: str | os.PathLike[str]) -> Mapping[str, object]:
    """Return the JSON object in a small file; empty where there is none that can be read."""
    text = read_text(path, SMALL)
    if isinstance(text, FileProblem):
        return {}
    try:
        written = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return written if isinstance(written, dict) else {}
