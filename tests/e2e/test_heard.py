"""The real program in its own process, read and worked by role and name alone, and heard."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.helpers.screen_reader import ScreenReader


def test_each_page_is_announced_by_its_title(reader: "ScreenReader") -> None:
    reader.wait_to_hear("Connect UbiQuity to your Amazon S3 bucket")
    reader.press("button", "Next")
    reader.wait_to_hear("How to do it")
