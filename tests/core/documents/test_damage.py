"""Whose External ID one may be that looks like ours, and what can't be seen in it."""

import pytest

from app.core.documents.damage import is_damaged_form, is_invisible
from app.core.guide import EXAMPLE_DATABASE_ID, PLACEHOLDER_DATABASE_ID

ID = EXAMPLE_DATABASE_ID

DAMAGED = (
    f"{ID} ",
    f" {ID}\r\n",
    f"{ID[:5]}\n{ID[5:]}",
    f"\u200b{ID}",
    ID.lower(),
    f"{ID}=",
    f"{ID}==",
    f'"{ID}"',
    f"{ID}%3D%3D",
    f" {ID.upper()}== ",
    PLACEHOLDER_DATABASE_ID,
)
ANOTHERS = (ID, "", "*", "A1b2C3d4E5f6G7h8I9j0Kw", f"{ID[:-1]}A", ID[:-1], f"{ID}A", f"x{ID}")


@pytest.mark.parametrize("external_id", DAMAGED)
def test_a_damaged_form_of_ours_is_nobody_elses(external_id: str) -> None:
    assert is_damaged_form(ID, external_id)


@pytest.mark.parametrize("external_id", ANOTHERS)
def test_another_id_may_be_someones(external_id: str) -> None:
    assert not is_damaged_form(ID, external_id)


@pytest.mark.parametrize("char", [" ", "\n", "\u00ad", "\u200b", "\u2028", "\ue000", "\x00"])
def test_knows_what_leaves_no_ink(char: str) -> None:
    assert is_invisible(char)


@pytest.mark.parametrize("char", "aZ9=-_é漢")
def test_knows_what_leaves_ink(char: str) -> None:
    assert not is_invisible(char)
