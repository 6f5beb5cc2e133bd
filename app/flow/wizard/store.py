"""The set-up's store: it holds the state, and every edit and step goes through it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from app.core.fields.form import DetailsForm, form_of, split_field
from app.core.frozen import replace
from app.flow.wizard.details_edits import (
    cleaned,
    edited,
    restricted,
    taken,
    with_bucket,
    with_folders,
    without_bucket,
)
from app.flow.wizard.details_state import Details, Source
from app.flow.wizard.following import filled, followed, taken_from_aws
from app.flow.wizard.observed import Observed
from app.flow.wizard.pages import (
    CLOUDSHELL_PAGE,
    CONNECTOR_PAGE,
    CREATE_PAGE,
    DETAILS_PAGE,
    FINISH_PAGE,
    FLOWS,
    HANDOFF_PAGE,
    LOOK_UP_PAGE,
    MEND_PAGE,
    METHOD_PAGE,
    REVOKE_PAGE,
    REVOKE_WAY_PAGE,
    SETUP,
    WELCOME_PAGE,
    on_its_way,
    page_of,
    reachable,
    shown_pages,
)
from app.flow.wizard.sent_back import SentKind
from app.flow.wizard.state import (
    Creation,
    Flow,
    Method,
    Past,
    Revocation,
    Revoking,
    Sending,
    SetupState,
)

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.journal import Journal
    from app.core.sign_in import SignInWay
    from app.flow.wizard.details_state import Inquiry, Offers
    from app.flow.wizard.pages import (
        Waiting,
    )
    from app.flow.wizard.run_state import Run
    from app.flow.wizard.sent_back import SentBack
    from app.flow.wizard.state import (
        SavedSession,
    )

_LEADS: Final = frozenset({"name", "encryption"})
"""Fields of a bucket that others follow from as soon as they are answered."""


class SetupStore(Observed[SetupState]):
    """Holds the state and tells its listeners of each change.

    ``known_regions`` maps region codes to names; it is given later, once AWS's data is loaded.
    """

    def __init__(self, *, practice: bool, practise_sign_in: bool = False) -> None:
        """``practise_sign_in`` where the practice AWS has a sign-in to practise with too."""
        super().__init__(
            SetupState(
                Details.of(DetailsForm(), {}), practice=practice, practise_sign_in=practise_sign_in
            )
        )
        self._known_regions: Mapping[str, str] = {}

    @property
    def known_regions(self) -> Mapping[str, str]:
        """AWS's regions, code to human name; empty until they are loaded."""
        return self._known_regions

    def change(self, changed: Callable[[SetupState], SetupState]) -> None:
        """Put what ``changed`` makes of the present state in its place, and tell the listeners.

        They are told once, and only where that is another state.
        """
        self._put(changed(self._state))

    # The details

    def learn_regions(self, names: Mapping[str, str]) -> None:
        """Take AWS's region names, and check what was typed against them."""
        self._known_regions = dict(names)
        details = self._state.details
        self._put_details(details.with_form(details.form, self._known_regions))

    def edit(self, field: str, text: str) -> None:
        """Take the text typed into ``field``; its message goes as soon as it is right.

        A field is named as the draft and its problems name it: ``buckets[0].name``.
        """
        details = edited(self._state.details, field, text, self._known_regions)
        index, key = split_field(field)
        if index is not None and key in _LEADS:
            details = self._following(details, index)
        self._put_details(details)

    def take_offers(self, offers: "Offers") -> None:
        """Take what the account has to choose from, and fill in what follows from it."""
        self._take_told(replace(self._state, offers=offers))

    def take_inquiry(self, inquiry: "Inquiry") -> None:
        """Take what AWS told anybody of buckets, and fill in what follows from it."""
        self._take_told(replace(self._state, inquiry=inquiry))

    def _take_told(self, state: SetupState) -> None:
        with self._at_once():
            self._put(state)
            details = self._state.details
            for index in range(len(details.form.buckets)):
                details = self._following(details, index)
            self._put_details(details)

    def _following(self, details: Details, index: int) -> Details:
        """Return the details with what AWS told of one bucket, where nobody answered.

        Of what an earlier sign-in was told nothing follows once it is forgotten.
        """
        settings = self._state.told_of(details.value_of(f"buckets[{index}].name"))
        return followed(details, index, settings, self._known_regions)

    def take_from_aws(self, field: str) -> None:
        """Take what AWS says of a field, in the place of what was typed."""
        with self._at_once():
            self._put_details(taken_from_aws(self._state, field, self._known_regions))
            self.leave(field)

    def take_offer(self, field: str, value: str) -> None:
        """Take the value that was offered for a field, as if it had been typed and left."""
        with self._at_once():
            self._put_details(taken(self._state.details, field, value, self._known_regions))
            self.leave(field)

    def take_account(self, account_id: str) -> None:
        """Take the account of the sign-in, where none was typed; what was typed stays."""
        details = self._state.details
        if details.sources.get("account_id") is not Source.PERSON:
            self._put_details(filled(details, "account_id", account_id, self._known_regions))

    def restrict_to_prefix(self, index: int, *, on: bool) -> None:
        """Limit the access to the bucket at ``index`` to its prefix, or don't."""
        self._put_details(restricted(self._state.details, index, self._known_regions, on=on))

    def clean(self, field: str) -> None:
        """Clean the text of a field that was pasted into; what is wrong with it is said later."""
        self._put_details(cleaned(self._state.details, field, self._known_regions))

    def leave(self, field: str) -> None:
        """Clean the text of a field that was left, and show what is wrong.

        What was left empty is filled in where AWS told it.
        """
        touched = self._state.details.touching(field)
        details = cleaned(touched, field, self._known_regions)
        index, _ = split_field(field)
        self._put_details(details if index is None else self._following(details, index))

    def add_bucket(self) -> None:
        """Add an empty bucket to the form."""
        self._put_details(with_bucket(self._state.details, self._known_regions))

    def remove_bucket(self, index: int) -> None:
        """Take a bucket out of the form; the last one stays."""
        self._put_details(without_bucket(self._state.details, index, self._known_regions))

    def take_folders(self, index: int, folders: Sequence[str]) -> None:
        """Take the folders that were chosen for the bucket at ``index``: one line for each."""
        self._put_details(with_folders(self._state.details, index, folders, self._known_regions))

    def fill(self, form: DetailsForm) -> None:
        """Replace the whole form."""
        self._put_details(Details.of(form, self._known_regions))

    def _put_details(self, details: Details) -> None:
        self._put(self._state.with_details(details))

    def take_error_text(self, text: str) -> None:
        """Take what was pasted as an error from UbiQuity."""
        self._put(replace(self._state, error_text=text))

    def open_draft(self, draft: "Draft", source: str) -> None:
        """Begin a set-up anew with the details of a draft that came in the file ``source``.

        The next thing to say is how it is done. A run that was interrupted is asked about first.
        """
        with self._at_once():
            self.begin_anew()
            self.fill(form_of(draft))
            page = METHOD_PAGE if self._state.past.interrupted is None else WELCOME_PAGE
            self._put(replace(self._state.at(page.id, Flow.SETUP), details_source=source))

    # An earlier start

    def offer_resuming(self, session: "SavedSession | None") -> None:
        """Ask once whether to go on with ``session``."""
        if session is not None and session.worth_resuming:
            self._put_resumable(session)

    def resume(self) -> None:
        """Go on with what an earlier start left behind.

        On the practice AWS nothing that was done is there any more, so the ticks are not
        taken over, and the way goes on at the first page that waits.
        """
        session = self._state.past.resumable
        if session is None:
            return
        details = Details.of(session.details, self._known_regions)
        creation = Creation(session.method)
        if not self._state.practice:
            creation = _as_saved(session, details.check.draft)
        fresh = SetupState(
            details,
            page=WELCOME_PAGE.id,
            creation=creation,
            signed_in=self._state.signed_in,
            practice=self._state.practice,
            practise_sign_in=self._state.practise_sign_in,
            sending=Sending(folder=self._state.sending.folder),
            past=Past(interrupted=self._state.past.interrupted),
        )
        open_pages = reachable(fresh)
        page = session.page if session.page in open_pages else open_pages[-1]
        self._put(replace(fresh, page=page))

    def start_anew(self) -> None:
        """Leave what an earlier start left behind."""
        self._put_resumable(None)

    def begin_anew(self) -> None:
        """Begin at Welcome with nothing typed or chosen; who is signed in stays signed in.

        What was done in AWS is not undone, and a run that was interrupted is still asked about.
        """
        if self._state.busy is not None:
            return
        fresh = SetupState(
            Details.of(DetailsForm(), self._known_regions),
            signed_in=self._state.signed_in,
            offers=self._state.offers,
            practice=self._state.practice,
            practise_sign_in=self._state.practise_sign_in,
            past=replace(self._state.past, resumable=None),
        )
        self._put(fresh)

    def _put_resumable(self, session: "SavedSession | None") -> None:
        past = replace(self._state.past, resumable=session)
        self._put(replace(self._state, past=past))

    def take_up(self, journal: "Journal", run: "Run") -> None:
        """Go to the page of a run that an earlier start did not end, with the run's details."""
        from app.core.journal import RunKind

        creating = journal.kind is RunKind.APPLY
        with self._at_once():
            if journal.draft is not None:
                self.fill(form_of(journal.draft))
            page, flow = (CREATE_PAGE, Flow.SETUP) if creating else (REVOKE_PAGE, Flow.REVOKE)
            there = self._state.at(page.id, flow)
            method = Method.CREATE if creating else there.creation.method
            way = Revoking(journal.how) if journal.how else None
            self._put(
                replace(
                    there,
                    creation=replace(there.creation, method=method, run=run if creating else None),
                    revocation=Revocation(way, None if creating else run),
                    choices=journal.choices,
                    past=replace(there.past, interrupted=None, resumable=None),
                )
            )

    # The way

    def choose_revoking(self, way: Revoking) -> None:
        """Choose how access is revoked."""
        if way is not self._state.revocation.way:
            chosen = replace(self._state, revocation=Revocation(way), failure=None, confirming=None)
            self._put(on_its_way(chosen, REVOKE_WAY_PAGE))

    def confirm(self, name: str | None) -> None:
        """Ask for a yes to what the button ``name`` does; None takes the question back."""
        self._put(replace(self._state, confirming=name))

    def choose_method(self, method: Method) -> None:
        """Choose how the AWS side is done."""
        creation = self._state.creation
        if method is not creation.method:
            chosen = replace(self._state, creation=creation.by(method), failure=None)
            self._put(on_its_way(chosen, METHOD_PAGE))

    def choose_form(self, form: str) -> None:
        """Choose the export that an AWS administrator is sent."""
        self._put(replace(self._state, sending=replace(self._state.sending, form=form)))

    def remember_folder(self, folder: str) -> None:
        """Remember where files for an AWS administrator were last saved, while the program runs."""
        self._put(replace(self._state, sending=replace(self._state.sending, folder=folder)))

    def go_by(self, method: Method) -> None:
        """Do the AWS side by ``method``, and go to where that is done, or what it needs before."""
        if self._state.busy is not None:
            return
        with self._at_once():
            self.choose_method(method)
            ids = [page.id for page in SETUP if page.shown(self._state)]
            details = ids.index(DETAILS_PAGE.id)
            there = ids[details + (self._state.draft is not None)]
            self._put(self._state.at(there, Flow.SETUP))

    def take_sent(self, sent: "SentBack") -> None:
        """Take what came back, and go to Step 4 where nothing in AWS is left to be done.

        Else to the page on which it is asked for, which says what is wrong with it.
        """
        connection = replace(self._state.connection, sent=sent)
        if sent.checked is not None:
            connection = connection.with_checked(sent.checked)
        creation, draft = self._state.creation, self._state.draft
        by_cloudshell = creation.method is Method.CLOUDSHELL
        asked_on = CLOUDSHELL_PAGE if by_cloudshell else HANDOFF_PAGE
        # Of CloudShell the block is asked for: an ARN alone does not stand for it.
        serves = not sent.is_blocked and not (by_cloudshell and sent.kind is SentKind.ARN)
        if serves and draft is not None:
            ticked = creation.ticked(asked_on.id, draft)
            creation = ticked if by_cloudshell else creation.with_sent(draft)
        leads_on = serves and sent.is_sound and not sent.notes
        page = CONNECTOR_PAGE if leads_on else asked_on
        fresh = replace(self._state, connection=connection, creation=creation)
        self._put(fresh.at(page.id, Flow.SETUP))

    def tick(self, page_id: str, *, done: bool) -> None:
        """Tick a page as done for the present details, or take the tick back."""
        draft = self._state.draft if done else None
        self._put(replace(self._state, creation=self._state.creation.ticked(page_id, draft)))

    def waiting(self) -> "Waiting | None":
        """Return what Next waits for on the present page."""
        return page_of(self._state).waits(self._state)

    def next(self) -> "Waiting | None":
        """Go to the next page, or return what it waits for (and show the fields' messages)."""
        if self._state.page == DETAILS_PAGE.id:
            with self._at_once():
                for field in self._state.details.check.fields:
                    self.leave(field)
        waiting = self.waiting()
        if waiting is not None:
            self._put_details(self._state.details.touching(waiting.focus))
            return waiting
        with self._at_once():
            if self._state.page == HANDOFF_PAGE.id and self._state.draft is not None:
                sent = self._state.creation.with_sent(self._state.draft)
                self._put(replace(self._state, creation=sent))
            self._move(1)
        return None

    def back(self) -> None:
        """Go to the page before; from mending back to what found something to mend."""
        self._move(1 if self._state.mending else -1)

    def begin(self, flow: Flow) -> None:
        """Begin ``flow`` at its first page after Welcome; a check at once where details are."""
        pages = FLOWS[flow]
        at_once = flow is Flow.CHECK and self._state.draft is not None
        there = self._state.at(pages[-1 if at_once else 1].id, flow)
        self._put(replace(there, confirming=None, revocation=there.revocation.anew()))

    def undo_last(self) -> None:
        """Go to where what this program did last in the account can be taken back."""
        if self._state.busy is None:
            there = self._state.at(REVOKE_PAGE.id, Flow.REVOKE)
            self._put(replace(there, revocation=Revocation(Revoking.UNDO)))

    def mend(self) -> None:
        """Go from a check or a test to where the program mends what it found, and then back."""
        if self._state.busy is None:
            there = self._state.at(MEND_PAGE.id)
            self._put(replace(there, mending=True, creation=there.creation.with_run(None)))

    def mend_at(self, page_id: str) -> None:
        """Go from a test that failed to where the person mends it, to test anew after it."""
        creation = self._state.creation.with_run(None)
        known = self._state.connection
        connection = known.outdated().with_checked(known.checked)
        self._put(replace(self._state, creation=creation, connection=connection))
        self.go_to(page_id)

    def look_up_error(self) -> None:
        """Go from the test to where an error is explained; Back leads to the test again."""
        if self._state.busy is None:
            self._put(self._state.at(LOOK_UP_PAGE.id))

    def forget_check(self) -> None:
        """Forget how the account was last read, so that it is checked anew."""
        self._put(replace(self._state, connection=self._state.connection.with_checked(None)))

    def forget_sign_in(self, way: "SignInWay | None" = None) -> None:
        """Forget who is signed in, so that somebody signs in anew; only by ``way`` where told."""
        signed_in = self._state.signed_in
        if way is None or (signed_in is not None and signed_in.way == way):
            self._put(replace(self._state, signed_in=None))

    def tell_stopped(self, words: str) -> None:
        """Say ``words``: what was and was not done of what somebody stopped; "" for no more."""
        if words != self._state.stopped:
            self._put(replace(self._state, stopped=words))

    def skip_test(self) -> None:
        """Go to Finish without a successful test; Finish says that it was not tested."""
        if self._state.busy is None:
            self._put(self._state.at(FINISH_PAGE.id))

    def go_to(self, page_id: str) -> None:
        """Go to a page that can be reached; others are ignored."""
        if self._state.busy is None and page_id in reachable(self._state):
            self._put(self._state.at(page_id))

    def _move(self, by: int) -> None:
        ids = [page.id for page in shown_pages(self._state)]
        place = ids.index(self._state.page) + by
        if self._state.busy is None and 0 <= place < len(ids):
            # Welcome belongs to every flow, and leads on to the set-up.
            flow = Flow.SETUP if ids[place] == WELCOME_PAGE.id else self._state.flow
            self._put(self._state.at(ids[place], flow))


def _as_saved(session: "SavedSession", draft: "Draft | None") -> Creation:
    """Return how far an earlier start was; a tick that tells nothing was for its own details."""
    ticks = {page: draft for page in session.done if draft is not None}
    creation = Creation(session.method, session.done, ticks={**ticks, **session.ticks})
    return creation.for_other_details(draft)
