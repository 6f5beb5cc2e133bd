"""One or a list, wherever a policy's JSON may have either, and the texts in it.

Source: AWS "Grammar of the IAM JSON policy language": brackets are optional around one value,
quotation marks around numbers and Booleans.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def as_list(value: object) -> list[object]:
    """Return what stands in ``value``, be it one thing or a list of them."""
    return list(value) if isinstance(value, list | tuple) else [value]


def one_or_list(values: Sequence[T]) -> T | list[T]:
    """Return one value by itself and several as a list, as AWS's own documents have them."""
    return values[0] if len(values) == 1 else list(values)


def strings(value: object) -> tuple[str, ...] | None:
    """Return the string or strings in ``value``, or None where it holds anything else."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Sequence) or isinstance(value, bytes | bytearray):
        return None
    texts = tuple(item for item in value if isinstance(item, str))
    return texts if len(texts) == len(value) else None


def scalars(value: object) -> tuple[str, ...] | None:
    """Return the strings, numbers and Booleans in ``value`` as texts, or None for anything else."""
    items = as_list(value)
    texts = tuple(text for text in map(_scalar, items) if text is not None)
    return texts if len(texts) == len(items) else None


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
