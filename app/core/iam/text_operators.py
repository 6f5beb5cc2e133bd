"""Comparing texts: the String and ARN condition operators.

Source: AWS "IAM JSON policy elements: Condition operators". Values compare with case, but for
``…IgnoreCase``. ``ArnEquals`` behaves as ``ArnLike``: each of the six components is checked
separately and may hold wildcards.
"""

from app.core.iam.context import Text
from app.core.iam.patterns import Glob, arn_components, lowered
from app.core.iam.truth import Truth, all_of


def same(pattern: Glob, text: Text) -> Truth:
    """Return whether ``text`` is, or is like, ``pattern``, with case."""
    return pattern.match(text)


def same_without_case(pattern: Glob, text: Text) -> Truth:
    """Return whether ``text`` is ``pattern``, whatever the case."""
    return pattern.lowered().match(lowered(text))


def same_arn(pattern: Glob, text: Text) -> Truth:
    """Return whether the ARN ``text`` is like ``pattern``, component by component.

    What isn't an ARN of six components, on either side, is like nothing.
    """
    parts = pattern.components()
    if parts is None:
        return Truth.FALSE
    components = arn_components(text)
    if components is not None:
        return all_of(
            part.match(component) for part, component in zip(parts, components, strict=True)
        )
    if isinstance(text, str) or pattern.match(text) is Truth.FALSE:
        return Truth.FALSE
    return Truth.UNKNOWN
