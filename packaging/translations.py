"""The life of the translations: from the code to a template, to catalogues, to what is read.

    .venv/bin/python packaging/translations.py template          words of the code, for translators
    .venv/bin/python packaging/translations.py update [LANG…]    the same words in the catalogues
    .venv/bin/python packaging/translations.py check [LANG…]     what is wrong or missing in them
    .venv/bin/python packaging/translations.py compile           catalogues that the program reads

A catalogue is ``resources/translations/LANG/LC_MESSAGES/ubiquity-s3-setup.po``. What is read, the
``.mo`` beside it, is never in git: the set-up, the tests and the build call ``compile_stale``. It
ends with the SHA-256 of the ``.po`` that it was made of, which readers of ``.mo`` files pass over.
"""

from __future__ import annotations

import ast
import hashlib
import io
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = "ubiquity-s3-setup"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "tr": None,
    "mark": None,
    "ntr": (1, 2),
    "Plural": (1, 2),
}
"""The names that mark words in the code, and which of their arguments are words."""


def folder(root: Path) -> Path:
    """Return the folder of the translations of a clone."""
    return root / "resources" / "translations"


def catalogues(root: Path) -> dict[str, Path]:
    """Return the ``.po`` of each language, by the language's name."""
    files = sorted(folder(root).glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return {path.parent.parent.name: path for path in files}


def stale(root: Path) -> list[Path]:
    """Return the catalogues whose ``.mo`` is missing or was made of another ``.po``.

    Needs nothing but Python itself: the set-up asks it at each start.
    """
    return [path for path in catalogues(root).values() if _stamp_in(path) != _stamp_of(path)]


def compile_stale(root: Path) -> list[Path]:
    """Compile what is stale, drop what has no ``.po`` any more; return the catalogues compiled.

    This is what a set-up, a test run and a build call. Words that are marked as fuzzy are left
    out: the program shows its own in their place.
    """
    present = {path.with_suffix(".mo") for path in catalogues(root).values()}
    for compiled in folder(root).glob(f"*/LC_MESSAGES/{DOMAIN}.mo"):
        if compiled not in present:
            compiled.unlink()
    outdated = stale(root)
    for path in outdated:
        _compile(path)
    return outdated


def _compile(path: Path) -> None:
    from babel.messages.mofile import write_mo

    content, stamp = io.BytesIO(), _stamp_of(path)
    write_mo(content, read(path))
    target = path.with_suffix(".mo")
    # Another process may compile or read it at the same time.
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    unfinished.write_bytes(content.getvalue() + stamp)
    unfinished.replace(target)


def _stamp_of(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def _stamp_in(path: Path) -> bytes:
    compiled = path.with_suffix(".mo")
    return compiled.read_bytes()[-32:] if compiled.exists() else b""


def read(path: Path) -> Catalog:
    """Return the catalogue in a ``.po`` or ``.pot`` file."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, locale=None if path.suffix == ".pot" else path.parent.parent.name)


def words_of_code(root: Path) -> Catalog:
    """Return the words of the program as they stand in its code."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    words = Catalog(domain=DOMAIN, fuzzy=False)
    extracted = extract_from_dir(root / "app", [("**.py", "python")], keywords=KEYWORDS)
    for _, _, message, _, _ in extracted:
        words.add(message)
    return words


def counted_places(root: Path) -> dict[str, str]:
    """Return, for each message in two forms, the place of the number that chooses between them.

    ``Plural`` names it. Of ``ntr`` it is known where the variable has the place's name, or where
    the message has one place alone.
    """
    counted: dict[str, str] = {}
    for module in (root / "app").rglob("*.py"):
        source = module.read_text(encoding="utf-8")
        if "ntr(" in source or "Plural(" in source:
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    counted.update(_counted_in(node.func.id, node))
    return counted


def _counted_in(function: str, call: ast.Call) -> Iterator[tuple[str, str]]:
    if function not in {"ntr", "Plural"} or not isinstance(call.args[0], ast.Constant):
        return
    message = str(call.args[0].value)
    named = [keyword.value for keyword in call.keywords if keyword.arg == "by"]
    by = named[0] if named else call.args[-1]
    present = sorted({*re.findall(r"\{(\w+)\}", f"{message}{ast.unparse(call.args[1])}")})
    name = str(by.value) if isinstance(by, ast.Constant) else re.sub(r".*\W", "", ast.unparse(by))
    usual = "count" if "count" in present else "".join(present) if len(present) == 1 else ""
    yield message, name if name in present else usual


def write(path: Path, catalogue: Catalog, *, head: bool) -> None:
    """Write a catalogue as all of ours are written: sorted, without places, so that git merges."""
    from babel.messages.pofile import write_po

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            catalogue,
            width=100,
            sort_output=True,
            no_location=True,
            ignore_obsolete=True,
            omit_header=not head,
        )


def template(root: Path) -> Path:
    """Make the template anew from the code, and return it."""
    path = folder(root) / f"{DOMAIN}.pot"
    write(path, words_of_code(root), head=False)
    return path


def update(root: Path, languages: list[str]) -> None:
    """Bring the words of the code into catalogues; a language that is new begins empty.

    A message that was changed a little keeps its translation, marked as fuzzy, to be looked over.
    """
    from babel.messages.catalog import Catalog

    words = words_of_code(root)
    present = catalogues(root)
    for language in languages or present:
        path = present.get(language, folder(root) / language / "LC_MESSAGES" / f"{DOMAIN}.po")
        catalogue = read(path) if path.exists() else Catalog(language, DOMAIN, fuzzy=False)
        catalogue.update(words, update_header_comment=False)
        write(path, catalogue, head=True)


def check(root: Path, languages: list[str]) -> Iterator[str]:
    """Yield what is wrong with the catalogues, and with the template, a line for each."""
    from catalogue_rules import faults, same_words

    words, counted = words_of_code(root), counted_places(root)
    if not same_words(words, read(folder(root) / f"{DOMAIN}.pot")):
        yield "template: it is of other words than the code. Make it anew: template"
    for language, path in catalogues(root).items():
        if not languages or language in languages:
            yield from (f"{language}: {fault}" for fault in faults(read(path), words, counted))


def main(arguments: list[str]) -> int:
    """Do what the command line asks; return the exit status: 1 where a check found something."""
    command, *languages = arguments or [""]
    if command == "template":
        print(template(ROOT))
    elif command == "update":
        update(ROOT, languages)
    elif command == "compile":
        for path in compile_stale(ROOT):
            print(path.with_suffix(".mo").relative_to(ROOT))
    elif command == "check":
        to_mend = list(check(ROOT, languages))
        print(*to_mend, f"{len(to_mend)} to mend", sep="\n")
        return 1 if to_mend else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
