"""The check phrases of a draft (``ubiquity-s3-setup/phrase``, version 1)."""

from typing import Final

from app.core.draft import Draft
from app.core.phrase import PhraseOf, phrase

FORMAT: Final = "ubiquity-s3-setup/phrase"
VERSION: Final = 1


def phrases_to_json(draft: Draft) -> dict[str, object]:
    """Return the document that ``phrase --json`` prints: three words each, in their order."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "account": list(phrase(draft.account_id, PhraseOf.ACCOUNT)),
        "database": list(phrase(draft.database_id, PhraseOf.DATABASE)),
    }
