"""A known text, framed and broken as terminals, logs and mails do it, keeps its first cause."""

import html
import json
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.explain.explain import explain
from tests.core.explain.answer_samples import ANSWERS
from tests.core.explain.client_samples import CLIENT
from tests.core.explain.denial_samples import BARE, DENIALS

KNOWN = tuple(
    sorted(
        {text for text, causes in {**DENIALS, **CLIENT, **BARE}.items() if causes and " " in text}
        | {message for _, message, _ in ANSWERS}
    )
)


def first(text: str) -> str:
    causes = explain(text)
    return causes[0].code if causes else ""


def broken_anywhere(text: str, width: int) -> list[str]:
    """Break as a terminal does: at the width, through words and names."""
    return [text[at : at + width] for at in range(0, len(text), width)]


def broken_and_trimmed(text: str, width: int) -> list[str]:
    return [line.rstrip() for line in broken_anywhere(text, width)]


def broken_at_words(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def broken_as_prose(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width)


BREAKS = (broken_anywhere, broken_and_trimmed, broken_at_words, broken_as_prose)


def each(start: str, end: str = "") -> Callable[[list[str]], str]:
    return lambda lines: "\n".join(f"{start}{line}{end}" for line in lines)


def terraform(lines: list[str]) -> str:
    return "\n".join(["╷", *(f"│ {line}" for line in lines), "╵", ""])


def rich(lines: list[str]) -> str:
    width = max(map(len, lines))
    inner = [f"│ {line.ljust(width)} │" for line in lines]
    return "\n".join([f"╭{'─' * (width + 2)}╮", *inner, f"╰{'─' * (width + 2)}╯"])


def ascii_table(lines: list[str]) -> str:
    width = max(map(len, lines))
    rule = f"+{'-' * (width + 2)}+"
    return "\n".join([rule, *(f"| {line.ljust(width)} |" for line in lines), rule])


def coloured(lines: list[str]) -> str:
    shown = "\n".join(f"\x1b[31m│\x1b[0m \x1b[0m{line}" for line in lines)
    return f"\x1b[31m╷\x1b[0m\x1b[0m\n{shown}\n\x1b[31m╵\x1b[0m\x1b[0m"


def colours_left_over(lines: list[str]) -> str:
    return "\n".join(f"[31m│[0m [0m{line}" for line in lines)


def html_mail(lines: list[str]) -> str:
    return "<div>" + "<br>\n".join(html.escape(line) for line in lines) + "</div>"


def html_spans(lines: list[str]) -> str:
    return "".join(f'<p><span class="x">{html.escape(line)}</span></p>' for line in lines)


def in_json(lines: list[str]) -> str:
    return json.dumps({"level": "error", "msg": "\n".join(lines)})


def in_json_in_json(lines: list[str]) -> str:
    return json.dumps({"log": in_json(lines) + "\n", "stream": "stderr"})


def in_a_json_list(lines: list[str]) -> str:
    return json.dumps({"failed": True, "stderr_lines": lines}, indent=2)


def hanging(lines: list[str]) -> str:
    return "\n    ".join(lines)


FRAMES: tuple[Callable[[list[str]], str], ...] = (
    "\n".join,
    "\r\n".join,
    each("> "),
    each("> > "),
    each("    "),
    each("│ "),
    each("| "),
    each("2026-11-29T06:53:16.1234567Z "),
    each("2026-11-29 06:53:16,123 ERROR "),
    each("[2026-11-29, 06:53:16 UTC] {taskinstance.py:1824} ERROR - "),
    each("[2026-11-29T06:53:16.123+0000] {s3.py:12} INFO - "),
    each("Nov 29 06:53:16 ip-10-0-0-1 connector[812]: "),
    each("connector-1  | "),
    each("[pod/connector-5d9c7/app] "),
    each("2026-11-29T06:53:16Z [ERROR] [worker-4] "),
    each("26/11/29 06:53:16 ERROR "),
    each("E1129 06:53:16.123456       1 main.go:12] "),
    each('"', '"'),
    terraform,
    rich,
    ascii_table,
    coloured,
    colours_left_over,
    html_mail,
    html_spans,
    in_json,
    in_json_in_json,
    in_a_json_list,
    hanging,
    lambda lines: each("2026-11-29T06:53:16.1234567Z ")(terraform(lines).splitlines()),
    lambda lines: f"```text\n{chr(10).join(lines)}\n```",
)


@settings(max_examples=300, derandomize=True)
@given(
    st.sampled_from(KNOWN),
    st.sampled_from(BREAKS),
    st.integers(24, 160),
    st.sampled_from(FRAMES),
)
def test_no_frame_and_no_break_changes_the_first_cause(
    text: str,
    break_up: Callable[[str, int], list[str]],
    width: int,
    frame: Callable[[list[str]], str],
) -> None:
    assert first(frame(break_up(text, width))) == first(text)


def test_a_box_of_terraform_that_breaks_the_reason() -> None:
    """Posted on GitHub (hashicorp/terraform-provider-aws), names replaced."""
    text = (
        "╷\n│ Error: reading S3 Object: operation error S3: GetObject, https response error "
        "StatusCode: 403, api error AccessDenied: User: "
        "arn:aws:sts::123456789012:assumed-role/ubiquity-connectors-s3-access-role/ubiquity-17 "
        'is not authorized to perform:\n│ s3:GetObject on resource: "arn:aws:s3:::acme-imports'
        '/imports/a.csv" with an explicit deny in a\n│ resource-based policy\n╵\n'
    )
    assert first(text) == "bucket.explicit-deny"


def test_a_path_of_windows_is_no_escape() -> None:
    (found,) = explain(r"Unable to parse config file: C:\Users\nora\.aws\config")
    assert found.params == {"file": r"C:\Users\nora\.aws\config"}


@pytest.mark.parametrize("frame", FRAMES)
def test_each_frame_is_taken_off(frame: Callable[[list[str]], str]) -> None:
    for text in KNOWN[::9]:
        assert first(frame(broken_at_words(text, 70))) == first(text)


@pytest.mark.parametrize(
    "text",
    [
        "An error occurred (403) when calling the HeadBucket operation: Forbidden",
        "Provided region_name 'sydney' doesn't match a supported format.",
        (
            "User: arn:aws:sts::049579744830:assumed-role/connectors/worker-4 is not authorized to "
            "perform: sts:TagSession on resource: "
            "arn:aws:iam::123456789012:role/ubiquity-connectors-s3-access-role"
        ),
    ],
)
def test_a_break_within_a_word_that_the_cause_hangs_on(text: str) -> None:
    broken = ["\n".join(broken_anywhere(text, width)) for width in range(24, len(text))]
    assert {first(lines) for lines in broken} == {first(text)} != {""}
