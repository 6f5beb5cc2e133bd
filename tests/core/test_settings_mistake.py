"""A mistake goes through a message and comes back the same."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.settings_mistake import SettingsMistake, told_mistake

WORDS = st.text(
    st.characters(exclude_characters="“”", categories=["L", "N", "P", "S"]), max_size=20
)


@given(
    message=st.text(max_size=40),
    code=st.from_regex(r"[a-z]{2,8}-[a-z]{2,8}", fullmatch=True),
    file=st.from_regex(r"/home/[^\n\r“”;\[\]]{1,9}[a-z]/config", fullmatch=True),
    line=st.none() | st.integers(1, 99_999),
    name=WORDS,
    instead=WORDS,
)
def test_a_noted_mistake_is_read_again(
    message: str, code: str, file: str, line: int | None, name: str, instead: str
) -> None:
    file = " ".join(file.split())
    mistake = SettingsMistake(code, file, line, name, instead)
    said, params = told_mistake(mistake.noted(message))
    assert (said, params) == (message, mistake.params)


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    told_mistake(text)
    told_mistake(f"{text} [")


def test_an_earlier_versions_note_is_read() -> None:
    assert told_mistake("Unable to parse config file: /x (line 3)")[1] == {"line": 3}


def test_a_place_alone_is_noted_with_its_line_only() -> None:
    assert SettingsMistake("", "/x").noted("said") == "said"
    assert told_mistake(SettingsMistake("", "/x", 4).noted("said")) == (
        "said",
        {"file": "/x", "line": 4},
    )
