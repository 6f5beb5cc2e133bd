"""Finding the customer's values in a document, to mark and to mask them."""

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.core.wording.unmarked_values import with_hidden

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking

_NOTHING = re.compile(r"(?!)")


def values_pattern(values: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that finds each of ``values``, also as JSON writes it.

    The longest is tried first. One that starts or ends in a letter or digit is found as a whole
    word only, so that a bucket named ``data`` is not marked in ``data-archive``.
    """
    forms = {form for value in values if value for form in _forms(value)}
    if not forms:
        return _NOTHING
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(_whole(form) for form in longest_first))


def _forms(value: str) -> set[str]:
    return {value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}


def _whole(form: str) -> str:
    before = r"(?<![\w-])" if form[0].isalnum() else ""
    after = r"(?![\w-])" if form[-1].isalnum() else ""
    return before + re.escape(form) + after


def masked(text: str, values: Sequence[str], masking: "Masking") -> str:
    """Return ``text`` as the screen may show it: without ``values`` and others' while masked."""
    if not masking.on:
        return text
    own = values_pattern(values).sub(lambda match: masking.shown(match[0]), text)
    return with_hidden(own, masking.shown)
