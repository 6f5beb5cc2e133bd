"""A secret that was pasted into a field: refused with a sentence, and kept nowhere."""

import re
from typing import Final

from app.core.problem import Checked, Problem, Severity
from app.core.secret_shapes import has_secret_shape

SECRETS: Final = ("field.secret", "database.secret")
"""Codes of the problems of a text that is a secret: it is in no remark, and kept nowhere."""

_HINT: Final = "secret|token|A[KS]IA"
_SHORTEST_SECRET: Final = 30
"""Characters of a secret with its name; a key alone has 40. A Database ID is shorter."""


def without_secret(text: str, checked: Checked, field: str) -> Checked:
    """Return ``checked``, or the refusal alone where ``text`` is a secret or something of it is.

    An address may carry a signature that the check drops: what is left of it can be used.
    """
    if any(problem.code in SECRETS for problem in checked.problems):
        return Checked(None, tuple(p for p in checked.problems if p.code in SECRETS))
    told = [value for p in checked.problems for value in p.params.values()]
    offered = (checked.offer.value,) if checked.offer else ()
    kept = (checked.value, *checked.other_fields.values(), *offered, *told)
    looked_at = [str(value) for value in kept if value]
    if checked.value is None:
        looked_at.append(text)
    if any(len(value) >= _SHORTEST_SECRET and _holds_secret(value) for value in looked_at):
        return Checked(None, (Problem(field, "field.secret", Severity.ERROR),))
    return checked


def _holds_secret(text: str) -> bool:
    if has_secret_shape(text):
        return True
    if not re.search(_HINT, text, re.IGNORECASE):
        return False
    from app.core.pasted.credentials import holds_secret  # a twentieth of a check's start

    return holds_secret(text)
