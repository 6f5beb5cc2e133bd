"""Which finding a failed call stands for.

``tests/aws/transport/test_failures.py`` walks AWS's answers.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.failure import _CODES_BY_FINDING, finding_of_failure


def test_each_finding_is_in_the_catalogue() -> None:
    assert set(_CODES_BY_FINDING) <= set(CATALOGUE)


def test_each_code_stands_for_one_finding() -> None:
    codes = [code for row in _CODES_BY_FINDING.values() for code in row]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("code", "status", "finding"),
    [
        ("Unheard", 500, "env.aws-fault"),
        ("Unheard", 503, "env.aws-fault"),
        ("Unheard", 501, None),
        ("503", None, "env.aws-fault"),
        ("Unheard", 407, "env.proxy"),
        ("Unheard", 429, "env.throttled"),
        ("Unheard", 403, None),
        ("Unheard", None, None),
        ("²", None, None),
        ("", None, None),
    ],
)
def test_a_status_speaks_where_the_code_does_not(
    code: str, status: int | None, finding: str | None
) -> None:
    assert finding_of_failure(code, "", status) == finding


@pytest.mark.parametrize("code", ["SignatureDoesNotMatch", "InvalidSignatureException"])
@pytest.mark.parametrize(
    ("message", "finding"),
    [
        ("The request signature we calculated does not match", "signin.invalid"),
        ("Signature expired: 1 is now earlier than 2", "env.clock-skew"),
        ("Credential should be scoped to a valid region, not 'x'.", "signin.config-broken"),
    ],
)
def test_of_a_signature_the_text_tells_what_is_wrong(code: str, message: str, finding: str) -> None:
    assert finding_of_failure(code, message) == finding


@given(st.text(), st.text(), st.none() | st.integers(100, 599))
def test_any_answer_is_judged(code: str, message: str, status: int | None) -> None:
    assert finding_of_failure(code, message, status) in {None, *CATALOGUE}
