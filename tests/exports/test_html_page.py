"""The administrator's page as a browser, a screen reader and a mail program's preview take it."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

import pytest

from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import GUIDE_ADDRESS, POLICY_NAME, ROLE_NAME, UBIQUITY_ACCOUNT, role_arn
from app.core.needs.by_export import policy_to_deploy
from app.core.wording.characters import is_seen
from app.exports.html_page import PAGE_FILE, STYLE, html_page
from tests.helpers.drafts import (
    ACCOUNT,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    OTHER_KEY_ARN,
    PLAIN,
    REGION,
)

FOLDER: Final = BucketEntry("acme", REGION, "imports/{x}/", restrict_to_prefix=True)
SEVERAL: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    (
        FOLDER,
        BucketEntry("other", "us-east-1", "a/", kms_key_arn=KEY_ARN),
        BucketEntry("third", REGION, kms_key_arn=OTHER_KEY_ARN),
    ),
)
DRAFTS: Final = (PLAIN, ENCRYPTED, SEVERAL)

HOSTILE: Final = (
    "</pre></style><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "]]>--><!--&amp;&#x3c;",
    "a\u202eb\nc\u2028d\x00",
    "$(x)`y`%{z}${w}",
)
"""What no validation lets through; tried all the same."""

VOID: Final = frozenset({"meta"})


@dataclass
class Element:
    """An element, with all text that it holds."""

    tag: str
    attributes: Mapping[str, str]
    within: tuple[str, ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A page that was read; raises AssertionError where an element is not closed in its order."""

    html: str
    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        within = tuple(each.tag for each in self.open)
        element = Element(tag, {name: value or "" for name, value in attrs}, within)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def all(self, *tags: str) -> list[Element]:
        return [each for each in self.elements if each.tag in tags]


def page_of(draft: Draft) -> Page:
    (file,) = html_page(draft)
    assert file.name == PAGE_FILE
    return Page(file.text)


@pytest.mark.parametrize("draft", DRAFTS)
def test_it_is_a_whole_page_with_headings_in_order_and_each_id_once(draft: Draft) -> None:
    page = page_of(draft)
    assert page.all("html")[0].attributes == {"lang": "en-GB", "dir": "ltr"}
    assert [each.tag for each in page.all("main", "header", "footer", "nav")] == [
        "header",
        "nav",
        "main",
        "footer",
    ]
    headings = [each.tag for each in page.all("h1", "h2", "h3")]
    assert headings[0] == "h1"
    assert set(headings[1:]) == {"h2"}
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(set(ids)) == len(ids)
    pointed = [a.attributes["href"][1:] for a in page.all("a") if a.attributes["href"][0] == "#"]
    assert pointed == ids
    assert [s.attributes["aria-labelledby"] for s in page.all("section")] == ids
    assert page.all("title")[0].text == page.all("h1")[0].text
    assert all("li" not in each.within or {"ol", "ul"} & set(each.within) for each in page.elements)
    assert [each.attributes["scope"] for each in page.all("th")] == ["row"] * len(page.all("th"))


@pytest.mark.parametrize("draft", DRAFTS)
def test_it_runs_nothing_and_fetches_nothing(draft: Draft) -> None:
    page = page_of(draft)
    assert not page.all("script", "img", "link", "iframe", "form", "object", "svg", "base")
    assert {name for e in page.elements for name in e.attributes}.isdisjoint({"style", "src"})
    assert not [n for e in page.elements for n in e.attributes if n.startswith("on")]
    (style,) = page.all("style")
    assert "url(" not in style.text
    assert "@import" not in style.text
    policy = next(
        m.attributes["content"]
        for m in page.all("meta")
        if m.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    addresses = [a.attributes["href"] for a in page.all("a")]
    assert GUIDE_ADDRESS in addresses
    assert all(a.startswith(("#", "https://", "mailto:support@ubiquity.co.nz")) for a in addresses)


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_documents_are_those_of_everybody(draft: Draft) -> None:
    documents = [json.loads(each.text) for each in page_of(draft).all("pre")]
    has_key = any(entry.kms_key_arn for entry in draft.buckets)
    assert documents == [
        trust_policy(draft.database_id),
        permissions_policy(draft.buckets),
        *([kms_statement(draft.account_id)] if has_key else []),
        policy_to_deploy("html", draft),
    ]


@pytest.mark.parametrize("draft", DRAFTS)
def test_it_says_all_that_is_needed(draft: Draft) -> None:
    values = {each.text for each in page_of(draft).all("code")}
    assert values == {
        draft.account_id,
        draft.database_id,
        UBIQUITY_ACCOUNT,
        ROLE_NAME,
        POLICY_NAME,
        role_arn(draft.account_id),
        *draft.bucket_names,
        *(entry.prefix for entry in draft.buckets if entry.restrict_to_prefix),
        *(entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn),
    }


def test_the_grants_are_those_of_the_policy() -> None:
    both = Draft(ACCOUNT, DATABASE_ID, (FOLDER, BucketEntry("acme", REGION)))
    for draft, expected in (
        (SEVERAL, ("under imports/{x}/ in the bucket acme,", "in the bucket other,")),
        (both, ("files in the bucket acme,",)),
    ):
        points = [each.text for each in page_of(draft).all("li") if "It may list" in each.text]
        assert [text in point for text, point in zip(expected, points, strict=False)] == [
            True for _ in expected
        ]
    assert len([e for e in page_of(both).all("li") if "It may list" in e.text]) == 1


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_value_is_text_and_nothing_else(hostile: str) -> None:
    entry = BucketEntry(hostile, hostile, hostile, restrict_to_prefix=True, kms_key_arn=KEY_ARN)
    page, plain = page_of(Draft(hostile, hostile, (entry,))), page_of(ENCRYPTED)
    assert {each.tag for each in page.elements} == {each.tag for each in plain.elements}
    assert not page.all("script", "img")
    for element in page.elements:
        if element.tag in {"p", "li", "code", "td", "h1", "figcaption"}:
            assert all(is_seen(char) or char == "\n" for char in element.text), element.text
    documents = [json.loads(each.text) for each in page.all("pre")]
    assert documents[0] == trust_policy(hostile)
    assert documents[1] == permissions_policy([entry])


# What it looks like


def rules(media: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield selectors with their declarations: those outside of any medium, or inside one."""
    text = STYLE
    outside = re.sub(r"@media[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", text)
    if media:
        outside = text.split(f"@media {media} {{", 1)[1].split("\n}", 1)[0]
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", outside):
        declared = dict(re.findall(r"([\w-]+):\s*([^;]+);", body))
        for selector in selectors.split(","):
            yield selector.strip(), declared


def colours(property_: str, *, dark: bool) -> dict[str, str]:
    """Return the colour of ``property_`` by selector."""
    pairs = [*rules()]
    if dark:
        pairs += rules("screen and (prefers-color-scheme: dark)")
    return {selector: d[property_] for selector, d in pairs if property_ in d}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_stands_out_from_whatever_it_can_stand_on(dark: bool) -> None:
    texts, grounds = colours("color", dark=dark), colours("background-color", dark=dark)
    assert {"body", "a", "th", ".label", ".hint"} <= set(texts)
    assert {"body", "table", "pre", ".warned"} <= set(grounds)
    for text in texts.values():
        for ground in grounds.values():
            assert contrast(text, ground) >= 4.5, (text, ground)


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_framed_is_seen_to_be(dark: bool) -> None:
    grounds = colours("background-color", dark=dark)
    frames = {s: d["border"].split()[-1] for s, d in rules() if "border" in d}
    frames |= colours("border-color", dark=dark)
    assert {"pre", ".warned", "td"} <= set(frames)
    for frame in frames.values():
        assert contrast(frame, grounds["body"]) >= 3


def test_on_paper_no_document_is_cut_from_its_heading() -> None:
    printed: dict[str, dict[str, str]] = {}
    for selector, declared in rules("print"):
        printed.setdefault(selector, {}).update(declared)
    for kept_with_next in ("h2", ".lead-in"):
        assert printed[kept_with_next]["break-after"] == "avoid"
    for whole in ("pre", "figure", "tr"):
        assert printed[whole]["break-inside"] == "avoid"
    assert "size" not in printed["@page"]  # the printer's own paper: A4 or Letter
    assert dict(rules())["pre"]["white-space"] == "pre-wrap"
