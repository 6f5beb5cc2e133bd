"""What a release signs is what the program takes; whatever is missing stops it with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.aws.transport.signatures import is_signed
from app.core.formats.update_json import read_source
from app.core.newer_version import UpdateSource, VersionStatement
from app.flow import newer_version
from app.flow.newer_version import Asking
from tests.helpers.newer_version import ADDRESS, PAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType


@pytest.fixture
def script(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("sign_update")


def _source(tmp_path: Path) -> UpdateSource:
    source = read_source((tmp_path / "source.json").read_text(encoding="utf-8"), "source.json")
    assert isinstance(source, UpdateSource)
    return source


def test_what_it_signs_is_taken(script: ModuleType, tmp_path: Path) -> None:
    told = script.new_key(ADDRESS, tmp_path / "keys", tmp_path / "source.json")
    key = tmp_path / "keys" / "update-key.pem"
    assert str(key) in told
    assert key.stat().st_mode & 0o077 == 0
    source, out = _source(tmp_path), tmp_path / "newest.json"
    environment = {"UBIQUITY_UPDATE_KEY_FILE": str(key)}
    script.sign("1.4.0", PAGE, out, tmp_path / "source.json", environment)
    asking = Asking(source, lambda _address: b"", is_signed)
    statement = newer_version._statement(out.read_bytes(), asking)
    assert isinstance(statement, VersionStatement)
    assert (statement.version, statement.page) == ("1.4.0", PAGE)
    by_text = {"UBIQUITY_UPDATE_KEY": key.read_text(encoding="ascii")}
    assert "1.4.0" in script.sign("1.4.0", PAGE, out, tmp_path / "source.json", by_text)


def test_each_thing_that_is_missing_is_one_sentence(script: ModuleType, tmp_path: Path) -> None:
    source, out, keys = tmp_path / "source.json", tmp_path / "newest.json", tmp_path / "keys"
    other = tmp_path / "others"

    def stopped(*arguments: object) -> str:
        with pytest.raises(script.NoStatementError) as error:
            script.sign(*arguments)
        assert not out.exists()
        return str(error.value)

    assert "--new-key" in stopped("1.4.0", PAGE, out, source, {})
    script.new_key(ADDRESS, keys, source)
    assert "set UBIQUITY_UPDATE_KEY" in stopped("1.4.0", PAGE, out, source, {})
    script.new_key(ADDRESS, other, tmp_path / "other.json")
    good = {"UBIQUITY_UPDATE_KEY_FILE": str(keys / "update-key.pem")}
    wrong = {"UBIQUITY_UPDATE_KEY_FILE": str(other / "update-key.pem")}
    assert "not the one" in stopped("1.4.0", PAGE, out, source, wrong)
    assert "no EC key" in stopped("1.4.0", PAGE, out, source, {"UBIQUITY_UPDATE_KEY": "secret"})
    nowhere = {"UBIQUITY_UPDATE_KEY_FILE": str(tmp_path / "nowhere")}
    assert "can't be read" in stopped("1.4.0", PAGE, out, source, nowhere)
    assert "no version" in stopped("1.4rc1", PAGE, out, source, good)
    assert "not on the host" in stopped("1.4.0", "https://evil.example/", out, source, good)
    assert "no HTTPS address" in stopped("1.4.0", "http://updates.example/", out, source, good)
    with pytest.raises(script.NoStatementError, match="there already"):
        script.new_key(ADDRESS, keys, source)
    with pytest.raises(script.NoStatementError, match="no HTTPS address"):
        script.new_key("http://updates.example/", tmp_path / "more", source)


def test_the_exit_status_tells(
    script: ModuleType,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(script, "SOURCE", tmp_path / "source.json")
    assert script.main([]) == 2
    assert script.main(["1.4.0", PAGE, str(tmp_path / "newest.json")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert script.main(["--new-key", ADDRESS, str(tmp_path)]) == 0
