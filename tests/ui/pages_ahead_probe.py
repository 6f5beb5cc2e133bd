"""Follows a set-up without a window, and tells in JSON what is loaded on the way to Finish.

To be run in a process of its own: ``python -m tests.ui.pages_ahead_probe``.
"""

import asyncio
import json
import sys
import threading
from types import SimpleNamespace
from typing import cast

from app.bootstrap.pages_ahead import PagesAhead
from app.bootstrap.window import load_beyond
from app.flow.wizard.state import Flow, Method
from app.flow.wizard.store import SetupStore
from app.ui.pages import page_list
from app.ui.parts.page_context import PageContext
from app.ui.parts.tasks import TaskScope

_threads: list[bool] = []


async def _follow() -> dict[str, object]:
    store, tasks = SetupStore(practice=False), TaskScope(_raise)

    def start_aside(name: str, work: object) -> None:
        tasks.start(name, work, aside=True)  # type: ignore[arg-type]

    async def loaded() -> list[str]:
        while tasks.running:  # noqa: ASYNC110 - what is loaded tells nobody
            await asyncio.sleep(0)
        return sorted(sys.modules)

    PagesAhead(cast("PageContext", SimpleNamespace(store=store, start_aside=start_aside)))
    store.choose_method(Method.CREATE)
    await loaded()
    _sign_in()
    finish = await loaded()
    store.choose_method(Method.HANDOFF)
    handoff = await loaded()
    store.begin(Flow.EXPLAIN)
    explain = await loaded()
    return {"finish": finish, "handoff": handoff, "explain": explain, "in_main": any(_threads)}


def _sign_in() -> None:
    """Make a client, as whoever is signed in has one."""
    from app.aws.access import GivenKeys
    from app.aws.clients import Clients

    Clients(GivenKeys("http://127.0.0.1:1", "AKIAADMIN", "secret")).s3("eu-central-1")


def _note_thread(load: object) -> object:
    def noted(*args: object) -> object:
        _threads.append(threading.current_thread() is threading.main_thread())
        return load(*args)  # type: ignore[operator]

    return noted


def _raise(error: BaseException) -> None:
    raise error


if __name__ == "__main__":
    load_beyond()
    steps = cast("dict[str, object]", page_list.STEPS)
    for page_id in tuple(steps):
        steps[page_id] = _note_thread(steps[page_id])
    sys.stdout.write(json.dumps(asyncio.run(_follow())))
