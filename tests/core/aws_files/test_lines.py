"""Our reading of a file is Python's, as botocore's is; where that stops, there is an odd line."""

import configparser
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.aws_files.lines import OddKind, parse
from app.core.pasted.decoding import decoded, is_plain

PIECES = st.sampled_from(
    [
        *(
            "[default]",
            "[profile work]",
            "[work]",
            "[",
            "]",
            "[DEFAULT]",
            "[a]b]",
            "region",
            "=",
            ":",
        ),
        *(
            " = ",
            "aws_access_key_id",
            "AKIA",
            "s3 =",
            "\n",
            "\r\n",
            "\r",
            "\n  ",
            "\n\t",
            " ",
            "\t",
        ),
        *(
            "#",
            ";",
            " # x",
            "\ufeff",
            "\x00",
            "\x0b",
            "\x1c",
            "\u2028",
            "é",
            "export A=b",
            "{",
            '"',
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80)


def _pythons(text: str) -> dict[str, dict[str, str]] | None:
    """Return what Python's parser reads of a file; None where it stops."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(re.sub(r"\r\n?", "\n", text))
    except configparser.Error:
        return None
    defaults = parser.defaults()
    return {
        name: {key: value for key, value in parser[name].items() if key not in defaults}
        for name in parser.sections()
    }


@given(TEXTS)
@example("[a]\nx = 1\n\n  y = 2\n# c\n   z\n[b]\n  k = 1\n  l = 2\n m = 3\n")
@example("[a]\nx =\n  y = 2\n\n")
@example("[DEFAULT]\nregion = x\n[a]\n")
def test_it_reads_what_python_reads_and_stops_where_python_stops(text: str) -> None:
    parsed = parse(text)
    expected = _pythons(text)
    stops = [odd for odd in parsed.odd if odd.kind is not OddKind.NESTED]
    assert bool(stops) == (expected is None)
    if expected is None:
        return
    defaults = {
        s.name for section in parsed.sections if section.name == "DEFAULT" for s in section.settings
    }
    read = {
        section.name: {s.name: s.value for s in section.settings if s.name not in defaults}
        for section in parsed.sections
        if section.name != "DEFAULT"
    }
    assert read == expected
    lines = re.split(r"\r\n|\r|\n", text)
    for section in parsed.sections:
        assert section.name in lines[section.line - 1]
        for setting in section.settings:
            assert lines[setting.line - 1].strip().startswith(setting.written)


LINES = st.integers(0, 30)


@given(before=LINES, odd=st.sampled_from(["nonsense", "[profile a]", "region = y", "= x"]))
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_line_that_stops_is_the_one_that_is_odd(before: int, odd: str, ending: str) -> None:
    notes = "# note\n" * before
    text = f"[profile a]\nregion = x\n{notes}{odd}\nname = z\n"
    assert [line.line for line in parse(text.replace("\n", ending)).odd] == [3 + before]


@given(st.binary(max_size=60))
@example(b"\xff\xfe")
@example(b"\x00")
@example(b"\xff\xfe\x00\x00")
def test_any_bytes_are_a_text_or_say_where_they_are_none(content: bytes) -> None:
    text = decoded(content)
    if isinstance(text, UnicodeDecodeError):
        assert 0 <= text.start < len(text.object)
    elif is_plain(content):
        assert text == content.decode()
    parse(text if isinstance(text, str) else "")


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20), min_size=2, max_size=30))
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_plain_letters_are_read_in_each_encoding_without_a_mark(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding)) == text
