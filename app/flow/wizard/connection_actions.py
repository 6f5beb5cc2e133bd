"""Testing the connection: as the customer or as UbiQuity, the watch for UbiQuity, what it said."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import role_arn
from app.core.i18n import tr
from app.core.sign_in import PRACTISED_CUSTOMER, PRACTISED_SUPPORT, ByProfile
from app.core.told.answer import ToldAnswer
from app.core.told.pasted_answer import answer_in
from app.flow.call_log import CallLog, calls_heard
from app.flow.checking import checked_seen, checked_with
from app.flow.connection.beginning import asking_anew
from app.flow.connection.customer_test import CustomerTest
from app.flow.connection.spreading import was_made_just_now
from app.flow.connection.ubiquity_test import ConnectionTest
from app.flow.connection.watch import WATCH_FOR, VisitWatch, WatchState
from app.flow.ports.aws import CountSoFar
from app.flow.since_setup import trust_written_in
from app.flow.wizard.connection_state import Connection, Counting, Watch
from app.flow.wizard.told_buckets import offers_after
from app.flow.wizard.ubiquity_answer import UbiquityAnswer

if TYPE_CHECKING:
    from app.core.draft import BucketEntry, Draft
    from app.flow.checking import CheckedAccount
    from app.flow.connection.checks import ConnectionResult
    from app.flow.ports.accounts import PressedTest, SignedIn
    from app.flow.ports.aws import UbiquityAws
    from app.flow.wizard.account_actions import AccountActions
    from app.flow.wizard.state import SetupState

LOOK_BACK: Final = timedelta(hours=1)
"""How far before its beginning a watch looks, where nobody knows when the set-up was made: the
person may have pressed Test Connection before they came here."""

_PRACTICE_LOOKS: Final = 2.0
"""Seconds between two looks on the practice AWS, which records within seconds."""

_LAST_CALLS: Final = 40
"""Of a watch and of a count, which ask the same over and over: what support asks about is there."""


class ConnectionActions:
    """Tests the connection and keeps the store's ``connection`` up to date."""

    def __init__(
        self, account: "AccountActions", now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._account = account
        self._store = account.store
        self._now = now

    async def test(self) -> None:
        """Test with the present sign-in: the real thing where it is UbiQuity's own.

        Any other sees what can be seen from the customer's account.
        """
        draft = self._store.state.draft
        if draft is None:
            self._store.change(lambda state: replace(_anew(state), failure=None))
            return
        with self.stoppable():
            signed_in = self._store.state.signed_in
            with self._account.doing(tr("Testing the connection"), begun=_anew):
                if signed_in is not None and signed_in.is_ubiquity and signed_in.ubiquity:
                    await self._as_ubiquity(draft, signed_in.ubiquity)
                else:
                    await self._as_customer(draft)

    async def _as_ubiquity(self, draft: "Draft", ubiquity: "UbiquityAws") -> None:
        test = ConnectionTest(
            draft,
            ubiquity,
            self._tell_result,
            just_created=self._just_created(),
            with_file=self._store.state.connection.with_file,
        )
        await test.run()

    def agree_to_file(self, *, on: bool) -> None:
        """Let the next test as UbiQuity write, read, copy and delete a file of its own, or not."""
        self._change(lambda connection: replace(connection, with_file=on))

    async def _as_customer(self, draft: "Draft") -> None:
        written = written_by_us(self._store.state)
        test = CustomerTest(
            draft,
            self._sign_in,
            self._tell_result,
            reach=self._account.accounts.reach,
            written_by_us=written,
        )
        came = await test.run()
        self.tell_checked(came.checked)
        await self._weigh_visits()
        await self._weigh_earlier_answer()

    async def _weigh_earlier_answer(self) -> None:
        """Let what UbiQuity answered count, unless the account, read since, says otherwise.

        A success does not outlive what keeps UbiQuity out now, nor a failure of the time before
        what is in order now: either stands beside the new result.
        """
        connection = self._store.state.connection
        answer, read = connection.in_ubiquity, connection.checked
        if answer is None or read is None:
            return
        if answer.worked and read.keeps_out:
            self._answered(None, "")
            return
        await self.weigh_answer()
        was_tested = connection.before is not None and connection.before.in_ubiquity == answer
        if was_tested and not answer.worked and self._store.state.connection.awaits_ubiquity:
            self._answered(None, "")
            self.tell_checked(read)

    async def _sign_in(self) -> "SignedIn | AwsFailure":
        """Sign in, or ask AWS anew who is signed in: the keys may have ended meanwhile."""
        signed_in = self._store.state.signed_in
        if signed_in is None:
            answer = await self._account.accounts.sign_in(ByProfile())
        else:
            answer = await asking_anew(signed_in)()
        if isinstance(answer, AwsFailure) and (answer.finding or "").startswith("env."):
            return answer  # the network, or AWS: who is signed in is so still
        came = None if isinstance(answer, AwsFailure) else answer
        self._store.change(lambda state: replace(state, signed_in=came))
        return answer

    @contextmanager
    def stoppable(self) -> Iterator[None]:
        """Say in the state where what is done was stopped; what is known by then stays."""
        try:
            yield
        except asyncio.CancelledError:
            self._change(lambda connection: connection.as_stopped())
            raise

    def _just_created(self) -> bool:
        """Tell whether AWS may still be spreading what was made."""
        if self._store.state.practice:
            return self._account.accounts.practice_spreads
        run = self._store.state.creation.run
        journal = run.journal if run is not None else None
        return journal is not None and was_made_just_now(journal, self._now())

    # The watch for UbiQuity

    async def watch(self) -> None:
        """Look for UbiQuity in the account's event history, until it was seen or time is up.

        The state tells how far it is; ``doing`` does not, since the person goes on meanwhile. It
        ends by itself once the details, the set-up or the sign-in are others.
        """
        state = self._store.state
        draft, signed_in = state.draft, state.signed_in
        if draft is None or signed_in is None:
            return
        began, written = self._now(), written_by_us(state)
        watch = VisitWatch(
            draft,
            signed_in.aws,
            since=written or began - LOOK_BACK,
            written_by_us=written,
            sleep=_sooner if state.practice else asyncio.sleep,
        )
        task, log = asyncio.current_task(), CallLog(_LAST_CALLS)

        def end_with_it(now: "SetupState") -> None:
            holds = now.draft == draft and now.signed_in is not None and now.connection.watch
            if task is not None and not holds:
                task.cancel()

        def tell(seen: WatchState) -> None:
            so_far = Watch(began, seen, calls=log.records)
            self._change(lambda connection: connection.with_watch(so_far))

        tell(WatchState(began, began + WATCH_FOR))
        self._store.subscribe(end_with_it)
        try:
            with calls_heard(log.take):
                await watch.run(tell)
            await self._weigh_visits()
        except asyncio.CancelledError:
            self._change(lambda connection: connection.with_watch_stopped())
            raise
        finally:
            self._store.unsubscribe(end_with_it)

    async def _weigh_visits(self) -> None:
        """Let the report on what was read follow from UbiQuity's visits too."""
        connection = self._store.state.connection
        if connection.watch is not None and connection.checked is not None:
            seen = connection.watch.seen
            if seen.observations or seen.last_use is not None:
                told = (seen.observations, seen.last_use, seen.met)
                await self._weigh(lambda checked: checked_seen(checked, *told))

    async def _weigh(
        self, weighed: Callable[["CheckedAccount"], Awaitable["CheckedAccount"]]
    ) -> None:
        """Put what ``weighed`` makes of the reading into the state.

        UbiQuity's visit and its answer come at the same time: what another weighing has made of
        the reading meanwhile is weighed again, so that neither is lost.
        """
        while (checked := self._store.state.connection.checked) is not None:
            anew = await weighed(checked)
            if self._store.state.connection.checked is checked:
                self.tell_checked(anew)
                return

    # What UbiQuity said

    def take_answer(self, answer: UbiquityAnswer | None) -> None:
        """Take what UbiQuity's own Test Connection answered, as it was picked."""
        self._answered(answer, "")

    def take_text(self, text: str) -> None:
        """Take what was pasted of UbiQuity's answer; an error can be looked up too."""
        read = answer_in(text)
        answer = UbiquityAnswer(read.told, read.files) if read is not None else None
        self._answered(answer, text)

    def _answered(self, answer: UbiquityAnswer | None, text: str) -> None:
        told = replace(answer, at=self._now()) if answer is not None else None
        self._change(lambda connection: replace(connection, in_ubiquity=told, answer_text=text))
        if told is not None and not told.worked and text:
            self._store.take_error_text(text)

    async def weigh_answer(self) -> None:
        """Let the report on what was read follow from the answer too; AWS is not asked anew."""
        connection = self._store.state.connection
        answer, text = connection.in_ubiquity, connection.answer_text
        if answer is not None:
            await self._weigh(lambda checked: checked_with(checked, answer.told, text, answer.at))

    async def press_in_practice(self) -> None:
        """Let the practice UbiQuity press it, and take what it answers."""
        draft, ubiquity = self._store.state.draft, self._account.accounts.practice_ubiquity
        if draft is None or ubiquity is None:
            return
        with self._account.doing(tr("The practice UbiQuity tests the connection")):
            pressed = await ubiquity.press_test_connection(draft)
            self._answered(*_answer_of(pressed))
            await self.weigh_answer()

    async def practise_as(self, *, support: bool) -> None:
        """Practise as UbiQuity's support, whose test is the real one, or as the customer again."""
        way = PRACTISED_SUPPORT if support else PRACTISED_CUSTOMER
        with self._account.doing(tr("Signing in to the practice AWS")):
            answer = await self._account.accounts.sign_in(way)
            came = None if isinstance(answer, AwsFailure) else answer
            self._store.change(
                lambda state: replace(state, signed_in=came, connection=Connection())
            )

    # Counting

    async def count(self, entry: "BucketEntry") -> None:
        """Count all files of one connector; the state tells how far it is.

        Like the watch it goes on while the person does something else, and ends once what was
        tested is forgotten.
        """
        signed_in = self._store.state.signed_in
        if signed_in is None:
            return
        task, last, log = asyncio.current_task(), CountSoFar(0), CallLog(_LAST_CALLS)

        def end(failure: AwsFailure | None = None) -> None:
            ended = Counting(last, running=False, failure=failure, calls=log.records)
            self._put_count(entry, ended)

        def end_with_it(state: "SetupState") -> None:
            if task is not None and entry not in state.connection.counts:
                task.cancel()

        def tell(so_far: CountSoFar) -> None:
            nonlocal last
            last = so_far
            self._put_count(entry, Counting(so_far))

        tell(last)
        self._store.subscribe(end_with_it)
        try:
            with calls_heard(log.take):
                answer = await self._counted(entry, signed_in, tell)
        except asyncio.CancelledError:
            self._store.unsubscribe(end_with_it)
            if entry in self._store.state.connection.counts:
                end()
            raise
        self._store.unsubscribe(end_with_it)
        if isinstance(answer, AwsFailure):
            end(answer)
        else:
            last = answer
            end()

    async def _counted(
        self, entry: "BucketEntry", signed_in: "SignedIn", tell: Callable[[CountSoFar], None]
    ) -> CountSoFar | AwsFailure:
        """Count as the connector would where the sign-in is UbiQuity's, else as the customer."""
        where, draft = (entry.name, entry.region, entry.prefix), self._store.state.draft
        if signed_in.is_ubiquity and signed_in.ubiquity is not None and draft is not None:
            arn = role_arn(draft.account_id)
            session = await signed_in.ubiquity.assume_role(arn, draft.database_id)
            if isinstance(session, AwsFailure):
                return session
            return await session.count(*where, tell)
        return await signed_in.aws.count(*where, tell)

    def _put_count(self, entry: "BucketEntry", counting: Counting) -> None:
        self._change(lambda connection: connection.with_count(entry, counting))

    # The store

    def tell_checked(self, checked: "CheckedAccount") -> None:
        """Put the account as it was read into the state."""
        self._store.change(
            lambda state: replace(
                state,
                connection=state.connection.with_checked(checked),
                offers=offers_after(state.offers, checked.snapshot),
            )
        )

    def _tell_result(self, result: "ConnectionResult") -> None:
        self._change(lambda connection: connection.with_result(result))

    def _change(self, changed: Callable[[Connection], Connection]) -> None:
        self._store.change(lambda state: replace(state, connection=changed(state.connection)))


def _anew(state: "SetupState") -> "SetupState":
    return replace(state, connection=state.connection.anew())


def written_by_us(state: "SetupState") -> datetime | None:
    """Return when this program last wrote the trust policy, by the run in the window."""
    run = state.creation.run
    return trust_written_in(run.journal) if run is not None and run.journal is not None else None


def _answer_of(pressed: Sequence["PressedTest"]) -> tuple[UbiquityAnswer, str]:
    """Return what the practice UbiQuity's connectors answered together, and the text that it shows.

    The first that failed tells; the text is UbiQuity's and AWS's, so it is not translated.
    """
    failed = next((test for test in pressed if test.told is not ToldAnswer.SUCCESS), None)
    if failed is not None:
        return UbiquityAnswer(failed.told), failed.message
    files = sum(test.files for test in pressed)
    text = f"Connection successful. Found {files} files in bucket."
    return UbiquityAnswer(ToldAnswer.SUCCESS, files), text


async def _sooner(seconds: float) -> None:
    await asyncio.sleep(min(seconds, _PRACTICE_LOOKS))
