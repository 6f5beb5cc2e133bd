r"""Terraform's language, written as ``terraform fmt`` writes it.

Written in ASCII alone, with escapes: no sign of a value can turn the order of what is around it.
A text keeps what stands in it: ``${`` and ``%{``, which would begin a template, are ``$${`` and
``%%{``. Where that would not be plain to every reader (no ``}``, quotes in it, a place that is
filled in after it) the ``$`` or ``%`` is ``\u0024`` or ``\u0025``. Sources: HCL's
"spec.md", Quoted Literal; Terraform, "Style conventions"; ``hclwrite/format.go``: of lines that
follow each other, those whose value ends on the same line have their ``=`` under each other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.core.frozen import frozen

_SPECIAL: Final = re.compile(r'[$%]\{[A-Za-z0-9_:.*?$-]*\}|[$%](?=\{)|[^ -~]|["\\]')
"""What can't stand in a literal as it is: a whole template of plain signs, or one sign."""

_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@frozen
class Expression:
    """An expression on one line, as it is written: ``var.name``."""

    text: str


@frozen
class Joined:
    """A text of parts, with the value of an expression between each two of them."""

    parts: tuple[str, ...]
    between: str


@frozen
class AsJson:
    """A value that Terraform turns into JSON."""

    value: object


@frozen
class HclBlock:
    """A block: its type and labels as they are written, and what is in it.

    ``body`` holds attributes by name, ``HclBlock``s, and None for an empty line.
    """

    head: str
    body: tuple["tuple[str, object] | HclBlock | None", ...]


_Line = tuple[int, str, str | None]
"""A line's depth and its text; where the value ends on it, name and value apart."""


def hcl_text(parts: Iterable["HclBlock | str"]) -> str:
    """Return a file of ``parts``, an empty line between them. A text is a comment of some lines."""
    return "\n".join("\n".join(_part(part)) + "\n" for part in parts)


def quoted(text: str) -> str:
    """Return ``text`` as a literal that means it to the letter."""
    return f'"{_escaped(text)}"'


def _part(part: "HclBlock | str") -> Iterator[str]:
    if isinstance(part, str):
        yield from (f"# {line}".rstrip() for line in part.split("\n"))
    else:
        yield from _aligned(list(_block(part, 0)))


def _aligned(lines: Sequence[_Line]) -> Iterator[str]:
    run: list[_Line] = []
    for line in lines:
        if line[2] is not None:
            run.append(line)
            continue
        yield from _under_each_other(run)
        run = []
        yield f"{'  ' * line[0]}{line[1]}".rstrip()
    yield from _under_each_other(run)


def _under_each_other(run: Sequence[_Line]) -> Iterator[str]:
    width = max((len(name) for _, name, _ in run), default=0)
    for depth, name, value in run:
        yield f"{'  ' * depth}{name:<{width}} = {value}"


def _block(block: HclBlock, depth: int) -> Iterator[_Line]:
    if not block.body:
        yield depth, f"{block.head} {{}}", None
        return
    yield depth, f"{block.head} {{", None
    for item in block.body:
        if item is None:
            yield 0, "", None
        elif isinstance(item, HclBlock):
            yield from _block(item, depth + 1)
        else:
            yield from _attribute(*item, depth + 1)
    yield depth, "}", None


def _attribute(name: str, value: object, depth: int) -> Iterator[_Line]:
    opening, closing = ("jsonencode(", ")") if isinstance(value, AsJson) else ("", "")
    inner = value.value if isinstance(value, AsJson) else value
    if not _is_long(inner):
        yield depth, name, f"{opening}{_inline(inner)}{closing}"
        return
    first, *others = _long(inner, depth)
    yield depth, f"{name} = {opening}{first[1]}", None
    yield from others[:-1]
    last = others[-1]
    yield last[0], f"{last[1]}{closing}", None


def _long(value: object, depth: int) -> Iterator[_Line]:
    if isinstance(value, Mapping):
        yield depth, "{", None
        for key, each in value.items():
            yield from _attribute(_key(str(key)), each, depth + 1)
        yield depth, "}", None
        return
    yield depth, "[", None
    items = value if isinstance(value, Sequence) else ()
    for number, item in enumerate(items, start=1):
        comma = "," if number < len(items) else ""
        lines = list(_long(item, depth + 1)) if _is_long(item) else [_item(item, depth + 1)]
        yield from lines[:-1]
        yield lines[-1][0], f"{lines[-1][1]}{comma}", None
    yield depth, "]", None


def _item(item: object, depth: int) -> _Line:
    return depth, _inline(item), None


def _is_long(value: object) -> bool:
    """Tell what stands on lines of its own: what holds more than one plain value."""
    if isinstance(value, Mapping):
        return bool(value)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return False
    return not _is_short(value)


def _is_short(items: Sequence[object]) -> bool:
    return len(items) <= 1 and not any(isinstance(item, Mapping | list) for item in items)


def _inline(value: object) -> str:
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, Joined):
        return _joined(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_inline, value))}]"
    return str(value) if isinstance(value, int) else quoted(str(value))


def _joined(value: Joined) -> str:
    if value.parts == ("", ""):
        return value.between
    place = f"${{{value.between}}}"
    *before, last = value.parts
    return (
        '"' + "".join(f"{_before_a_place(part)}{place}" for part in before) + _escaped(last) + '"'
    )


def _before_a_place(text: str) -> str:
    """Return ``text`` so that its last sign doubles nothing of the place that follows."""
    if not text.endswith(("$", "%")):
        return _escaped(text)
    return f"{_escaped(text[:-1])}\\u{ord(text[-1]):04x}"


def _key(name: str) -> str:
    is_word = name.isascii() and name.replace("_", "").isalnum() and not name[0].isdigit()
    return name if is_word else quoted(name)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _special(found[0]), text)


def _special(sign: str) -> str:
    if len(sign) > 1:
        return f"{sign[0]}{sign}"
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    code = ord(sign)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
