"""``self-check``: each part of the installation, and whether it works."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app import __version__
from app.commands import self_check
from app.commands.part_looks import PARTS, all_looks
from app.wiring.installation.part import CheckedPart
from tests.commands.called import call

Bytes = pytest.CaptureFixture[bytes]


def test_this_installation_is_whole_and_nothing_of_the_persons_is_touched(
    capsysbinary: Bytes, tmp_path: Path, nobody_at_home: Path
) -> None:
    # The one full run: it starts the program, the practice AWS and the window.
    picture = tmp_path / "first page.png"
    called = call(capsysbinary, "self-check", "--json", "--picture", str(picture))
    assert called.err == ""
    document = called.json
    assert (document["format"], document["version"]) == ("ubiquity-s3-setup/self-check", 1)
    assert document["program"] == __version__
    assert [part["name"] for part in document["parts"]] == list(PARTS)
    broken = {part["name"]: part["detail"] for part in document["parts"] if not part["works"]}
    assert called.status == (1 if broken else 0)
    # While words are being written, a catalogue lags behind them: its own tests tell of that.
    assert not broken or (set(broken) == {"translations"} and "missing" in broken["translations"])
    assert QImage(str(picture)).width() >= 600
    assert [each for each in nobody_at_home.rglob("*") if each.is_file()] == []


def test_every_part_has_a_look() -> None:
    assert set(all_looks(None)) == set(PARTS)


def test_a_broken_part_is_named(monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes) -> None:
    def checked(
        _command: object, names: Sequence[str], still: Callable[[str, float], object]
    ) -> Iterator[CheckedPart]:
        assert tuple(names) == PARTS
        still("crt", 10.2)
        yield CheckedPart("resources", works=True, detail="all there")
        yield CheckedPart("crt", works=False, detail="out of order")

    monkeypatch.setattr(self_check, "checked_in_a_child", checked)
    called = call(capsysbinary, "self-check", "--json")
    assert (called.status, called.err) == (1, "")
    assert called.json["parts"] == [
        {"name": "resources", "works": True, "detail": "all there"},
        {"name": "crt", "works": False, "detail": "out of order"},
    ]
    told = call(capsysbinary, "self-check")
    assert told.status == 1
    assert told.text.splitlines() == [
        f"UbiQuity S3 Connection Setup {__version__}",
        "resources      fine: all there",
        "crt            does not work: out of order",
    ]
    assert told.err == "crt            It has been 10 seconds so far.\n"
