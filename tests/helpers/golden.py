"""The golden files: the guide's own documents, and the examples of the formats."""

import json
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1] / "golden"


def golden_text(name: str) -> str:
    """Return the text of the golden file ``name``."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def golden(name: str, **replaced: str) -> object:
    """Return the JSON of the golden file ``name``, its placeholders replaced."""
    text = golden_text(name)
    for placeholder, value in replaced.items():
        assert placeholder in text
        text = text.replace(placeholder, value)
    document: object = json.loads(text)
    return document
