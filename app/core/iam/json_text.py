"""Texts in a policy's JSON: one or a list wherever AWS takes both.

Source: AWS "Grammar of the IAM JSON policy language": brackets are optional around one value,
quotation marks around numbers and Booleans.
"""

from collections.abc import Sequence


def strings(value: object) -> tuple[str, ...] | None:
    """Return the string or strings in ``value``, or None where it holds anything else."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Sequence) or isinstance(value, bytes | bytearray):
        return None
    found = tuple(item for item in value if isinstance(item, str))
    return found if len(found) == len(value) else None


def scalars(value: object) -> tuple[str, ...] | None:
    """Return the strings, numbers and Booleans in ``value`` as texts, or None for anything else."""
    items = value if isinstance(value, list | tuple) else (value,)
    found = tuple(text for text in map(_scalar, items) if text is not None)
    return found if len(found) == len(items) else None


def shown(value: object) -> str:
    """Return ``value`` as text to show, or nothing where it has no short one."""
    return _scalar(value) or ""


def _scalar(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        try:
            return str(value)
        except ValueError:  # an integer too long to be written out
            return None
    return None
