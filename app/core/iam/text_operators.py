"""Comparing texts: the String and ARN condition operators.

Source: AWS "IAM JSON policy elements: Condition operators". Values compare with case, but for
``…IgnoreCase``. ``ArnEquals`` behaves as ``ArnLike``: each of the six components is checked
separately and may hold wildcards.
"""

from app.core.iam.context import Text
from app.core.iam.patterns import Glob, arn_components, lowered
from app.core.iam.truth import Truth, all_of


def same(wanted: Glob, text: Text) -> Truth:
    """Return whether ``text`` is, or is like, ``wanted``, with case."""
    return wanted.match(text)


def same_without_case(wanted: Glob, text: Text) -> Truth:
    """Return whether ``text`` is ``wanted``, whatever the case."""
    return wanted.lowered().match(lowered(text))


def same_arn(wanted: Glob, text: Text) -> Truth:
    """Return whether the ARN ``text`` is like ``wanted``, component by component.

    What isn't an ARN of six components, on either side, is like nothing.
    """
    patterns = wanted.components()
    if patterns is None:
        return Truth.FALSE
    components = arn_components(text)
    if components is not None:
        return all_of(p.match(c) for p, c in zip(patterns, components, strict=True))
    if isinstance(text, str) or wanted.match(text) is Truth.FALSE:
        return Truth.FALSE
    return Truth.UNKNOWN
