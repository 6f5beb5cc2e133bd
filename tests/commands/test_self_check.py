"""``self-check``: each part of the installation, and whether it works."""

from pathlib import Path

import pytest

from app import __version__
from app.wiring import self_checks
from tests.commands.called import call

Bytes = pytest.CaptureFixture[bytes]

PARTS = ["resources", "translations", "aws-data", "keyring", "window", "practice"]


def test_this_installation_is_whole(capsysbinary: Bytes) -> None:
    called = call(capsysbinary, "self-check", "--json")
    assert (called.status, called.err) == (0, "")
    document = called.json
    assert (document["format"], document["version"]) == ("ubiquity-s3-setup/self-check", 1)
    assert document["program"] == __version__
    assert [part["name"] for part in document["parts"]] == PARTS
    assert all(part["works"] is True for part in document["parts"])
    told = call(capsysbinary, "self-check")
    assert told.status == 0
    lines = told.text.splitlines()
    assert [line.split()[0] for line in lines[1:]] == PARTS


@pytest.mark.parametrize(
    ("function", "part"), [("resources_folder", "resources"), ("keyring_backend", "keyring")]
)
def test_a_broken_part_is_named_and_the_others_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes, function: str, part: str
) -> None:
    def broken() -> Path:
        raise RuntimeError("out of order")

    monkeypatch.setattr(self_checks, function, broken)
    called = call(capsysbinary, "self-check", "--json")
    assert called.status == 1
    wrong = [entry for entry in called.json["parts"] if not entry["works"]]
    assert wrong == [{"name": part, "works": False, "detail": "RuntimeError: out of order"}]
    told = call(capsysbinary, "self-check")
    assert told.status == 1
    assert "does not work: RuntimeError: out of order" in told.text


def test_a_missing_folder_does_not_work(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes, tmp_path: Path
) -> None:
    monkeypatch.setattr(self_checks, "resources_folder", lambda: tmp_path / "gone")
    assert call(capsysbinary, "self-check").status == 1


def test_resources_without_pictures_do_not_work(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes, tmp_path: Path
) -> None:
    (tmp_path / "icons").mkdir()
    monkeypatch.setattr(self_checks, "resources_folder", lambda: tmp_path)
    assert call(capsysbinary, "self-check").status == 1
