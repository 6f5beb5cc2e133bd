"""Policy documents that AWS hands out as text."""

import json


def stored_document(text: str) -> object:
    """Return the document as a JSON object, or the text itself where it is none, as AWS has it."""
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError):  # also a number too long, or nested too deep
        return text
    return document if isinstance(document, dict) else text
