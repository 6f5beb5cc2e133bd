"""Reading JSON files, whatever is in them: a value, or one sentence."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.formats.reading import (
    DEEPEST,
    FormatError,
    InputProblem,
    JsonObject,
    is_policy,
    json_kind,
    read_file,
)

SOURCE = "setup.json"
NONE = "should be a number that a program can hold"


def whole(place: JsonObject) -> dict[str, object]:
    return dict(place.fields)


def sentence(text: str, read: Callable[[JsonObject], object] = whole) -> str:
    """Return the one sentence that reading ``text`` ends with."""
    problem = read_file(text, SOURCE, read)
    assert isinstance(problem, InputProblem)
    assert problem.source == SOURCE
    assert problem.text.startswith(f"{SOURCE}: ")
    assert len(problem.text.splitlines()) == 1
    return problem.text.removeprefix(f"{SOURCE}: ")


def nested(depth: int, opening: str = "[", closing: str = "]") -> str:
    return f'{{"a": {opening * depth}1{closing * depth}}}'


@pytest.mark.parametrize(
    ("text", "expected_sentence"),
    [
        ("", "this is not JSON: the mistake is at line 1, column 1."),
        ("\n{\n  'a': 1}", "this is not JSON: the mistake is at line 3, column 3."),
        ('{"a": 1', "this is not JSON: the mistake is at line 1, column 8."),
        ('{"a": 1}}', "this is not JSON: the mistake is at line 1, column 9."),
        ('{"a": NaN}', f"“a” {NONE}, and is NaN."),
        ('{"a": [1, {"b": -Infinity}]}', f"“a[1].b” {NONE}, and is -Infinity."),
        ('{"a": 1e999}', f"“a” {NONE}, and is 1e999."),
        ('{"a": -1e99999999999999999999}', f"“a” {NONE}, and is -1e99999999999999999999."),
        ('{"a": 1e-999}', f"“a” {NONE}, and is 1e-999."),
        ('{"a": {"b": %s}}' % ("9" * 5000), f"“a.b” {NONE}, and is {'9' * 24}…."),
        ('{"a": %s}' % ("9" * 309), f"“a” {NONE}, and is {'9' * 24}…."),
        ('{"a": 1, "a": 1}', "“a” is there twice, and should be there once."),
        (
            '{"b": [{}, {"c": {"a": 1, "b": 2, "a": {}}}]}',
            "“b[1].c.a” is there twice, and should be there once.",
        ),
        ('{"b": {"a": NaN}, "b": 1}', "“b” is there twice, and should be there once."),
        ("NaN", "the file should hold an object, and holds a number."),
        ("null", "the file should hold an object, and holds nothing (null)."),
        ("[]", "the file should hold an object, and holds a list."),
        ('"a"', "the file should hold an object, and holds text."),
        ("12", "the file should hold an object, and holds a number."),
        ("1.5", "the file should hold an object, and holds a decimal number."),
        ("true", "the file should hold an object, and holds true or false."),
    ],
)
def test_what_is_no_json_object(text: str, expected_sentence: str) -> None:
    assert sentence(text) == expected_sentence
    assert read_file('{"a": 1}', SOURCE, whole) == {"a": 1}


@pytest.mark.parametrize(
    "text",
    [
        nested(DEEPEST),
        nested(DEEPEST, '{"a":', "}"),
        nested(5_000),
        nested(200_000),
        nested(200_000, '{"a":', "}"),
        f"{'[' * 200_000}",
    ],
)
def test_nested_too_deep(text: str) -> None:
    assert "nested too deep" in sentence(text) or "not JSON" in sentence(text)
    assert read_file(nested(DEEPEST - 1), SOURCE, whole)
    assert read_file(nested(DEEPEST - 1, '{"a":', "}"), SOURCE, whole)


@pytest.mark.parametrize("number", ["0", "-0.0", "0e999", "1e308", "9" * 308, "0.1", "5e-324"])
def test_a_number_that_can_be_held_is_read(number: str) -> None:
    assert read_file(f'{{"a": {number}}}', SOURCE, whole) == {"a": json.loads(number)}


def test_a_count_is_one_that_every_reader_holds() -> None:
    def count(place: JsonObject) -> int:
        return place.count("a")

    assert read_file('{"a": 9007199254740992}', SOURCE, count) == 2**53
    assert sentence('{"a": 9007199254740993}', count) == f"“a” {NONE}, and is 9007199254740993."
    assert sentence('{"a": 1%s}' % ("0" * 300), count).startswith(f"“a” {NONE}")


def test_many_keys_and_one_twice() -> None:
    keys = ", ".join(f'"{number}": 0' for number in range(100_000))
    assert sentence(f'{{{keys}, "99999": 0}}').startswith("“99999” is there twice")


@pytest.mark.parametrize("wrong", ['"{}"', "[]", "1", "true"])
def test_a_policy_is_an_object(wrong: str) -> None:
    def document(place: JsonObject) -> object:
        return place.document("a")

    assert "“a” should be an object, and is" in sentence(f'{{"a": {wrong}}}', document)
    assert read_file('{"a": {"b": []}}', SOURCE, document) == {"b": []}
    assert read_file('{"a": null}', SOURCE, document) is None
    assert read_file("{}", SOURCE, document) is None


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert read_file('\ufeff{"a": 1}', SOURCE, whole) == {"a": 1}


@given(st.text())
def test_any_text_gives_an_object_or_a_sentence(text: str) -> None:
    outcome = read_file(text, SOURCE, whole)
    if isinstance(outcome, InputProblem):
        assert sentence(text)
    else:
        assert json.loads(text.removeprefix("\ufeff")) == outcome


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "nothing (null)"),
        (True, "true or false"),
        ("x", "text"),
        (3, "a number"),
        (0.5, "a decimal number"),
        ([], "a list"),
        ({}, "an object"),
    ],
)
def test_the_kinds(value: object, kind: str) -> None:
    assert json_kind(value) == kind


# What each way to read a place takes, and says to anything else.

WRONG: list[tuple[str, Callable[[JsonObject], object], object, str]] = [
    ("text", lambda p: p.text("k"), 1, "“k” should be text, and is a number."),
    ("text", lambda p: p.text("k"), None, "“k” should be text, and is nothing (null)."),
    ("optional text", lambda p: p.optional_text("k"), [], "“k” should be text, and is a list."),
    (
        "choice",
        lambda p: p.choice("k", ("a", "b")),
        "c",
        "“k” should be one of a, b, and is “c”.",
    ),
    ("choice", lambda p: p.choice("k", ("a",)), {}, "“k” should be text, and is an object."),
    (
        "optional choice",
        lambda p: p.optional_choice("k", ("a", "b")),
        "",
        "“k” should be one of a, b, and is “”.",
    ),
    ("truth", lambda p: p.truth("k"), 1, "“k” should be true or false, and is a number."),
    (
        "truth",
        lambda p: p.truth("k", default=False),
        None,
        "“k” should be true or false, and is nothing (null).",
    ),
    (
        "optional truth",
        lambda p: p.optional_truth("k"),
        "true",
        "“k” should be true or false, and is text.",
    ),
    ("count", lambda p: p.count("k"), True, "“k” should be a whole number, and is true or false."),
    (
        "count",
        lambda p: p.count("k"),
        1.0,
        "“k” should be a whole number, and is a decimal number.",
    ),
    (
        "moment",
        lambda p: p.moment("k"),
        "yesterday",
        "“k” should be a time such as 2026-11-23T01:02:03Z.",
    ),
    (
        "moment",
        lambda p: p.moment("k"),
        "0001-01-01T00:00:00+14:00",
        "“k” should be a time such as 2026-11-23T01:02:03Z.",
    ),
    (
        "moment",
        lambda p: p.moment("k"),
        "9999-12-31T23:59:59-14:00",
        "“k” should be a time such as 2026-11-23T01:02:03Z.",
    ),
    ("place", lambda p: p.place("k"), [], "“k” should be an object, and is a list."),
    (
        "optional place",
        lambda p: p.optional_place("k"),
        "",
        "“k” should be an object, and is text.",
    ),
    ("items", lambda p: list(p.items("k")), {}, "“k” should be a list, and is an object."),
    (
        "items",
        lambda p: list(p.items("k")),
        [{}, 1],
        "“k[1]” should be an object, and is a number.",
    ),
    ("texts", lambda p: p.texts("k"), "x", "“k” should be a list, and is text."),
    ("texts", lambda p: p.texts("k"), ["x", None], "“k[1]” should be text, and is nothing (null)."),
]


@pytest.mark.parametrize(("read", "value", "expected_sentence"), [row[1:] for row in WRONG])
def test_a_wrong_type(
    read: Callable[[JsonObject], object], value: object, expected_sentence: str
) -> None:
    assert sentence(json.dumps({"k": value}), read) == expected_sentence
    inner = sentence(json.dumps({"a": [{"k": value}]}), lambda p: read(next(p.items("a"))))
    assert inner == expected_sentence.replace("“k", "“a[0].k", 1)


@pytest.mark.parametrize(
    "read",
    [
        lambda p: p.text("k"),
        lambda p: p.choice("k", ("a",)),
        lambda p: p.truth("k"),
        lambda p: p.moment("k"),
        lambda p: p.place("k"),
        lambda p: list(p.items("k", required=True)),
    ],
)
def test_what_must_be_there(read: Callable[[JsonObject], object]) -> None:
    assert sentence("{}", read) == "“k” is missing."
    assert sentence('{"a": {}}', lambda p: read(p.place("a"))) == "“a.k” is missing."


def test_what_may_be_absent_or_null() -> None:
    for fields in ({}, {"k": None}):
        place = JsonObject("", fields)
        assert place.optional_text("k") is None
        assert place.optional_choice("k", ("a",)) is None
        assert place.optional_truth("k") is False
        assert place.optional_place("k") is None
        assert place.count("k") == 0
        assert place.count("k", 7) == 7
        assert list(place.items("k")) == []
        assert place.texts("k") == ()
        assert place.json("k") is None
    assert JsonObject("", {}).truth("k", default=True) is True
    assert not JsonObject("", {}).has("k")
    assert JsonObject("", {"k": None}).has("k")


def test_what_is_there() -> None:
    place = JsonObject("top", {"t": "x", "b": True, "n": 0, "o": {"i": 1}, "l": [{}], "s": ["a"]})
    assert place.text("t") == place.choice("t", ("x", "y")) == place.optional_text("t") == "x"
    assert place.truth("b") is place.optional_truth("b") is True
    assert place.count("n", 7) == 0
    assert place.place("o") == JsonObject("top.o", {"i": 1})
    assert [inner.path for inner in place.items("l")] == ["top.l[0]"]
    assert place.texts("s") == ("a",)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T01:02:03Z", datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)),
        ("2026-11-23T01:02:03", datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)),
        ("2026-11-23T01:02:03.5+13:00", datetime(2026, 11, 22, 12, 2, 3, 500000, tzinfo=UTC)),
    ],
)
def test_times(text: str, moment: datetime) -> None:
    moment_in_file = JsonObject("", {"k": text}).moment("k")
    assert moment_in_file == moment
    assert moment_in_file.utcoffset() == timedelta(0)
    assert moment.astimezone(timezone(timedelta(hours=13))) == moment_in_file


@pytest.mark.parametrize(
    ("file", "expected_sentence"),
    [
        ({}, "this is no file of this program, or “format” is missing in it."),
        ({"format": 1}, "“format” should be text, and is a number."),
        ({"format": "other"}, "“format” should be “ours”, and is “other”."),
        ({"format": "ours"}, "“version” is missing."),
        ({"format": "ours", "version": "1"}, "“version” should be a whole number, and is text."),
        (
            {"format": "ours", "version": True},
            "“version” should be a whole number, and is true or false.",
        ),
        (
            {"format": "ours", "version": 1.0},
            "“version” should be a whole number, and is a decimal number.",
        ),
        (
            {"format": "ours", "version": 2},
            (
                "this program reads version 1 of this file, and this is 2. "
                "Use the newest version of this program."
            ),
        ),
    ],
)
def test_format_and_version(file: dict[str, object], expected_sentence: str) -> None:
    def read(place: JsonObject) -> str:
        place.expect_format("ours", 1)
        return "read"

    assert sentence(json.dumps(file), read) == expected_sentence
    assert read_file(json.dumps({**file, "format": "ours", "version": 1}), SOURCE, read) == "read"


HOSTILE = "a\nb\r\u2028c\x1b[31m\ud800" + "x" * 5000


@pytest.mark.parametrize(
    "read",
    [
        lambda p: p.expect_format("ours", 1),
        lambda p: p.choice("format", ("a",)),
        lambda p: p.place("inner").text(HOSTILE),
    ],
)
def test_what_a_file_says_stays_on_one_short_line(read: Callable[[JsonObject], object]) -> None:
    file = {"format": HOSTILE, "inner": {HOSTILE: 1}}
    line = sentence(json.dumps(file), read)
    assert len(line) <= 1001
    assert line.isprintable()


def test_other_exceptions_are_bugs_and_go_on() -> None:
    def broken(_place: JsonObject) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        read_file("{}", SOURCE, broken)
    with pytest.raises(FormatError):
        JsonObject("", {}).text("k")


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.text(), ODD, max_size=3) | ODD)
@example({"a": 10**400})
@example({"a": float("nan")})
@example({"a": float("-inf")})
@example({"a": 1e-400})
@example({"half a character": "\ud83d"})
def test_a_file_that_holds_what_counts_as_a_policy_is_read_again(value: object) -> None:
    text = json.dumps({"a": [{"b": {"c": value}}]})
    taken = read_file(text, "file", lambda top: next(top.items("a")).place("b").document("c"))
    assert is_policy(value) is (isinstance(value, dict) and not isinstance(taken, InputProblem))
    if is_policy(value):
        assert taken == value


@pytest.mark.parametrize(("levels", "fits"), [(1, True), (90, True), (96, True), (99, False)])
def test_a_policy_is_no_deeper_than_a_reader_goes(levels: int, fits: bool) -> None:
    policy: dict[str, object] = {}
    for _ in range(levels - 1):
        policy = {"in": policy}
    assert is_policy(policy) is fits
