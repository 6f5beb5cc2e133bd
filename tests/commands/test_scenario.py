"""``practice --scenario``: the list of rehearsals, and a name that is none of them."""

import pytest

from app.core.diagnosis.codes.catalogue import CATALOGUE
from tests.commands.called import assert_wrong_input, call

Bytes = pytest.CaptureFixture[bytes]


def test_the_rehearsals_one_code_a_line(capsysbinary: Bytes) -> None:
    called = call(capsysbinary, "practice", "--scenario", "list")
    assert (called.status, called.err) == (0, "")
    assert called.text.splitlines() == list(CATALOGUE)


@pytest.mark.parametrize("name", ["role.gone", "List", "role.missing ", "a\nb\nc\nd\ne\nf\ng"])
def test_a_rehearsal_that_there_is_not(capsysbinary: Bytes, name: str) -> None:
    called = call(capsysbinary, "practice", "--scenario", name)
    said = name.replace("\n", "\\n")
    assert_wrong_input(called, f"There is no rehearsal “{said}”.", "--scenario list")
