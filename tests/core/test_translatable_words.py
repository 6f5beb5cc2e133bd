"""Every visible string can be found by Babel and translated: checked on the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Final

import pytest
from babel.messages.extract import extract

import app
from app.core.wording.console_labels import AWS_LABELS, UBIQUITY_LABELS

FOLDER: Final = Path(app.__file__).parent
MODULES: Final = sorted(FOLDER.rglob("*.py"))
NAMES: Final = ("tr", "ntr", "mark", "Plural")
KEYWORDS: Final[dict[str, tuple[int, ...] | None]] = {
    "tr": None,
    "ntr": (1, 2),
    "mark": None,
    "Plural": (1, 2),
}
MESSAGES_OF: Final = {"tr": 1, "ntr": 2, "mark": 1, "Plural": 2}
LIST: Final = FOLDER / "core" / "i18n.py"


def extracted(module: Path) -> set[str]:
    """Return the messages that Babel finds in a module."""
    with module.open("rb") as file:
        messages_by_place = list(extract("python", file, KEYWORDS, options={"encoding": "utf-8"}))
    return {
        message
        for _, messages, _, _ in messages_by_place
        for message in ((messages,) if isinstance(messages, str) else messages)
    }


def calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call of the four translating names, and which it is."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
            yield node.func.id, node


def messages(name: str, call: ast.Call) -> list[ast.expr]:
    """Return the arguments of a call that are words to translate."""
    return call.args[: MESSAGES_OF[name]]


def is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_marked_elsewhere(node: ast.expr) -> bool:
    """Tell what names a string of a table: its words were marked where they stand."""
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript)


def built_up(source: str) -> list[str]:
    """Return each call whose words are put together, so that no catalogue can hold them."""
    return [
        ast.unparse(call)
        for name, call in calls(source)
        for node in messages(name, call)
        if not is_constant(node) and (name in {"mark", "Plural"} or not is_marked_elsewhere(node))
    ]


def constants(source: str) -> set[str]:
    """Return the words that stand in calls as they are."""
    return {
        str(node.value)
        for name, call in calls(source)
        for node in messages(name, call)
        if isinstance(node, ast.Constant)
    }


def unnamed_places(message: str) -> list[str]:
    """Return the places of ``message`` that have no plain name."""
    fields = [field for _, field, _, _ in Formatter().parse(message) if field is not None]
    return [field for field in fields if not re.fullmatch("[a-z_]+", field)]


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ('tr("Next")', True),
        ('tr("One " "two")', True),
        ('mark("Next")', True),
        ("tr(page.title)", True),
        ("tr(WORDS[code])", True),
        ('ntr("file", "files", count)', True),
        ("ntr(m.singular, m.plural, count)", True),
        ('tr(f"Hello {name}")', False),
        ('tr("Hello " + name)', False),
        ('tr("Hello {name}".format(name=name))', False),
        ('tr("a" if b else "c")', False),
        ('ntr("file", f"{count} files", count)', False),
        ("mark(title)", False),
    ],
)
def test_the_check_tells_them_apart(source: str, right: bool) -> None:
    assert (built_up(source) == []) == right


@pytest.mark.parametrize(
    ("message", "unnamed"),
    [("{count} files", []), ("{} files", [""]), ("{0} files", ["0"]), ("{x.y}", ["x.y"])],
)
def test_the_check_of_places(message: str, unnamed: list[str]) -> None:
    assert unnamed_places(message) == unnamed


def test_no_words_are_built_up() -> None:
    built_by_module = {
        str(module): built_up(module.read_text(encoding="utf-8")) for module in MODULES
    }
    assert {module: built for module, built in built_by_module.items() if built} == {}


def test_babel_finds_all_words() -> None:
    lost = {
        str(module): constants(module.read_text(encoding="utf-8")) ^ extracted(module)
        for module in MODULES
        if module != LIST
    }
    assert {module: words for module, words in lost.items() if words} == {}


def test_all_places_have_names() -> None:
    words = {word for module in MODULES for word in constants(module.read_text(encoding="utf-8"))}
    assert len(words) > 300
    assert {word: unnamed_places(word) for word in words if unnamed_places(word)} == {}


def test_both_forms_of_a_plural_have_the_same_places() -> None:
    for module in MODULES:
        for name, call in calls(module.read_text(encoding="utf-8")):
            forms = [node.value for node in call.args[:2] if isinstance(node, ast.Constant)]
            if name == "ntr" and len(forms) == 2:
                one, many = ({f for _, f, _, _ in Formatter().parse(str(form))} for form in forms)
                assert one - {None} <= many - {None}, forms


# Words of our own pages that are spelt as a label of AWS's or of UbiQuity's.
OWN: Final = {"AWS account", "Key policy", "Permissions", "Region"}


def test_no_label_of_another_page_can_be_translated() -> None:
    """One that stands alone under ``tr`` would be; and with it a word of ours spelt alike."""
    words = {word for module in MODULES for word in constants(module.read_text(encoding="utf-8"))}
    assert words & (AWS_LABELS | UBIQUITY_LABELS) <= OWN


SHOWN: Final = [
    module
    for folder in ("ui", "core/wording", "commands")
    for module in sorted((FOLDER / folder).rglob("*.py"))
]
"""The modules whose texts people see."""
IN_NO_LANGUAGE: Final = {
    "f'{name}: {text}'",  # a field of a snapshot, for support
    "f'  {self._store.state.page}: {words}'",  # the tour's log, by ids of pages
}


def joined_by_a_colon(source: str) -> list[str]:
    """Return each text that puts a value behind a label by itself."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.JoinedStr)
        for before, part in zip(node.values, node.values[1:], strict=False)
        if isinstance(before, ast.FormattedValue)
        and isinstance(part, ast.Constant)
        and str(part.value).startswith(": ")
    ]


def test_what_joins_a_label_and_its_value_is_translated() -> None:
    """A colon has a space before it in French, and is another sign in Japanese: ``labelled``."""
    assert joined_by_a_colon('f"{label}: {value}"')
    assert joined_by_a_colon('f"{label}: "')
    assert not joined_by_a_colon('f"{place}:{line}"')
    joined = {text for module in SHOWN for text in joined_by_a_colon(module.read_text("utf-8"))}
    assert joined - IN_NO_LANGUAGE == set()


STANDING_FOR_SOMETHING: Final = re.compile(r"^(?:It|They) |^Or ask them")
ABOUT_NOTHING_ELSE: Final = {
    "It has been {seconds} second so far.",
    "It has been {seconds} seconds so far.",
    "It is not known whether the role may use it, so they may be unreadable.",
    "It takes seconds, rarely a minute, until all of AWS knows a new role.",
    "It was changed in the meantime, or it already exists with other contents.",
    "It may still be right.",
    "It needs s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject.",
    (
        "It refused the connection to AWS, could not be reached, or answered with a page of its "
        "own, as the sign-in page of a public network does."
    ),
}
"""The subject is nothing at all, or stands in the one sentence before."""


def test_no_sentence_of_a_finding_leaves_open_what_it_is_about() -> None:
    """Most languages say "it" by the gender of what it stands for, which no catalogue tells."""
    modules = (FOLDER / "core" / "wording" / "finding_words").glob("*.py")
    words = {word for module in modules for word in constants(module.read_text("utf-8"))}
    open_ones = {word for word in words if STANDING_FOR_SOMETHING.search(word)}
    assert open_ones - ABOUT_NOTHING_ELSE == set()
