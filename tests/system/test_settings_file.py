"""What was set for the window: lost or broken, it costs only the settings."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.formats.settings_json import Settings, dump_settings
from app.system.settings_file import SettingsFile


def test_what_was_set_comes_back(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "data")
    assert file.load() == Settings()
    assert file.save(Settings(150))
    assert SettingsFile(tmp_path / "data").load() == Settings(150)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text(""),
        lambda path: path.write_text("[]"),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text(dump_settings(Settings(1)).replace("1,", '"much",')),
        lambda path: path.write_text(dump_settings(Settings()).replace("settings", "session")),
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
        assert not file.save(Settings(150))
        path.rmdir()
    assert file.save(Settings(150))
    assert file.load() == Settings(150)
