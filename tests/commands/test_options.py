"""The options of a command: what is understood, and the sentence for what is not."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.commands.options import Option, WrongUsage, operands_in, parse, usage

OPTIONS: Final = (
    Option("draft", "FILE", required=True),
    Option("how", "HOW", choices=("one", "two")),
    Option("profile", "NAME", excludes=("snapshot",)),
    Option("snapshot", "FILE"),
    Option("text", "TEXT", may_be_empty=True),
    Option("json"),
)


@pytest.mark.parametrize(
    ("arguments", "given_"),
    [
        (["--draft", "d"], {"draft": "d"}),
        (["--draft=d"], {"draft": "d"}),
        (["--draft=a=b"], {"draft": "a=b"}),
        (["--draft", "a=b"], {"draft": "a=b"}),
        (["--json", "--draft", "d"], {"json": "on", "draft": "d"}),
        (["--draft", "d", "--how", "two"], {"draft": "d", "how": "two"}),
        (["--draft", "-"], {"draft": "-"}),
        (["--draft", "d", "--text", ""], {"draft": "d", "text": ""}),
        (["--draft", "d", "--text="], {"draft": "d", "text": ""}),
        (["--draft", "d", "--text", "--- Error ---"], {"draft": "d", "text": "--- Error ---"}),
        (["--draft", "d", "--text=--json"], {"draft": "d", "text": "--json"}),
    ],
)
def test_what_is_given(arguments: list[str], given_: dict[str, str]) -> None:
    assert parse(OPTIONS, arguments) == given_


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        ([], ()),
        (["a b"], ("a b",)),
        (["a", "--json", "b", "--profile", "p", "c"], ("a", "b", "c")),
        (["--text", "a", "b"], ("b",)),
    ],
)
def test_what_is_no_option_is_an_operand_where_there_are_any(
    arguments: list[str], files: tuple[str, ...]
) -> None:
    options = (Option("files", "FILE", operands=True), *OPTIONS[1:])
    assert operands_in(parse(options, arguments), "files") == files
    with pytest.raises(WrongUsage, match="“--files” is not an option"):
        parse(options, ["--files", "a"])
    assert usage("check", "", options)[0].startswith("ubiquity-s3-setup check [FILE…] [--how")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "This is missing: --draft FILE."),
        (["--json"], "This is missing: --draft FILE."),
        (["--draft"], "--draft needs a value: FILE."),
        (["--draft", ""], "--draft needs a value: FILE."),
        (["--draft="], "--draft needs a value: FILE."),
        (["--draft", "--json"], "--draft needs a value: FILE."),
        (["--draft", "--how=one"], "--draft needs a value: FILE."),
        (["--draft", "d", "--text"], "--text needs a value: TEXT."),
        (["--draft", "d", "--draft", "d"], "--draft is given twice."),
        (["--draft", "d", "--json", "--json"], "--json is given twice."),
        (["--draft", "d", "--json=yes"], "--json takes no value."),
        (["--draft", "d", "--json="], "--json takes no value."),
        (["--draft", "d", "--how", "odd"], "--how should be one of one, two, and is “odd”."),
        (["--draft", "d", "more"], "“more” is not an option of this command."),
        (["--Draft", "d"], "“--Draft” is not an option of this command."),
        (["--dra", "d"], "“--dra” is not an option of this command."),
        (["-j"], "“-j” is not an option of this command."),
        (["--secret=AKIA"], "“--secret” is not an option of this command."),
        (
            ["--snapshot", "s", "--draft", "d", "--profile", "p"],
            "--profile and --snapshot can’t be given together.",
        ),
    ],
)
def test_what_is_wrong(arguments: list[str], sentence: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        parse(OPTIONS, arguments)
    assert str(caught.value) == sentence


@given(st.lists(st.sampled_from(["--draft", "--json", "--how=one", "x", ""]) | st.text()))
def test_any_words_are_understood_or_refused_in_a_sentence(arguments: list[str]) -> None:
    try:
        given_ = parse(OPTIONS, arguments)
    except WrongUsage as error:
        sentence = str(error)
    else:
        sentence = f"{given_['draft']} is given."
        assert set(given_) <= {option.name for option in OPTIONS}
    assert sentence.endswith(".")


@given(st.dictionaries(st.sampled_from(["draft", "snapshot", "text"]), st.text(min_size=1)))
def test_attached_values_come_as_they_are(wanted: dict[str, str]) -> None:
    wanted = {"draft": "d", **wanted}
    assert parse(OPTIONS, [f"--{name}={value}" for name, value in wanted.items()]) == wanted


def test_usage_names_what_must_be_given_and_what_may() -> None:
    assert usage("sort", "sorts it", (*OPTIONS[:3], OPTIONS[-1])) == (
        "ubiquity-s3-setup sort --draft FILE [--how one|two] [--profile NAME] [--json]",
        "",
        "sorts it",
    )
