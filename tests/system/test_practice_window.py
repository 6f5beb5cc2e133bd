"""Where the practice AWS can't be opened, that is said."""

import importlib.util

import pytest

from app.system.practice_window import why_no_practice


def test_an_installation_without_practice_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_no_practice() is None
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert "practice" in (why_no_practice() or "")
