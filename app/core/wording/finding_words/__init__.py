"""The words of every finding by its code, a module for each part of the chain."""

from app.core.wording.finding_words.lines import Wording


def wording_of(code: str) -> Wording:
    """Return the words of ``code``; raises KeyError for a code that the catalogue lacks.

    Only the module of its part of the chain is loaded: a check says few things, and starts fast.
    """
    return _words_of_part(code.partition(".")[0])[code]


def _words_of_part(part: str) -> dict[str, Wording]:
    match part:
        case "env":
            from app.core.wording.finding_words.network import NETWORK_WORDS

            return NETWORK_WORDS
        case "signin":
            from app.core.wording.finding_words.sign_in import SIGN_IN_WORDS

            return SIGN_IN_WORDS
        case "role":
            from app.core.wording.finding_words.role import ROLE_WORDS

            return ROLE_WORDS
        case "trust":
            from app.core.wording.finding_words.trust import TRUST_WORDS

            return TRUST_WORDS
        case "policy":
            from app.core.wording.finding_words.permissions import PERMISSION_WORDS

            return PERMISSION_WORDS
        case "bucket":
            from app.core.wording.finding_words.bucket import BUCKET_WORDS

            return BUCKET_WORDS
        case "kms":
            from app.core.wording.finding_words.key import KEY_WORDS

            return KEY_WORDS
        case "files":
            from app.core.wording.finding_words.files import FILE_WORDS

            return FILE_WORDS
        case _:
            from app.core.wording.finding_words.beyond import BEYOND_WORDS

            return BEYOND_WORDS
