"""The set-up's store: it holds the state, and every edit and step goes through it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from app.core.fields.details import DetailsForm, check_details, form_of
from app.core.journal import Journal, RunKind
from app.flow.wizard.details_edits import cleaned, edited, with_bucket, with_details, without_bucket
from app.flow.wizard.pages import FLOWS, SETUP, Waiting, page_of, reachable, shown_pages
from app.flow.wizard.state import Flow, Method, Revoking, Run, SavedSession, SetupState

Listener = Callable[[SetupState], None]


class SetupStore:
    """Holds the state and tells its listeners of each change.

    ``known_regions`` maps region codes to names; it is given later, once AWS's data is loaded.
    """

    def __init__(self, *, practice: bool) -> None:
        self._listeners: list[Listener] = []
        self._quiet = False
        self._known_regions: Mapping[str, str] = {}
        form = DetailsForm()
        self._state = SetupState(check_details(form, {}), details=form, practice=practice)

    @property
    def state(self) -> SetupState:
        """The present state."""
        return self._state

    @property
    def known_regions(self) -> Mapping[str, str]:
        """AWS's regions, code to human name; empty until they are loaded."""
        return self._known_regions

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` with the state after every change."""
        self._listeners.append(listener)

    def update(self, **changes: object) -> None:
        """Replace fields of the state and tell the listeners."""
        self._put(replace(self._state, **changes))  # type: ignore[arg-type]

    def _put(self, state: SetupState) -> None:
        if state == self._state:
            return
        self._state = state
        if not self._quiet:
            for listener in tuple(self._listeners):
                listener(state)

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Tell the listeners once of all changes made inside."""
        before, self._quiet = self._state, True
        try:
            yield
        finally:
            after, self._state, self._quiet = self._state, before, False
            self._put(after)

    # The details

    def learn_regions(self, names: Mapping[str, str]) -> None:
        """Take AWS's region names, and check what was typed against them."""
        self._known_regions = dict(names)
        self._put(with_details(self._state, self._state.details, self._known_regions))

    def edit(self, field: str, value: object) -> None:
        """Take what was typed into ``field``; its message goes as soon as it is right."""
        self._put(edited(self._state, field, value, self._known_regions))

    def clean(self, field: str) -> None:
        """Clean the text of a field that was pasted into; what is wrong with it is said later."""
        self._put(cleaned(self._state, field, self._known_regions))

    def leave(self, field: str) -> None:
        """Clean the text of a field that was left, and show what is wrong."""
        touched = replace(self._state, touched=self._state.touched | {field})
        self._put(cleaned(touched, field, self._known_regions))

    def add_bucket(self) -> None:
        """Add an empty bucket to the form."""
        self._put(with_bucket(self._state, self._known_regions))

    def remove_bucket(self, index: int) -> None:
        """Take a bucket out of the form; the last one stays."""
        self._put(without_bucket(self._state, index, self._known_regions))

    def fill(self, form: DetailsForm) -> None:
        """Replace the whole form."""
        unsaid = replace(self._state, remarks={}, touched=frozenset())
        self._put(with_details(unsaid, form, self._known_regions))

    # An earlier start

    def offer_resuming(self, session: SavedSession | None) -> None:
        """Ask once whether to go on with ``session``."""
        if session is not None and session.worth_resuming:
            self.update(resumable=session)

    def resume(self) -> None:
        """Go on with what an earlier start left behind.

        On the practice AWS nothing that was done is there any more, so the ticks are not
        taken over, and the way goes on at the first page that waits.
        """
        session = self._state.resumable
        if session is None:
            return
        fresh = SetupState(
            check_details(session.details, self._known_regions),
            page=SETUP[0].id,
            details=session.details,
            method=session.method,
            done=frozenset() if self._state.practice else session.done,
            signed_in=self._state.signed_in,
            practice=self._state.practice,
            interrupted=self._state.interrupted,
        )
        open_pages = reachable(fresh)
        page = session.page if session.page in open_pages else open_pages[-1]
        self._put(replace(fresh, page=page))

    def start_anew(self) -> None:
        """Leave what an earlier start left behind."""
        self.update(resumable=None)

    def take_up(self, journal: Journal, run: Run) -> None:
        """Go to the page of a run that an earlier start did not end, with the run's details."""
        creating = journal.kind is RunKind.APPLY
        with self._at_once():
            if journal.draft is not None:
                self.fill(form_of(journal.draft))
            self.update(
                flow=Flow.SETUP if creating else Flow.REVOKE,
                page="create" if creating else "revoke",
                method=Method.CREATE if creating else self._state.method,
                revoking=Revoking(journal.how) if journal.how else None,
                creation=run if creating else None,
                revocation=None if creating else run,
                choices=journal.choices,
                interrupted=None,
                resumable=None,
                failure=None,
            )

    # The way

    def choose_revoking(self, way: Revoking) -> None:
        """Choose how access is revoked."""
        if way is not self._state.revoking:
            self.update(revoking=way, revocation=None, proof=None, failure=None, confirming=None)

    def confirm(self, name: str | None) -> None:
        """Ask for a yes to what the button ``name`` does; None takes the question back."""
        self.update(confirming=name)

    def choose_method(self, method: Method) -> None:
        """Choose how the AWS side is done."""
        if method is not self._state.method:
            self.update(method=method, creation=None, failure=None)

    def tick(self, page_id: str, *, done: bool) -> None:
        """Tick a page as done, or take the tick back."""
        ticks = self._state.done | {page_id} if done else self._state.done - {page_id}
        self.update(done=ticks)

    def waiting(self) -> Waiting | None:
        """Return what Next waits for on the present page."""
        return page_of(self._state).waits(self._state)

    def next(self) -> Waiting | None:
        """Go to the next page, or return what it waits for (and show the fields' messages)."""
        if self._state.page == "details":
            with self._at_once():
                for field in self._state.check.fields:
                    self.leave(field)
        waiting = self.waiting()
        if waiting is not None:
            self.update(touched=self._state.touched | {waiting.focus})
            return waiting
        self._move(1)
        return None

    def back(self) -> None:
        """Go to the page before."""
        self._move(-1)

    def begin(self, flow: Flow) -> None:
        """Begin ``flow`` at its first page after Welcome; a check at once where details are."""
        pages = FLOWS[flow]
        at_once = flow is Flow.CHECK and self._state.draft is not None
        self.update(
            flow=flow,
            page=pages[-1 if at_once else 1].id,
            failure=None,
            confirming=None,
            revocation=None,
            proof=None,
        )

    def mend(self) -> None:
        """Go on from a check to "Review and create", where the plan is shown."""
        self.update(
            flow=Flow.SETUP, method=Method.CREATE, page="create", creation=None, failure=None
        )

    def skip_test(self) -> None:
        """Go to Finish without a successful test; Finish says that it was not tested."""
        if self._state.busy is None:
            self.update(page="finish", failure=None)

    def go_to(self, page_id: str) -> None:
        """Go to a page that can be reached; others are ignored."""
        if self._state.busy is None and page_id in reachable(self._state):
            self.update(page=page_id, failure=None)

    def _move(self, by: int) -> None:
        ids = [page.id for page in shown_pages(self._state)]
        place = ids.index(self._state.page) + by
        if self._state.busy is None and 0 <= place < len(ids):
            # Welcome belongs to every flow, and leads on to the set-up.
            flow = Flow.SETUP if ids[place] == SETUP[0].id else self._state.flow
            self.update(page=ids[place], flow=flow, failure=None)
