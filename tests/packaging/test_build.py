"""``build.py``: set up as the start does, then the build by ``.venv``'s Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


@pytest.fixture
def build(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("build")


def test_it_sets_up_for_a_build_and_hands_on_what_was_asked(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, bool]] = []
    run: list[list[str]] = []
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setattr(build.start, "set_up", lambda **how: asked.append(how))

    def call(command: list[str], env: dict[str, str]) -> int:
        assert "PYTHONPATH" not in env
        run.append(command)
        return 7

    monkeypatch.setattr(build.subprocess, "call", call)
    assert build.main(["--quick"]) == 7
    assert asked == [{"window": False, "testing": False, "building": True}]
    python, script, *rest = run[0]
    assert python == build.start.program("python")
    assert script.endswith("build_steps.py")
    assert rest == ["--quick"]


def test_what_stands_in_the_way_is_one_message(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build.subprocess, "call", lambda *_, **__: pytest.fail("it went on"))
    monkeypatch.setattr(build.start, "set_up", lambda **_: "The disk is full.")
    assert build.main([]) == 1
    assert capsys.readouterr().err == "The disk is full.\n"
    told = "Use this command: python3.13 packaging/start.py"
    monkeypatch.setattr(build.start, "python_problem", lambda *_: told)
    assert build.main([]) == 2
    assert capsys.readouterr().err == "Use this command: python3.13 packaging/build.py\n"


def test_its_help_names_what_the_steps_take(
    build: ModuleType, load: Callable[[str], ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--help"]) == 0
    help_text = capsys.readouterr().out
    with pytest.raises(SystemExit):
        load("build_steps").main(["--help"])
    steps = capsys.readouterr().out
    for option in ("--out", "--without-practice", "--quick"):
        assert option in help_text
        assert option in steps
