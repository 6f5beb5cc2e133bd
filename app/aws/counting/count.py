"""Counting the files under a prefix: the first pages in place, all others in another process."""

import functools
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from botocore.exceptions import PaginationError

from app.aws.counting.first_pages import Listed, list_page
from app.aws.counting.key_ranges import PAGE
from app.aws.counting.messages import (
    GaveUp,
    Given,
    Progress,
    Question,
    Task,
)
from app.aws.counting.own_program import COUNT, Child
from app.core.failure import AwsFailure
from app.flow.ports import CountSoFar
from app.flow.threads import in_thread

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_LIST_BUCKET: Final = "s3:ListBucket"
_IN_PLACE: Final = 2
"""Pages that are listed before a process is started: that takes as long as they do."""
_DIRECTORY_BUCKET: Final = "--x-s3"
"""How the names of buckets end whose listings have no order (Amazon S3 User Guide, "Directory
bucket naming rules")."""

OnProgress = Callable[[CountSoFar], None]


class Run(Protocol):
    """Runs a blocking call beside the event loop, as ``Calls.run`` does."""

    def __call__(self, action: str, work: Callable[[], Listed]) -> Awaitable[Listed | AwsFailure]:
        """Return what ``work`` returns, or why it was stopped; it needs the permission."""


async def count_files(
    run: Run,
    client: "Callable[[], S3Client]",
    bucket: str,
    prefix: str,
    on_progress: OnProgress,
) -> CountSoFar | AwsFailure:
    """Count all files of ``bucket`` under ``prefix``, and its folder markers beside them.

    ``run`` runs a blocking call (``Calls.run``, or what renews keys before it). ``client`` is
    asked there for the client to list with, whenever a page is listed in place; what that signs
    with counts for the other process from then on. ``on_progress`` is told
    how far it is a few times a second, in the caller's thread. Cancelled, it ends the other
    process at once.
    """
    count = _Count(run, client, bucket, prefix, on_progress)
    return await count.run()


@dataclass(slots=True)
class _Count:
    run_call: Run
    client: "Callable[[], S3Client]"
    bucket: str
    prefix: str
    on_progress: OnProgress
    keys: int = 0
    markers: int = 0
    requests: int = 0
    tokens: set[str] = field(default_factory=set)
    begun: float = field(default_factory=time.monotonic)

    async def run(self) -> CountSoFar | AwsFailure:
        """Count to the end."""
        token = None
        for number in itertools.count(1):
            listed = await self._list(token=token)
            if isinstance(listed, AwsFailure):
                return listed
            self._take_in(listed.page)
            token = listed.page.token
            if token is None:
                break
            if number == _IN_PLACE:
                outcome = await self._beside(listed)
                if outcome is not None:
                    return outcome
        return self._so_far(complete=True)

    async def _beside(self, listed: Listed) -> CountSoFar | AwsFailure | None:
        """Let another process count what comes after ``listed``.

        None where it can't, or came to an end: further pages in place are slow, and right
        whatever the order of the keys is.
        """
        place, page = listed.place, listed.page
        if place is None or not page.names or self.bucket.endswith(_DIRECTORY_BUCKET):
            return None
        task = Task(place, self.prefix, page.last, page.first, page.keys)
        child = Child()
        try:
            await in_thread(lambda: _begin(child, task))
            return await self._conversation(child)
        except OSError:  # the system starts no process
            return None
        finally:
            child.end()

    async def _conversation(self, child: Child) -> CountSoFar | AwsFailure | None:
        while (message := await child.messages.get()) is not None:
            if isinstance(message, Progress):
                self.on_progress(self._so_far(message))
                if message.done:
                    return self._so_far(message, complete=True)
            elif isinstance(message, Question):
                listed = await self._list(message.after, message.token, message.max_keys)
                if isinstance(listed, AwsFailure):
                    return listed
                await in_thread(functools.partial(child.say, listed.page))
            elif isinstance(message, GaveUp):
                if message.why == "fault":
                    raise RuntimeError(message.told)
                return None
        return None

    async def _list(
        self, after: str = "", token: str | None = None, most: int = PAGE
    ) -> Listed | AwsFailure:
        self.requests += 1
        return await self.run_call(_LIST_BUCKET, lambda: self._listed(after, token, most))

    def _listed(self, after: str, token: str | None, most: int) -> Listed:
        listed = list_page(self.client(), self.bucket, self.prefix, after, token, most)
        following = listed.page.token
        if listed.page.truncated and (following is None or following in self.tokens):
            raise PaginationError(message="The page leads nowhere, or back to one before it")
        if token is not None and following is not None:
            self.tokens.add(following)
        return listed

    def _take_in(self, page: Given) -> None:
        self.keys += page.count
        self.markers += page.markers
        self.on_progress(self._so_far())

    def _so_far(self, beside: Progress | None = None, *, complete: bool = False) -> CountSoFar:
        markers = self.markers + (beside.markers if beside else 0)
        keys = self.keys + (beside.keys if beside else 0)
        return CountSoFar(
            files=keys - markers,
            markers=markers,
            complete=complete,
            requests=self.requests + (beside.requests if beside else 0),
            seconds=time.monotonic() - self.begun,
            slowed=beside.slowed if beside else False,
        )


def _begin(child: Child, task: Task) -> None:
    child.start(COUNT)
    child.say(task)
