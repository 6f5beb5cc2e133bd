"""A trainee for each test of a rehearsal: this computer's settings, and none of its waiting."""

import os
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from app.practice.server import PracticeAws
from tests.practice.scenarios.trainee import Trainee


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    """Put back the environment that a rehearsal changed."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore retry without pauses, and look events up as fast as the practice AWS lets."""
    monkeypatch.setattr("app.aws.event_history._WITHIN", 0.0)
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))


@pytest.fixture
def trainee(aws: PracticeAws, monkeypatch: pytest.MonkeyPatch) -> Trainee:
    return Trainee(aws, monkeypatch)
