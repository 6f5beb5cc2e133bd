"""The file that lets a person go on: lost or broken, it costs only the resuming."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from app.core.fields.form import DetailsForm, form_of
from app.core.program_names import PRODUCT
from app.flow.wizard.session import dump_session
from app.flow.wizard.state import Method, SavedSession
from app.system.own_folders import data_folder
from app.system.session_file import SessionFile
from tests.helpers.drafts import ENCRYPTED

SESSION: Final = SavedSession("trust", form_of(ENCRYPTED), Method.CONSOLE, frozenset({"role"}))


def saved_at(folder: Path) -> Path:
    """Return the path of the file of a real account."""
    return folder / "session.json"


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    file = SessionFile(tmp_path / "data", practice=False)
    assert file.load() is None
    assert file.save(SESSION) is None
    assert SessionFile(tmp_path / "data", practice=False).load() == SESSION
    file.forget()
    assert file.load() is None
    file.forget()  # once more is no harm


def test_practice_and_real_accounts_do_not_mix(tmp_path: Path) -> None:
    real, practice = (SessionFile(tmp_path, practice=practice) for practice in (False, True))
    assert real.save(SESSION) is None
    assert practice.load() is None
    other = SavedSession("details", DetailsForm("1"), None, frozenset())
    assert practice.save(other) is None
    practice.forget()
    assert real.load() == SESSION


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text(""),
        lambda path: path.write_text("{"),
        lambda path: path.write_text("[]"),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text(dump_session(SESSION)[:-9]),
        lambda path: path.write_text(dump_session(SESSION).replace('"version": 1', '"version": 2')),
        lambda path: path.write_text(dump_session(SESSION).replace('"trust"', '"nowhere"')),
        lambda path: path.write_text("[" * 100_000),
        lambda path: path.mkdir(),
    ],
)
def test_a_broken_file(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    file = SessionFile(tmp_path, practice=False)
    spoil(saved_at(tmp_path))
    assert file.load() is None
    if saved_at(tmp_path).is_dir():
        assert file.save(SESSION) is not None
        saved_at(tmp_path).rmdir()
    assert file.save(SESSION) is None
    assert file.load() == SESSION


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    file = SessionFile(tmp_path / "taken", practice=False)
    assert file.save(SESSION) is not None
    assert file.load() is None
    file.forget()
    (tmp_path / "taken").unlink()
    assert file.save(SESSION) is None
    assert file.load() == SESSION


def test_a_failed_save_keeps_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SessionFile(tmp_path, practice=False)
    assert file.save(SESSION) is None

    def full(_file: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", full)
    assert file.save(SavedSession("finish", SESSION.details, None, frozenset())) is not None
    assert file.load() == SESSION


def test_half_a_character_can_be_typed_and_saved(tmp_path: Path) -> None:
    file = SessionFile(tmp_path, practice=False)
    form = DetailsForm("\ud83d", "\udc00x", ())
    session = SavedSession(
        "details", form_of(ENCRYPTED).with_text("account_id", form.account_id), None, frozenset()
    )
    assert file.save(session) is None
    assert file.load() == session


def test_the_folder_is_the_programs_own() -> None:
    assert data_folder().name == PRODUCT
    assert data_folder().is_absolute()
