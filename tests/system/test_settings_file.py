"""What was set for the window: lost or broken, it costs only the settings."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.formats.settings_json import Settings, WindowPlace, dump_settings
from app.system.settings_file import SettingsFile


def test_what_was_set_comes_back(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "data")
    assert file.load() == Settings()
    assert file.save(Settings(150)) is None
    assert SettingsFile(tmp_path / "data").load() == Settings(150)


def test_each_is_kept_beside_the_other(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path)
    assert file.keep_text_size(150) is None
    assert file.keep_share(on=True) is None
    assert file.load() == Settings(150, share=True)
    assert file.keep_text_size(100) is None
    assert file.load() == Settings(100, share=True)
    assert file.keep_language("ja") is None
    assert file.keep_share(on=False) is None
    assert file.load() == Settings(100, share=False, language="ja")


def test_a_file_of_an_older_version_hides_nothing_and_a_key_of_a_newer_one_is_kept(
    tmp_path: Path,
) -> None:
    path = tmp_path / "settings.json"
    text = dump_settings(Settings(150))
    path.write_text(text.replace('"share": false', '"later": 1'), encoding="utf-8")
    assert "later" in path.read_text(encoding="utf-8")
    file = SettingsFile(tmp_path)
    assert file.load() == Settings(150, others={"later": 1})
    assert file.keep_text_size(100) is None
    assert file.load() == Settings(100, others={"later": 1})


def test_where_the_window_was_comes_back(tmp_path: Path) -> None:
    file, place = SettingsFile(tmp_path), WindowPlace(-1920, 30, 1024, 700, "HDMI-1", True)
    assert file.keep_window(place) is None
    assert SettingsFile(tmp_path).load().window == place


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text(""),
        lambda path: path.write_text("[]"),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text(dump_settings(Settings(1)).replace("1,", '"much",')),
        lambda path: path.write_text(dump_settings(Settings()).replace("settings", "session")),
        lambda path: path.write_text(dump_settings(Settings()).replace("false", '"yes"')),
        lambda path: path.mkdir(),
    ],
)
def test_a_broken_file_is_as_never_set_and_can_be_written_anew(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    path = tmp_path / "settings.json"
    file = SettingsFile(tmp_path)
    spoil(path)
    assert file.load() == Settings()
    if path.is_dir():
        assert file.save(Settings(150)) is not None
        path.rmdir()
    assert file.save(Settings(150)) is None
    assert file.load() == Settings(150)
