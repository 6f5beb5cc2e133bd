"""The loop of a process without a window: nobody has to wake it."""

import re
import threading
from pathlib import Path
from typing import Final

import pytest

import app
from app.flow.own_loop import own_loop
from app.flow.threads import in_thread

_PATIENCE: Final = 30.0
"""Seconds; what is tried here would wait for ever."""


def test_a_loop_that_nobody_wakes_sees_what_a_thread_brought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcome: list[bool] = []
    waits = threading.Event()

    def run() -> None:
        with own_loop() as runner:
            loop = runner.get_loop()
            # As where the byte that wakes it is refused.
            monkeypatch.setattr(loop, "_write_to_self", lambda: None)
            loop.call_soon(lambda: loop.call_later(0.01, waits.set))  # it is asleep by then
            outcome.append(runner.run(in_thread(waits.wait)))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    assert outcome == [True]


def test_no_process_without_a_window_has_another_loop() -> None:
    root = Path(app.__file__).parent
    texts = {file: file.read_text(encoding="utf-8") for file in root.rglob("*.py")}
    own = [
        str(file.relative_to(root))
        for file, text in texts.items()
        if re.search(r"asyncio\.(run|Runner|new_event_loop)\(", text)
    ]
    assert own == [str(Path("flow", "own_loop.py"))]
