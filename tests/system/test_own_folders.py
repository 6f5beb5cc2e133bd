"""The program's folders on odd computers: no home, one that is no whole path, others' folders."""

import os
import sys
import tempfile
from pathlib import Path

import pytest

from app.system import own_folders
from app.system.own_folders import data_folder, home_folder, log_folder, runtime_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="HOME is POSIX's")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return folder


def test_a_home_with_spaces_and_letters_of_any_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "Jörg Ærø 山田"
    monkeypatch.setenv("HOME", str(home))
    assert data_folder().is_relative_to(home)
    assert log_folder().is_relative_to(home)


def test_without_a_home_there_is_a_folder_all_the_same(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_uid: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", nobody)
    assert home_folder() is None
    assert data_folder().is_relative_to(temporary)
    assert data_folder().stat().st_mode & 0o777 == 0o700


def test_a_home_that_is_no_whole_path_is_not_looked_for_in_the_present_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "somewhere")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert data_folder().is_absolute()


def test_a_folder_that_others_may_write_in_is_not_ours(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    assert runtime_folder() == tmp_path / "run"
    (tmp_path / "run").chmod(0o777)
    usual = runtime_folder()
    assert usual.parent == temporary
    usual.chmod(0o777)
    own_folders._nobody_elses.cache_clear()
    assert runtime_folder() != usual
    assert runtime_folder().stat().st_uid == os.getuid()
    usual.rmdir()
    usual.symlink_to(tmp_path / "run")  # another's link to where they can look
    assert runtime_folder() != usual
    usual.unlink()
    assert runtime_folder() == usual
