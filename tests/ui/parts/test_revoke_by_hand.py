import pytest
from pytestqt.qtbot import QtBot

from app.core.guide import ROLE_NAME
from app.flow.wizard.state import Flow, Revoking
from app.ui.widgets.console_picture import ConsolePicture
from tests.helpers.pages import Screen
from tests.helpers.wizard import fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


@pytest.mark.parametrize(
    ("way", "picture", "words"),
    [
        (Revoking.DELETE_ROLE, "delete-role", f"Roles > {ROLE_NAME}. Make sure"),
        (Revoking.CHANGE_TRUST, "trust-edit", "Delete UbiQuity’s statement"),
        (Revoking.DISABLE, "disable-connector", ""),
    ],
)
def test_a_way_is_shown_as_it_is_done_by_hand(
    qtbot: QtBot, way: Revoking, picture: str, words: str
) -> None:
    wizard = open_wizard(qtbot, fake_accounts(practice=False))
    wizard.store.begin(Flow.REVOKE)
    screen = Screen(wizard)
    assert not screen.shows("revokeByHand")
    screen.click(f"revoking-{way}")
    if words:
        assert _pictures(screen) == []
        screen.click(f"byHand-{way}-button")
        assert words in screen.said("revokeByHand")
    assert _pictures(screen) == [f"picture-{picture}"]


def _pictures(screen: Screen) -> list[str]:
    there = screen.window.findChildren(ConsolePicture)
    return [picture.objectName() for picture in there if picture.isVisible()]
