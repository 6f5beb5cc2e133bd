"""A PowerShell script as its grammar reads it, since there is no PowerShell to run it."""

import re
from collections.abc import Iterator
from functools import lru_cache

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

_PARSER = Parser(Language(tree_sitter_powershell.language()))
_LATER = re.compile(r"&&|\|\||\?\?|\?\.|\?\[")
"""Operators that PowerShell 7 knows and Windows PowerShell 5.1 does not."""


@lru_cache(maxsize=2)
def _root(script: str) -> Node:
    return _PARSER.parse(script.encode()).root_node


def faults_in(script: str) -> list[str]:
    """Return what the grammar can't read, and what Windows PowerShell 5.1 could not."""
    texts = [
        _text(node)
        for node in _nodes(_root(script))
        if node.type == "ERROR" or node.is_missing or node.type == "ternary_expression"
    ]
    return texts + _LATER.findall(without_texts(script))


def commands_in(script: str) -> list[str]:
    """Return the name of each command that the script calls, in order."""
    root = _root(script)
    return [_text(node) for node in _nodes(root) if node.type == "command_name"]


def here_strings_in(script: str) -> list[str]:
    """Return the content of each here-string in which nothing is expanded."""
    root = _root(script)
    kind = "verbatim_here_string_characters"
    texts = [_text(node) for node in _nodes(root) if node.type == kind]
    return [text.removeprefix("@'\n").removesuffix("\n'@") for text in texts]


def without_texts(script: str) -> str:
    """Return the script without its strings and comments."""
    code = script.encode()
    for node in reversed(list(_outermost_texts(_root(script)))):
        code = code[: node.start_byte] + b"''" + code[node.end_byte :]
    return code.decode()


def _outermost_texts(node: Node) -> Iterator[Node]:
    if node.type in {"string_literal", "comment"}:
        yield node
        return
    for child in node.children:
        yield from _outermost_texts(child)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def _text(node: Node) -> str:
    return (node.text or b"").decode()
