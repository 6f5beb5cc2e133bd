"""One practice AWS for the commands that ask AWS, seeded anew for each test."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from app.practice.server import PracticeAws


@pytest.fixture(scope="session")
def server() -> Iterator[PracticeAws]:
    with PracticeAws() as aws:
        yield aws


@pytest.fixture
def aws(server: PracticeAws, monkeypatch: pytest.MonkeyPatch) -> PracticeAws:
    """Return the practice AWS as the one that this computer's settings lead to, unsigned-in."""
    server.reset()
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.endpoint_url)
    # botocore retries without pauses.
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))
    return server
