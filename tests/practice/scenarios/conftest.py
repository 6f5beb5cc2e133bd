"""A trainee for each test of a rehearsal: this computer's settings, and none of its waiting."""

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from botocore.loaders import Loader

import app.aws.clients
from app.aws.access import Access
from app.aws.mfa import CodePrompt
from app.aws.sessions import open_session
from app.practice.server import PracticeAws
from tests.practice.scenarios.trainee import Trainee

if TYPE_CHECKING:
    import boto3

_MODELS = Loader()
"""AWS's service models, read once for all tests: that is what a session costs."""


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    """Put back the environment that a rehearsal changed."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore retry without pauses."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))


@pytest.fixture(autouse=True)
def shared_models(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(access: Access, ask_code: CodePrompt | None = None) -> "boto3.session.Session":
        session = open_session(access, ask_code)
        session._session.register_component("data_loader", _MODELS)
        return session

    monkeypatch.setattr(app.aws.clients, "open_session", opened)


@pytest.fixture
def trainee(aws: PracticeAws, monkeypatch: pytest.MonkeyPatch) -> Trainee:
    return Trainee(aws, monkeypatch)
