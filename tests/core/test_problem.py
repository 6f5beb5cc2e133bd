"""What is said of a field."""

import pytest

from app.core.problem import Checked, Correction, Problem, Severity, error, note, settle, warning
from app.core.wording.problems import correction_text, problem_text


def test_the_makers() -> None:
    assert error("a", "account.empty") == Problem("a", "account.empty", Severity.ERROR)
    assert warning("a", "region.unknown", region="x").params == {"region": "x"}
    assert note("a", "account.from-arn").severity is Severity.NOTE


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (note("a", "cleaned.spaces", count=1), "One space was removed."),
        (note("a", "cleaned.spaces", count=2), "Two spaces were removed."),
        (note("a", "cleaned.spaces", count=9), "Nine spaces were removed."),
        (note("a", "cleaned.spaces", count=10), "10 spaces were removed."),
        (error("a", "account.digits", count=3), "An AWS account ID has 12 digits; this has 3."),
        (note("a", "region.taken", region="{x}"), "The region’s code is {x}."),
        (error("a", "account.empty"), "Enter your AWS account ID: 12 digits."),
    ],
)
def test_the_words(problem: Problem, text: str) -> None:
    assert problem_text(problem) == text


def test_the_words_of_an_offer() -> None:
    assert correction_text(Correction("imports/")) == "Use “imports/”"


def test_a_check_is_settled() -> None:
    problems = [note("a", "account.from-arn"), warning("a", "account.example")]
    checked = settle("1", problems, other_fields={"region": "x"}, offer=Correction("2"))
    assert checked == Checked("1", (problems[1], problems[0]), {"region": "x"}, Correction("2"))
    assert checked.errors == ()


def test_an_error_leaves_no_value_and_is_said_first() -> None:
    wrong = error("a", "account.several", count=2)
    checked = settle("1", [note("a", "account.from-arn"), wrong])
    assert checked.value is None
    assert checked.problems[0] == wrong
    assert checked.errors == (wrong,)
    assert settle("1", [note("a", "account.from-arn")]).value == "1"
