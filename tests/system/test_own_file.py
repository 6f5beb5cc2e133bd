"""What this version can't read is lost by nothing that it does: kept aside, or left as it is."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.fields.form import DetailsForm, form_of
from app.core.formats.settings_json import Settings, dump_settings
from app.flow.wizard.session import dump_session
from app.flow.wizard.state import Method, SavedSession
from app.system.own_file import Fate
from app.system.session_file import SessionFile
from app.system.settings_file import SettingsFile
from tests.helpers.drafts import ENCRYPTED

SESSION = SavedSession("trust", form_of(ENCRYPTED), Method.CONSOLE, frozenset({"role"}))
OTHER = SavedSession("details", DetailsForm("1"), None, frozenset())

Made = Callable[[Path], tuple[Any, Any]]


def _settings(folder: Path) -> tuple[SettingsFile, Settings]:
    return SettingsFile(folder), Settings(150)


def _session(folder: Path) -> tuple[SessionFile, SavedSession]:
    return SessionFile(folder, practice=False), SESSION


KINDS = pytest.mark.parametrize(
    ("make", "name", "text"),
    [
        (_settings, "settings.json", dump_settings(Settings(200))),
        (_session, "session.json", dump_session(OTHER)),
    ],
)


@KINDS
def test_what_a_newer_version_wrote_stays_and_each_goes_on_with_its_own(
    tmp_path: Path, make: Made, name: str, text: str
) -> None:
    newer = text.replace('"version": 1', '"version": 2').encode()
    (tmp_path / name).write_bytes(newer)
    file, value = make(tmp_path)
    assert file.load() in (None, Settings())
    assert file.unread is not None
    assert (file.unread.fate, file.unread.path) == (Fate.NEWER, tmp_path / name)
    assert file.save(value) is None
    assert file.load() == value
    assert file.unread is None  # it was told once
    assert (tmp_path / name).read_bytes() == newer
    if isinstance(file, SessionFile):
        file.forget()
        assert file.load() is None
        assert (tmp_path / name).read_bytes() == newer
    (tmp_path / name).unlink()  # the newer one is gone: the usual file is this version's again
    assert file.save(value) is None
    assert (tmp_path / name).exists()
    assert file.load() == value


@KINDS
@settings(max_examples=20)
@given(content=st.binary(max_size=40) | st.text(max_size=40).map(lambda t: json.dumps(t).encode()))
def test_what_is_damaged_is_kept_to_the_byte(
    make: Made, name: str, text: str, content: bytes
) -> None:
    del text
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        file, value = make(Path(folder))
        assert file.load() in (None, Settings())
        assert file.unread is not None
        assert file.unread.fate is Fate.ASIDE
        assert file.unread.path.read_bytes() == content
        assert file.save(value) is None
        assert file.load() == value
        assert file.unread is None


@settings(max_examples=20)
@given(
    others=st.dictionaries(
        st.text(min_size=1, max_size=8).filter(
            lambda n: n not in {"format", "version", "text_size", "share", "window", "language"}
        ),
        st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
        max_size=4,
    )
)
def test_settings_of_another_program_of_this_version_are_kept(others: dict[str, object]) -> None:
    with TemporaryDirectory() as folder:
        file = SettingsFile(Path(folder))
        assert file.save(Settings(100, others=others)) is None
        file.keep_share(on=True)
        file.settle()
        assert file.load() == Settings(100, share=True, others=others)


def test_only_the_latest_damaged_files_are_kept(tmp_path: Path) -> None:
    moments = iter(datetime(2026, 11, 29, tzinfo=UTC) + timedelta(seconds=n) for n in range(9))
    file = SettingsFile(tmp_path)
    file._file._now = lambda: next(moments)
    for number in range(5):
        (tmp_path / "settings.json").write_text(f"{number}")
        file.load()
    kept = sorted(path.read_text() for path in tmp_path.glob("settings.damaged-*.json"))
    assert kept == ["2", "3", "4"]


def test_what_can_be_seen_and_not_read_is_damaged_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    file = SettingsFile(tmp_path)
    assert file.load() == Settings()
    assert file.unread is None
    assert (tmp_path / "settings.json").is_dir()
