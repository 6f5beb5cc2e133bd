"""The page for an AWS administrator as one HTML file that needs nothing else.

No script and nothing to fetch: its Content-Security-Policy allows the one style sheet in it, by
its SHA-256, and links to follow. The style is plain, since mail programs preview such a file with
less than a browser knows: whatever stands outside of an ``@media`` is enough to read it.
"""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from typing import Final

from app.core.conventions import direction, labelled
from app.core.draft import Draft
from app.core.i18n import language, tr
from app.core.wording.characters import escaped
from app.core.wording.handoff.administrator_page import administrator_page
from app.core.wording.handoff.page_blocks import (
    AdministratorPage,
    Block,
    Facts,
    Instructions,
    Link,
    PageSection,
    Paragraph,
    Points,
    Sheet,
    Value,
    Warned,
)
from app.exports.pieces.exported_file import ExportedFile

PAGE_FILE: Final = "ubiquity-s3-access.html"

STYLE: Final = """
body { background-color: #f6f7f9; color: #1b1f24; line-height: 1.5; margin: 0;
  font-family: "Segoe UI", -apple-system, "Helvetica Neue", Arial, sans-serif; }
main, header, footer, nav { max-width: 46rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; }
footer { padding-bottom: 3rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p, ul, ol, table, pre, figure { margin: 0 0 1rem; }
li { margin-bottom: .5rem; }
nav li { margin-bottom: .2rem; }
a { color: #0b6bcb; }
a:focus-visible { outline: .2rem solid #0b6bcb; outline-offset: .1rem; }
table { border-collapse: collapse; width: 100%; background-color: #ffffff; }
caption { text-align: start; font-weight: 600; padding-bottom: .5rem; }
th, td { border: 1px solid #7d8590; padding: .5rem .75rem; text-align: start;
  vertical-align: top; font-weight: normal; }
th { color: #57606a; width: 34%; }
code, pre { font-family: Consolas, Menlo, "DejaVu Sans Mono", monospace; font-size: .9rem; }
code, pre, td, th, li, p { overflow-wrap: anywhere; word-wrap: break-word; }
code, pre { direction: ltr; unicode-bidi: isolate; text-align: left; }
code, pre { -webkit-user-select: all; user-select: all; }
pre { background-color: #f0f2f5; border: 1px solid #7d8590; padding: .75rem;
  white-space: pre-wrap; }
.warned { background-color: #ffffff; border: 1px solid #8a5a00; border-inline-start-width: .4rem;
  padding: .75rem 1rem; }
.label { color: #57606a; }
.hint { color: #57606a; font-size: .9rem; }
@media (max-width: 32rem) {
  main, header, footer, nav { padding-left: 1rem; padding-right: 1rem; }
  ol, ul { padding-inline-start: 1.5rem; }
  th, td { display: block; width: auto; border-bottom-width: 0; }
  tr:last-child td { border-bottom-width: 1px; }
  td { border-top-width: 0; padding-top: 0; }
}
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; }
  body { background-color: #16181c; color: #e8eaed; }
  a { color: #6cb2ff; }
  a:focus-visible { outline-color: #6cb2ff; }
  table, .warned { background-color: #1f2228; }
  th, .label, .hint { color: #a3abb5; }
  pre { background-color: #24282f; }
  .warned { border-color: #e0a93b; }
}
@media print {
  @page { margin: 18mm 16mm; }
  body { background-color: #ffffff; color: #000000; font-size: 10pt; line-height: 1.4; }
  main, header, footer { max-width: none; padding: 0; }
  nav, .hint { display: none; }
  h2 { margin-top: 1.5rem; }
  h1, h2, h3, .lead-in, li > p:first-child { break-after: avoid; page-break-after: avoid; }
  pre, tr, figure, .warned, li > p { break-inside: avoid; page-break-inside: avoid; }
  p, li { orphans: 3; widows: 3; }
  code { font-size: 8.5pt; }
  pre { font-size: 8pt; line-height: 1.25; }
  p, ul, ol, table, pre, figure { margin-bottom: .6rem; }
  a { color: #000000; }
  footer a[href^="http"]::after { content: " (" attr(href) ")"; }
}
"""
"""Colours are the window's (window.md); each pair is at least 4.5 : 1, a line 3 : 1."""


def html_page(draft: Draft) -> tuple[ExportedFile, ...]:
    """Return the page for ``draft`` as a file."""
    return (ExportedFile(PAGE_FILE, page_html(administrator_page(draft))),)


def page_html(page: AdministratorPage) -> str:
    """Return ``page`` as a whole HTML document; all of its texts are escaped."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    allowed = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{_text(language())}" dir="{direction()}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{allowed}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_text(page.title)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            f"<header>\n<h1>{_text(page.title)}</h1>\n<p>{_text(page.lead)}</p>\n</header>",
            _contents(page.sections),
            "<main>",
            *map(_section, page.sections),
            "</main>",
            f"<footer>\n{_blocks(page.footer)}\n</footer>",
            "</body>",
            "</html>\n",
        )
    )


def _contents(sections: Iterable[PageSection]) -> str:
    label = _text(tr("On this page"))
    entries = "\n".join(
        f'<li><a href="#{each.anchor}">{_text(each.title)}</a></li>' for each in sections
    )
    return (
        f'<nav aria-label="{label}">\n<p class="label">{label}</p>\n<ul>\n{entries}\n</ul>\n</nav>'
    )


def _section(section: PageSection) -> str:
    anchor = section.anchor
    heading = f'<h2 id="{anchor}">{_text(section.title)}</h2>'
    return f'<section aria-labelledby="{anchor}">\n{heading}\n{_blocks(section.blocks)}\n</section>'


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n".join(map(_block, blocks))


def _block(block: Block) -> str:  # one line a kind
    match block:
        case Paragraph(text=text, leads=leads):
            return f'<p class="lead-in">{_text(text)}</p>' if leads else f"<p>{_text(text)}</p>"
        case Warned(label=label, text=text):
            return f'<p class="warned"><strong>{_text(label)}</strong> {_text(text)}</p>'
        case Points(items=items):
            return _list("ul", map(_text, items))
        case Instructions(steps=steps):
            return _list("ol", (f"<p>{_text(s.text)}</p>{_below(s.below)}" for s in steps))
        case Facts(title=title, rows=rows):
            return _table(title, rows)
        case Value(label=label, value=value):
            before = _text(labelled(label, ""))
            return f'<p><span class="label">{before}</span><code>{_text(value)}</code></p>'
        case Link(text=text, address=address):
            return f'<p><a href="{_text(address)}">{_text(text)}</a></p>'
        case Sheet(title=title, text=text):
            return _figure(title, text)


def _list(tag: str, items: Iterable[str]) -> str:
    entries = "\n".join(f"<li>{item}</li>" for item in items)
    return f"<{tag}>\n{entries}\n</{tag}>"


def _below(blocks: tuple[Block, ...]) -> str:
    return f"\n{_blocks(blocks)}" if blocks else ""


def _table(title: str, rows: Iterable[Value]) -> str:
    entries = "\n".join(
        f'<tr><th scope="row">{_text(row.label)}</th>\n'
        f"<td><code>{_text(row.value)}</code></td></tr>"
        for row in rows
    )
    return f"<table>\n<caption>{_text(title)}</caption>\n<tbody>\n{entries}\n</tbody>\n</table>"


def _figure(title: str, text: str) -> str:
    hint = tr("One click selects all of it, to copy.")
    return (
        f'<figure>\n<figcaption class="lead-in"><strong>{_text(title)}</strong> '
        f'<span class="hint">{_text(hint)}</span></figcaption>\n'
        f"<pre>{escape(text)}</pre>\n</figure>"
    )


def _text(text: str) -> str:
    """Return ``text`` as HTML's, on one line, with an escape for what can't be seen."""
    return escape(escaped(text))
