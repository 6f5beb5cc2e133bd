"""The look for a newer version as the program is wired: a real file, server, key and settings."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.formats.update_json import dump_source
from app.core.frozen import replace
from app.core.newer_version import LookProblem, Standing, VersionStatement
from app.flow.newer_version import NewerVersion
from app.system import update_files
from app.system.settings_file import SettingsFile
from app.wiring import newer_version as wiring
from tests.aws.authority import AuthorityOfOurs
from tests.aws.hostile_server import Request, hostile, saying
from tests.helpers.newer_version import Maker


def _looked(looks: NewerVersion) -> Standing:
    asyncio.run(looks.look_when_due())
    return looks.standing()


def test_what_a_build_asks_is_kept_and_found_again_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, maker = AuthorityOfOurs(tmp_path, "company"), Maker()
    monkeypatch.setattr(update_files, "resources_folder", lambda: tmp_path)
    monkeypatch.setattr(wiring, "data_folder", lambda: tmp_path / "data")
    settings = SettingsFile(tmp_path / "data")

    def started() -> NewerVersion:
        return wiring.newer_version(settings)

    assert not started().can_look  # no address in the resources
    answers: list[bytes] = []
    certificate = authority.serving("localhost")

    def reply(request: Request) -> None:
        saying(answers[-1])(request)

    with hostile(reply, certificate=certificate) as server:
        source = replace(maker.source, address=f"{server.url}/newest.json")
        (tmp_path / update_files.SOURCE).write_text(dump_source(source), encoding="utf-8")
        now = datetime.now(UTC).replace(microsecond=0)
        page = f"{server.url}/99"
        told = VersionStatement("99.0", now, now + timedelta(days=9), page)
        answers.append(maker.answer(told))

        asyncio.run(started().look_when_due())
        assert server.asked == []  # nobody has allowed it
        started().allow(on=True)
        last = _looked(started()).last
        assert last is not None
        assert last.problem is LookProblem.CERTIFICATE

        monkeypatch.setenv("AWS_CA_BUNDLE", str(authority.bundle))
        assert _looked(started()).newer is None  # it was looked for today
        (tmp_path / "data" / "newer-version.json").unlink()
        assert _looked(started()).newer == told
        asyncio.run(started().look_when_due())
    assert server.asked == ["/newest.json"]
    settings.settle()
    kept = json.loads((tmp_path / "data" / "settings.json").read_text(encoding="utf-8"))
    assert kept["look_for_updates"] is True
