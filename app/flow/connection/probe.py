"""A file of the test's own in a bucket: written, read, copied, deleted, and always cleaned up.

It is what the connector does with a processed file: it copies it into the archive folder, then
deletes it. The names are new and random, so nothing is overwritten and nothing of anybody else's
is deleted. Whatever happens in between (a refusal, a lost answer, somebody who stops the test or
closes the window), what may be there is deleted, and what can't be is named.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from app.core.documents.policies import bucket_arn
from app.core.draft import BucketEntry
from app.core.failure import AwsFailure
from app.core.i18n import tr
from app.core.left_over import LeftKind, LeftOver
from app.flow.connection.checks import CheckKind
from app.flow.connection.spreading import Spreading
from app.flow.connection.tried_checks import Call, TriedChecks
from app.flow.ports.aws import Deleted, Fetched, Stored, UbiquitySession

Answer = TypeVar("Answer")

CLEAN_UP_SECONDS: Final = 5.0
"""How long a test that is stopped is held up by its cleaning up, at most: AWS answers a request in
a fraction of a second, or the network is gone."""

TEXT: Final = (
    b"This is a test file of UbiQuity's S3 connection test. The test deletes it again. "
    b"If it is still here, it may be deleted.\n"
)

_THERE_ALREADY: Final = "PreconditionFailed"
"""Nobody has a name that was just made up: the request came twice, and the first one wrote it."""
_NO_VERSION: Final = "null"
"""S3's version of objects in a bucket that keeps no versions (any more)."""


@dataclass(slots=True)
class _Trace:
    """Whether an object that was sent to AWS is there for certain, and as which version."""

    certain: bool = False
    version: str | None = None


@dataclass(slots=True)
class Probe:
    """Tries out, with a file of its own, what the connector does with files of ``entry``.

    ``places`` are the places of its four checks. The clean-up of a test that is stopped takes
    ``clean_up_seconds`` at most.
    """

    checks: TriedChecks
    places: Mapping[CheckKind, int]
    entry: BucketEntry
    session: UbiquitySession
    spreading: Spreading
    clean_up_seconds: float = CLEAN_UP_SECONDS
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    _sent: dict[str, asyncio.Task[Stored | AwsFailure]] = field(default_factory=dict)
    """Writes under way, by the object's name."""
    _traces: dict[str, _Trace] = field(default_factory=dict)
    """What may be there, by name; empty once all is deleted."""
    _left: list[LeftOver] = field(default_factory=list)
    _clean_up_task: asyncio.Task[None] | None = None

    @property
    def key(self) -> str:
        """The name of the file that is written."""
        return f"{self.entry.prefix}{self._name}"

    @property
    def archive_key(self) -> str:
        """The name that it is copied to, in an archive folder under the prefix."""
        return f"{self.entry.prefix}archive/{self._name}"

    @property
    def _name(self) -> str:
        return f"ubiquity-connection-test-{self.token}.txt"

    async def run(self) -> None:
        """Make the four checks. Cancelled, it cleans up before it ends."""
        try:
            await self._use()
            await asyncio.shield(self._cleaning())
        except BaseException:
            await self._clean_up_soon()
            raise

    async def _use(self) -> None:
        """Write, read and copy; what can't be done any more is skipped."""
        steps = (
            (CheckKind.PROBE_WRITE, self._write),
            (CheckKind.PROBE_READ, self._read),
            (CheckKind.PROBE_COPY, self._copy),
        )
        works = True
        for kind, step in steps:
            place = self.places[kind]
            if not works:
                self.checks.skip(place)
                continue
            self.checks.begin(place)
            failure = await step(place)
            if failure is None:
                self.checks.passed(place)
            else:
                self.checks.failed(place, failure)
            # A file that can't be read can't be copied either.
            works = failure is None

    async def _write(self, place: int) -> AwsFailure | None:
        where = self._where
        return await self._put(
            place, self.key, lambda: self.session.write_new(*where, self.key, TEXT)
        )

    async def _copy(self, place: int) -> AwsFailure | None:
        where, names = self._where, (self.key, self.archive_key)
        return await self._put(
            place, self.archive_key, lambda: self.session.copy_object(*where, *names)
        )

    async def _read(self, place: int) -> AwsFailure | None:
        answer = await self._patiently(
            place, lambda: self.session.read_object(*self._where, self.key)
        )
        if isinstance(answer, Fetched) and answer.body != TEXT:
            answer = _read_otherwise()
        self.checks.note(place, self._call("s3:GetObject", self.key), answer)
        if isinstance(answer, AwsFailure):
            return answer
        self._note_key(place, "kms:Decrypt", answer.kms_key)
        return None

    async def _put(
        self, place: int, key: str, put: Callable[[], Coroutine[Any, Any, Stored | AwsFailure]]
    ) -> AwsFailure | None:
        answer = await self._patiently(place, lambda: self._send(key, put))
        self.checks.note(place, self._call("s3:PutObject", key), answer)
        if isinstance(answer, AwsFailure):
            return answer
        self._note_key(place, "kms:GenerateDataKey", answer.kms_key)
        return None

    async def _send(
        self, key: str, put: Callable[[], Coroutine[Any, Any, Stored | AwsFailure]]
    ) -> Stored | AwsFailure:
        """Send a write; whoever stops waiting for it, it goes on and is remembered."""
        task = self._sent[key] = asyncio.ensure_future(put())
        answer = await asyncio.shield(task)
        self._trace(key, answer)
        return answer

    def _trace(self, key: str, answer: Stored | AwsFailure) -> None:
        self._sent.pop(key, None)
        if isinstance(answer, Stored):
            self._traces[key] = _Trace(certain=True, version=answer.version)
        elif answer.took_effect_unknown or answer.code == _THERE_ALREADY:
            self._traces.setdefault(key, _Trace())

    # Cleaning up

    async def _clean_up(self) -> None:
        """Delete all that may be there, and tell what stays."""
        place = self.places[CheckKind.PROBE_DELETE]
        for key, sent in tuple(self._sent.items()):
            await asyncio.wait({sent})
            if sent.cancelled() or sent.exception() is not None:
                self._sent.pop(key)
                self._traces.setdefault(key, _Trace())
            else:
                self._trace(key, sent.result())
        if not self._traces:
            self.checks.skip(place)
            return
        self.checks.begin(place)
        failures = [await self._delete(place, key) for key in tuple(self._traces)]
        failure = next(filter(None, failures), None)
        if failure is None:
            self.checks.passed(place, self._left)
        else:
            self.checks.failed(place, failure, left=self._left)

    async def _delete(self, place: int, key: str) -> AwsFailure | None:
        answer = await self._patiently(place, lambda: self.session.delete_object(*self._where, key))
        self.checks.note(place, self._call("s3:DeleteObject", key), answer)
        trace = self._traces.pop(key)
        if isinstance(answer, Deleted):
            self._left += self._versions(key, trace, answer)
            return None
        certain = trace.certain and not answer.took_effect_unknown
        kind = LeftKind.OBJECT if certain else LeftKind.UNSURE
        self._left.append(self._left_over(kind, key, trace.version))
        return answer

    def _versions(self, key: str, trace: _Trace, deleted: Deleted) -> list[LeftOver]:
        """Return what a bucket that keeps versions has of an object that was deleted."""
        left = []
        if trace.version not in (None, _NO_VERSION) or (deleted.marker and not trace.certain):
            left.append(self._left_over(LeftKind.VERSION, key, trace.version))
        if deleted.marker is not None:
            left.append(self._left_over(LeftKind.MARKER, key, deleted.marker))
        return left

    def _left_over(self, kind: LeftKind, key: str, version: str | None) -> LeftOver:
        return LeftOver(kind, self.entry.name, key, version)

    def _cleaning(self) -> asyncio.Task[None]:
        """Return the one clean-up, begun by now."""
        if self._clean_up_task is None:
            self._clean_up_task = asyncio.ensure_future(self._clean_up())
        return self._clean_up_task

    async def _clean_up_soon(self) -> None:
        """Clean up after what was stopped, whoever stops it once more, and name what was not.

        Nobody is held up for longer than ``clean_up_seconds``.
        """
        loop, cleaning = asyncio.get_running_loop(), self._cleaning()
        until = loop.time() + self.clean_up_seconds
        while not cleaning.done() and (left := until - loop.time()) > 0:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({cleaning}, timeout=left)
        if cleaning.done():
            cleaning.result()
            return
        cleaning.cancel()
        traces = {**{key: _Trace() for key in self._sent}, **self._traces}
        unsure = (
            self._left_over(LeftKind.UNSURE, key, trace.version) for key, trace in traces.items()
        )
        place = self.places[CheckKind.PROBE_DELETE]
        self.checks.failed(place, _no_answer_in_time(), left=[*self._left, *unsure])

    # What the steps share

    @property
    def _where(self) -> tuple[str, str]:
        return self.entry.name, self.entry.region

    def _call(self, action: str, key: str) -> Call:
        return Call(action, f"{bucket_arn(self.entry.name)}/{key}", self.entry.name)

    def _note_key(self, place: int, action: str, kms_key: str | None) -> None:
        """Keep that S3 could use a key for the role: it did, or there would be no answer."""
        if kms_key is not None:
            self.checks.note(place, Call(action, kms_key, self.entry.name), None)

    async def _patiently(
        self, place: int, call: Callable[[], Awaitable[Answer | AwsFailure]]
    ) -> Answer | AwsFailure:
        return await self.spreading.settled(
            call, lambda seconds, answer: self.checks.waits(place, seconds, answer)
        )


def _read_otherwise() -> AwsFailure:
    """Return that another file came back: something between here and AWS answers in its place."""
    words = tr("What was read is not what was written.")
    return AwsFailure("s3:GetObject", "UnexpectedAnswerError", words, finding="env.proxy")


def _no_answer_in_time() -> AwsFailure:
    words = tr("The test was stopped before AWS had answered.")
    return AwsFailure(
        "s3:DeleteObject",
        "ReadTimeoutError",
        words,
        finding="env.timeout",
        took_effect_unknown=True,
    )
