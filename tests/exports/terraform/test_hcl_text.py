"""Any value means itself in Terraform's language, and stands as ``terraform fmt`` would have it."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exports.terraform.hcl_text import AsJson, Expression, HclBlock, Joined, hcl_text, quoted
from tests.exports.reading_templates import meant, terraform, terraform_json

HOSTILE = st.sampled_from(
    ["${x}", "$${x}", "$$${", "%{ if true }", "%%{", "$", "%", '"', "\\", "\\u0041", "\n", "EOT",
     "`id`", "$(id)", "</script>", "\u2028", "\x00", "é", "😀", '" }\nresource "x" "y" {']
)  # fmt: skip
TEXTS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | HOSTILE, max_size=4
).map("".join)
KEYS = st.sampled_from(["Version", "Sid", "a_long_key", "s3:prefix", "sts:ExternalId", "1st"])
DOCUMENTS = st.dictionaries(
    KEYS,
    st.recursive(
        TEXTS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=6,
    ),
    min_size=1,
    max_size=4,
)


def misplaced(text: str) -> Iterator[str]:
    """Yield the lines that ``terraform fmt`` would move.

    Its rules, as far as they concern what we write: two spaces for each open bracket, and the ``=``
    of lines that follow each other under each other where their values end on the line.
    """
    depth, rows = 0, []
    for line in text.split("\n"):
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', lambda found: "s" * len(found[0]), line)
        if bare.startswith("#"):
            bare = ""
        opened = len(re.findall(r"[({\[]", bare))
        closed = len(re.findall(r"[)}\]]", bare))
        own = depth - 1 if re.match(r"\s*[)}\]]", bare) else depth
        depth += min(1, max(-1, opened - closed))
        if bare.strip() and len(bare) - len(bare.lstrip()) != 2 * own:
            yield line
        if line != line.rstrip():
            yield line
        name, equals, _ = bare.partition(" = ")
        rows.append((name if equals and opened == closed else None, line))
    for is_assigned, run in groupby(rows, lambda row: row[0] is not None):
        if is_assigned:
            yield from _crooked(list(run))


def _crooked(run: Sequence[tuple[str | None, str]]) -> Iterator[str]:
    width = max(len((name or "").rstrip()) for name, _ in run)
    yield from (line for name, line in run if len(name or "") != width)


@settings(max_examples=80)
@given(TEXTS)
def test_any_text_means_itself(text: str) -> None:
    literal = quoted(text)
    assert literal.isascii()
    assert meant(literal) == text
    assert terraform(f"it = {literal}\n")["it"] == literal


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_a_place_is_filled_in_whatever_is_beside_it(parts: list[str]) -> None:
    text = hcl_text([HclBlock("it", (("it", Joined(tuple(parts), "var.account")),))])
    literal = text.partition(" = ")[2].partition("\n")[0]
    if literal == "var.account":
        assert parts == ["", ""]  # terraform fmt takes the quotes away
        return
    assert not re.search(r"[$%](?:\$|%)*\$\{var", literal)
    assert meant(literal, account="123456789012") == "123456789012".join(parts)
    assert terraform(text)


@settings(max_examples=60)
@given(DOCUMENTS)
def test_any_document_comes_back_and_stands_straight(document: dict[str, object]) -> None:
    text = hcl_text([HclBlock('resource "a" "b"', (("policy", AsJson(document)),))])
    assert list(misplaced(text)) == []
    assert terraform_json(text) == {"policy": document}
    assert terraform(text)


@pytest.mark.parametrize(
    "crooked",
    ["a = 1\nbc = 2\n", " a = 1\n", "x {\na = 1\n}\n", "a  = 1\n", "a = 1 \n", "x {\n  }\n"],
)
def test_what_terraform_would_move_is_seen(crooked: str) -> None:
    assert list(misplaced(crooked))


def test_how_it_looks() -> None:
    block = HclBlock(
        'resource "a" "b"',
        (
            ("name", "it"),
            ("longer", [Expression("var.x")]),
            None,
            ("policy", AsJson({"Version": "1", "s3:x": ["a", "b"]})),
            HclBlock("lifecycle", ()),
        ),
    )
    assert hcl_text(["About it.", block]) == (
        "# About it.\n\n"
        'resource "a" "b" {\n  name   = "it"\n  longer = [var.x]\n\n'
        '  policy = jsonencode({\n    Version = "1"\n    "s3:x" = [\n      "a",\n      "b"\n    ]\n'
        "  })\n  lifecycle {}\n}\n"
    )
