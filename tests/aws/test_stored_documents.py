"""Documents that AWS hands out as text: JSON, or the text itself whatever it is."""

import pytest

from app.aws.stored_documents import stored_document

_HUGE = '{"a": 1' + "0" * 5000 + "}"


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "1", '"{}"', "[" * 100_000, _HUGE])
def test_what_cannot_be_read_stays_as_aws_has_it(text: str) -> None:
    assert stored_document(text) == text
    assert stored_document('{"a": 1}') == {"a": 1}
