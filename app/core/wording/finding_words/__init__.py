"""The words of every finding by its code, a module for each part of the chain."""

from typing import Final

from app.core.wording.finding_words.beyond import BEYOND_WORDS, CHANGE_WORDS
from app.core.wording.finding_words.bucket import BUCKET_WORDS
from app.core.wording.finding_words.files import FILE_WORDS
from app.core.wording.finding_words.key import KEY_DENY_WORDS, KEY_WORDS
from app.core.wording.finding_words.lines import Wording
from app.core.wording.finding_words.permissions import DENY_WORDS, GRANT_WORDS
from app.core.wording.finding_words.role import ROLE_WORDS
from app.core.wording.finding_words.sign_in import ENVIRONMENT_WORDS, SIGN_IN_WORDS
from app.core.wording.finding_words.trust import ENTRY_WORDS, EXTERNAL_ID_WORDS

FINDING_WORDS: Final[dict[str, Wording]] = {
    **ENVIRONMENT_WORDS,
    **SIGN_IN_WORDS,
    **ROLE_WORDS,
    **ENTRY_WORDS,
    **EXTERNAL_ID_WORDS,
    **GRANT_WORDS,
    **DENY_WORDS,
    **BUCKET_WORDS,
    **KEY_WORDS,
    **KEY_DENY_WORDS,
    **FILE_WORDS,
    **BEYOND_WORDS,
    **CHANGE_WORDS,
}
