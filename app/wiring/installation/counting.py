"""A look at the process that counts files: the program, started once more, has to answer."""

import asyncio

from app.aws.counting.messages import Ready
from app.aws.counting.own_program import COUNT, Child
from app.core.i18n import tr
from app.flow.own_loop import own_loop
from app.wiring.installation.part import DamagedError


def look_at_counting() -> str:
    """Start the process that counts, and wait until it says that it is ready."""
    with own_loop() as loop:
        message = loop.run(_first_message())
    if not isinstance(message, Ready):
        raise DamagedError(tr("The process that counts files does not answer."))
    return tr("the process that counts files answers")


async def _first_message() -> object:
    child = Child()
    try:
        await asyncio.to_thread(child.start, COUNT)
        return await child.messages.get()
    finally:
        child.end()
