r"""YAML as CloudFormation reads it: mappings, lists, texts, and its short forms (``!Ref``).

Written in ASCII alone: the console and ``GetTemplate`` show any other character as ``?``
(cloudformation-coverage-roadmap issue 814). A text stands in double quotes with escapes, unless it
is words that every YAML reads as that text: so no value can end its line, begin a key or become a
date, a number or a tag. Source: YAML 1.1 and 1.2, "Double-Quoted Style", "Escaped Characters".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeGuard

from app.core.frozen import frozen

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:(?:::?|[ ./-])[A-Za-z0-9]+)*")
_READ_AS_OTHERS: Final = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@frozen
class Short:
    """A function of CloudFormation in its short form: its name, and what it is given."""

    name: str
    value: object


def yaml_text(top: Mapping[str, object]) -> str:
    """Return ``top`` as a YAML document, an empty line between its sections.

    Values are mappings, sequences, ``Short``, texts, whole numbers, True and False.
    """
    return "\n".join("\n".join(_mapping({key: value})) + "\n" for key, value in top.items())


def _block(value: object) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield from _mapping(value)
    elif _is_list(value) and value:
        for item in value:
            first, *others = _block(item)
            yield f"- {first}"
            yield from (f"  {line}" for line in others)
    elif isinstance(value, Short) and _is_long(value.value):
        yield f"!{value.name}"
        yield from _block(value.value)
    else:
        yield _inline(value)


def _mapping(mapping: Mapping[str, object]) -> Iterator[str]:
    for key, value in mapping.items():
        if not _is_long(value.value if isinstance(value, Short) else value):
            yield f"{_scalar(key)}: {_inline(value)}"
            continue
        mark = f" !{value.name}" if isinstance(value, Short) else ""
        yield f"{_scalar(key)}:{mark}"
        inner = value.value if isinstance(value, Short) else value
        yield from (f"  {line}" for line in _block(inner))


def _is_long(value: object) -> bool:
    """Tell what stands on lines of its own: all that holds other values."""
    return bool(value) and (isinstance(value, Mapping) or _is_list(value))


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _inline(value: object) -> str:
    if isinstance(value, Short):
        return f"!{value.name} {_inline(value.value)}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{}"
    if _is_list(value):
        return "[]"
    return str(value) if isinstance(value, int) else _scalar(str(value))


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _READ_AS_OTHERS:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    code = ord(char)
    if char in _ESCAPES:
        return _ESCAPES[char]
    if 0x20 <= code < 0x7F:
        return char
    width, letter = (2, "x") if code < 0x100 else (4, "u") if code < 0x10000 else (8, "U")
    return f"\\{letter}{code:0{width}X}"
