"""What was set for the window: lost or broken, it costs only the settings."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.formats.settings_json import Settings, WindowPlace, dump_settings
from app.files.writing import write_text
from app.system import own_file
from app.system.settings_file import SettingsFile


def test_what_was_set_comes_back(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "data")
    assert file.load() == Settings()
    assert file.save(Settings(150)) is None
    assert SettingsFile(tmp_path / "data").load() == Settings(150)


def test_each_is_kept_beside_the_other(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path)
    file.keep_text_size(150)
    file.keep_share(on=True)
    assert file.now == Settings(150, share=True)  # before it is in the file
    assert _kept(file, tmp_path) == Settings(150, share=True)
    file.keep_text_size(100)
    assert _kept(file, tmp_path) == Settings(100, share=True)
    file.keep_language("ja")
    file.keep_share(on=False)
    file.keep_looking(on=True)
    kept = Settings(100, share=False, language="ja", look_for_updates=True)
    assert _kept(file, tmp_path) == kept


def _kept(file: SettingsFile, folder: Path) -> Settings:
    file.settle()
    return SettingsFile(folder).load()


def test_a_file_of_an_older_version_hides_nothing_and_a_key_of_a_newer_one_is_kept(
    tmp_path: Path,
) -> None:
    path = tmp_path / "settings.json"
    text = dump_settings(Settings(150))
    path.write_text(text.replace('"share": false', '"later": 1'), encoding="utf-8")
    assert "later" in path.read_text(encoding="utf-8")
    file = SettingsFile(tmp_path)
    assert file.load() == Settings(150, others={"later": 1})
    file.keep_text_size(100)
    assert _kept(file, tmp_path) == Settings(100, others={"later": 1})


def test_where_the_window_was_comes_back(tmp_path: Path) -> None:
    file, place = SettingsFile(tmp_path), WindowPlace(-1920, 30, 1024, 700, "HDMI-1", True)
    file.keep_window(place)
    assert _kept(file, tmp_path).window == place


def test_a_slow_disk_holds_up_nobody_and_the_last_of_each_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, threads = threading.Event(), set[threading.Thread]()
    written: list[str] = []

    def slow(path: Path, text: str) -> None:
        threads.add(threading.current_thread())
        assert goes_on.wait(60)
        written.append(text)
        write_text(path, text)

    monkeypatch.setattr(own_file, "write_text", slow)
    file = SettingsFile(tmp_path)
    file.load()
    for percent in (110, 120, 130, 140):
        file.keep_text_size(percent)
        file.keep_share(on=percent != 140)
    assert written == []
    assert file.now == Settings(140)
    goes_on.set()
    assert _kept(file, tmp_path) == Settings(140)
    assert len(written) <= 2  # what was being written, and the last of all
    assert threading.main_thread() not in threads


def test_what_the_disk_refused_is_kept_with_the_next_and_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    file = SettingsFile(tmp_path)
    file.refused = told.append

    def full(_path: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(own_file, "write_text", full)
        file.keep_text_size(150)
        assert _kept(file, tmp_path) == Settings()
        assert set(told) == {"No space left on device"}
    file.keep_share(on=True)
    assert _kept(file, tmp_path) == Settings(150, share=True)

    with monkeypatch.context() as patched:
        patched.setattr(own_file, "write_text", full)
        file.keep_language("de")
        file.settle()
    assert _kept(file, tmp_path) == Settings(150, share=True, language="de")


def test_two_windows_keep_each_their_own(tmp_path: Path) -> None:
    real, practice = SettingsFile(tmp_path), SettingsFile(tmp_path)
    real.load()
    practice.load()
    real.keep_text_size(150)
    real.settle()
    practice.keep_share(on=True)
    assert _kept(practice, tmp_path) == Settings(150, share=True)
    real.keep_language("fr")
    assert _kept(real, tmp_path) == Settings(150, share=True, language="fr")


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
