"""Counting the files under a prefix: the first pages in place, all others in another process."""

import contextlib
import functools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol

from botocore.exceptions import PaginationError

from app.aws.counting.first_pages import Listed, list_page
from app.aws.counting.key_ranges import PAGE
from app.aws.counting.messages import (
    CountTask,
    GaveUp,
    PageRequest,
    Progress,
)
from app.aws.counting.own_program import COUNT, Child
from app.core.call_record import CallOutcome, CallRecord
from app.core.failure import AwsFailure
from app.flow.call_log import tell_of
from app.flow.ports.aws import CountSoFar
from app.flow.threads import in_thread

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_LIST_BUCKET: Final = "s3:ListBucket"
_DIRECTORY_BUCKET: Final = "--x-s3"
"""How the names of buckets end whose listings have no order (Amazon S3 User Guide, "Directory
bucket naming rules")."""

OnProgress = Callable[[CountSoFar], None]


class RunCall(Protocol):
    """Runs a blocking call beside the event loop, as ``Calls.run`` does."""

    def __call__(self, action: str, work: Callable[[], Listed]) -> Awaitable[Listed | AwsFailure]:
        """Return what ``work`` returns, or why it was stopped; it needs the permission."""


async def count_files(
    run: RunCall,
    client: "Callable[[], S3Client]",
    bucket: str,
    prefix: str,
    on_progress: OnProgress,
) -> CountSoFar | AwsFailure:
    """Count all files of ``bucket`` under ``prefix``, and its folder markers beside them.

    ``run`` runs a blocking call (``Calls.run``, or what renews keys before it). ``client`` is
    asked there for the client to list with, whenever a page is listed in place; what that signs
    with counts for the other process from then on. ``on_progress`` is told how far it is a few
    times a second, in the caller's thread. Cancelled, it ends the other process at once.
    """
    count = _Count(run, client, bucket, prefix, on_progress)
    return await count.run()


@dataclass(slots=True)
class _Count:
    run_call: RunCall
    client: "Callable[[], S3Client]"
    bucket: str
    prefix: str
    on_progress: OnProgress
    keys: int = 0
    markers: int = 0
    requests: int = 0
    beside: Progress = field(default_factory=lambda: Progress(0, 0, 0))
    """What the other process said last."""
    tokens: set[str] = field(default_factory=set)
    begun: float = field(default_factory=time.monotonic)

    async def run(self) -> CountSoFar | AwsFailure:
        """Count to the end: in place, until another process is ready to go on, if it can."""
        listed = await self._next_page(None)
        if isinstance(listed, Listed) and self._can_be_split(listed):
            child = Child()
            try:
                with contextlib.suppress(OSError):  # the system starts no process
                    await in_thread(lambda: child.start(COUNT))
                listed = await self._in_place(listed, lambda: child.has_spoken)
                outcome = await self._beside(child, listed)
                if outcome is not None:
                    return outcome
            finally:
                child.end()
        listed = await self._in_place(listed)
        return listed if isinstance(listed, AwsFailure) else self._so_far(complete=True)

    def _can_be_split(self, listed: Listed) -> bool:
        """Tell whether what comes after ``listed`` may be listed by another, side by side."""
        goes_on = listed.page.token is not None and bool(listed.page.names)
        return goes_on and listed.place is not None and not self.bucket.endswith(_DIRECTORY_BUCKET)

    async def _in_place(
        self, listed: Listed | AwsFailure, until: Callable[[], bool] = lambda: False
    ) -> Listed | AwsFailure:
        """List what comes after ``listed``, page by page; return the last page."""
        while isinstance(listed, Listed) and listed.page.token is not None and not until():
            listed = await self._next_page(listed.page.token)
        return listed

    async def _beside(
        self, child: Child, listed: Listed | AwsFailure
    ) -> CountSoFar | AwsFailure | None:
        """Let ``child`` count what comes after ``listed``.

        None where there is nothing, or where it can't, or came to an end: to go on in place is
        slow, and right whatever the order of the keys is.
        """
        if isinstance(listed, AwsFailure) or not self._can_be_split(listed) or not listed.place:
            return None
        page, place = listed.page, listed.place
        task = CountTask(place, self.prefix, page.last, page.first, page.keys)
        await in_thread(functools.partial(child.say, task))
        begun_at, begun = datetime.now(UTC), time.monotonic()
        try:
            return await self._conversation(child)
        finally:
            self._record(place.region, begun_at, time.monotonic() - begun)

    def _record(self, region: str, begun_at: datetime, seconds: float) -> None:
        """Tell whoever listens to the calls of what the other process sent, as of one listing."""
        last = self.beside
        if not last.requests:
            return
        tell_of(
            CallRecord(
                action=_LIST_BUCKET,
                begun_at=begun_at,
                seconds=seconds,
                outcome=CallOutcome.DONE if last.done else CallOutcome.FAILED,
                operation="s3.ListObjectsV2",
                region=region,
                bucket=self.bucket,
                request_id=last.request_id,
                host_id=last.host_id,
                requests=last.requests,
            )
        )

    async def _conversation(self, child: Child) -> CountSoFar | AwsFailure | None:
        while (message := await child.messages.get()) is not None:
            if isinstance(message, Progress):
                self.beside = message
                self.on_progress(self._so_far(message))
                if message.done:
                    return self._so_far(message, complete=True)
            elif isinstance(message, PageRequest):
                listed = await self._list(message.after, message.token, message.max_keys)
                if isinstance(listed, AwsFailure):
                    return listed
                await in_thread(functools.partial(child.say, listed.page))
            elif isinstance(message, GaveUp):
                if message.why == "fault":
                    raise RuntimeError(message.told)
                break
        return None

    async def _next_page(self, token: str | None) -> Listed | AwsFailure:
        """List and count the page that ``token`` leads to, or the first one."""
        listed = await self._list("", token, PAGE)
        if isinstance(listed, Listed):
            self.keys += listed.page.count
            self.markers += listed.page.markers
            self.on_progress(self._so_far())
        return listed

    async def _list(self, after: str, token: str | None, most: int) -> Listed | AwsFailure:
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
