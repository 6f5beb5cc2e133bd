"""What an organisation requires is asked for when somebody opens it."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.core.choices import Choices
from app.ui.review.requirements_box import RequirementsBox
from app.ui.widgets.disclosure import DisclosureButton
from app.ui.widgets.masking import Masking
from app.ui.window.retyping import type_again, typed_in
from tests.helpers.hands import part

OWNER = Choices(tags={"Owner": "Data team"})


def _box(qtbot: QtBot, masking: Masking) -> RequirementsBox:
    box = RequirementsBox(masking, lambda *_: None, lambda: None, "requirements")
    qtbot.addWidget(box)
    return box


def test_fields_are_made_when_it_is_opened(qtbot: QtBot, masking: Masking) -> None:
    box = _box(qtbot, masking)
    assert (box.findChildren(QLineEdit), box.is_right) == ([], True)
    part(box, DisclosureButton).click()
    assert {line.objectName() for line in box.findChildren(QLineEdit)} == {
        "boundary",
        "tags",
        "roleDescription",
    }


@pytest.mark.parametrize("opened_first", [True, False])
def test_what_was_wished_for_stands_there_whenever_it_is_opened(
    qtbot: QtBot, masking: Masking, opened_first: bool
) -> None:
    box = _box(qtbot, masking)
    if opened_first:
        part(box, DisclosureButton).click()
    box.show_choices(OWNER)
    if not opened_first:
        part(box, DisclosureButton).click()
    assert part(box, QLineEdit, "tags").text() == "Owner=Data team"


def test_what_was_typed_is_typed_again(qtbot: QtBot, masking: Masking) -> None:
    before, after = _box(qtbot, masking), _box(qtbot, masking)
    part(before, DisclosureButton).click()
    part(before, QLineEdit, "tags").setText("Owner")
    type_again(after, typed_in({"create": before})["create"])
    assert part(after, QLineEdit, "tags").text() == "Owner"
