"""JSON written in two ways, for whoever is to read it: people, or AWS and its count of characters.

Both leave every letter as it is: AWS counts characters, and a name in any script is to be read.
"""


def document_text(document: object) -> str:
    """Return JSON as people read it and AWS takes it: a line for each value, two spaces deep."""
    import json  # a start writes no document

    return json.dumps(document, indent=2, ensure_ascii=False)


def compact_text(document: object) -> str:
    """Return JSON on one line without a space between its signs, as it is sent and counted."""
    import json

    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)
