"""The pages of the set-up: which are shown, and what Next waits for on each, in words."""

from dataclasses import replace
from typing import Final

import pytest

from app.core.change import Obstacle, Plan
from app.core.fields.details import check_details
from app.core.fields.form import BucketForm, DetailsForm, EncryptionChoice, form_of
from app.core.guide import EXAMPLE_DATABASE_ID
from app.core.planning.plan import plan
from app.core.problem import Severity
from app.core.told.answer import ToldAnswer
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.details_edits import edited, taken
from app.flow.wizard.details_state import Details
from app.flow.wizard.pages import (
    FIELD_NAMES,
    GUIDE_STEPS,
    LOOK_UP_PAGE,
    MEND_PAGE,
    SETUP,
    Waiting,
    details_wait,
    page_of,
    reachable,
    shown_pages,
)
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import (
    Creation,
    Flow,
    Method,
    Past,
    Revocation,
    Revoking,
    SavedSession,
    SetupState,
)
from app.flow.wizard.ubiquity_answer import UbiquityAnswer
from tests.helpers.drafts import ENCRYPTED, PLAIN, untouched, whole
from tests.helpers.fakes import FakeCustomer, signed_in
from tests.helpers.reviews import reviewed

FORM: Final = form_of(PLAIN)
READY: Final = SetupState(Details.of(FORM, {}))
EMPTY: Final = SetupState(Details.of(DetailsForm(), {}))
FINISHED: Final = Run(reviewed(PLAIN, untouched(PLAIN), Plan(())), finished=True)
STUCK: Final = Plan((), (Obstacle("change.conflict", "x"),))
PASSED: Final = ConnectionResult(
    (ConnectionCheck(CheckKind.ASSUME, CheckState.PASSED),), (), finished=True
)
FAILED: Final = ConnectionResult(
    (ConnectionCheck(CheckKind.ASSUME, CheckState.FAILED),), (), finished=True
)
EVERY_PAGE: Final = tuple(page.id for page in SETUP if page not in (MEND_PAGE, LOOK_UP_PAGE))


def waiting(state: SetupState, page: str) -> tuple[str, str] | None:
    """Return the words and the control of what Next waits for on ``page``."""
    there = replace(state, page=page)
    waits = page_of(there).waits(there)
    return (waits.text, waits.focus) if waits else None


def test_the_pages_are_those_of_the_guide() -> None:
    assert EVERY_PAGE == (
        "welcome",
        "method",
        "sign-in",
        "details",
        "role",
        "trust",
        "permissions",
        "create",
        "handoff",
        "cloudshell",
        "connector",
        "test",
        "finish",
    )
    assert [page.step for page in SETUP if page.step] == list(range(1, GUIDE_STEPS + 1))
    assert all(page.title and page.short_title for page in SETUP)


@pytest.mark.parametrize(
    ("page", "waits", "words", "goes_on"),
    [
        (
            "welcome",
            replace(EMPTY, past=Past(resumable=SavedSession("details", FORM, None, frozenset()))),
            ("your choice: go on, or start anew", "resume"),
            EMPTY,
        ),
        ("details", EMPTY, ("the AWS account ID", "account_id"), READY),
        (
            "method",
            READY,
            ("your choice", "method"),
            replace(READY, creation=Creation(Method.CREATE)),
        ),
        (
            "role",
            replace(READY, creation=Creation(Method.CONSOLE)),
            ("tick “I have done this” once it is saved", "done"),
            replace(READY, creation=Creation(Method.CONSOLE, frozenset({"role"}))),
        ),
        (
            "trust",
            replace(READY, creation=Creation(Method.CONSOLE, frozenset({"role"}))),
            ("tick “I have done this” once it is saved", "done"),
            replace(READY, creation=Creation(Method.CONSOLE, frozenset({"role", "trust"}))),
        ),
        (
            "permissions",
            replace(READY, creation=Creation(Method.CONSOLE)),
            ("tick “I have done this” once it is saved", "done"),
            replace(READY, creation=Creation(Method.CONSOLE, frozenset({"permissions"}))),
        ),
        (
            "cloudshell",
            replace(READY, creation=Creation(Method.CLOUDSHELL)),
            ("what CloudShell printed", "block"),
            replace(READY, creation=Creation(Method.CLOUDSHELL, frozenset({"cloudshell"}))),
        ),
        (
            "sign-in",
            replace(READY, creation=Creation(Method.CREATE)),
            ("your AWS sign-in", "sign-in"),
            replace(READY, signed_in=signed_in(FakeCustomer())),
        ),
        (
            "create",
            READY,
            ("your AWS sign-in", "create"),
            replace(READY, signed_in=signed_in(FakeCustomer()), creation=Creation(run=FINISHED)),
        ),
        (
            "create",
            replace(READY, signed_in=signed_in(FakeCustomer())),
            ("your AWS account to be read", "create"),
            replace(READY, creation=Creation(run=FINISHED)),
        ),
        (
            "create",
            replace(READY, practice=True),
            ("your AWS account to be read", "create"),
            replace(READY, practice=True, creation=Creation(run=FINISHED)),
        ),
        (
            "create",
            replace(READY, creation=Creation(run=replace(FINISHED, finished=False))),
            ("the changes in AWS", "create"),
            replace(READY, creation=Creation(run=FINISHED)),
        ),
        (
            "create",
            replace(
                READY,
                creation=Creation(
                    run=replace(FINISHED, review=reviewed(PLAIN, untouched(PLAIN), STUCK))
                ),
            ),
            ("the obstacles on this page to be removed", "create"),
            replace(READY, creation=Creation(run=FINISHED)),
        ),
        (
            "connector",
            READY,
            ("your tick, once the connector is saved", "done"),
            replace(READY, creation=Creation(done=frozenset({"connector"}))),
        ),
        (
            "test",
            READY,
            ("a successful test", "test"),
            replace(READY, connection=Connection(result=PASSED)),
        ),
        (
            "test",
            replace(READY, connection=Connection(result=FAILED)),
            ("a successful test", "test"),
            replace(
                READY,
                connection=Connection(in_ubiquity=UbiquityAnswer(ToldAnswer.SUCCESS)),
            ),
        ),
        (
            "test",
            replace(
                READY,
                connection=Connection(in_ubiquity=UbiquityAnswer(ToldAnswer.ASSUME)),
            ),
            ("a successful test", "test"),
            replace(READY, connection=Connection(result=PASSED)),
        ),
        (
            "test",
            replace(READY, connection=Connection(result=replace(PASSED, finished=False))),
            ("a successful test", "test"),
            replace(READY, connection=Connection(result=PASSED)),
        ),
    ],
)
def test_what_next_waits_for(
    page: str, waits: SetupState, words: tuple[str, str], goes_on: SetupState
) -> None:
    assert waiting(waits, page) == words
    assert waiting(goes_on, page) is None


def test_the_last_page_waits_for_nothing() -> None:
    assert waiting(EMPTY, "finish") is None


TWO: Final = replace(FORM, buckets=(*FORM.buckets, BucketForm("another", "us-east-1")))


@pytest.mark.parametrize(
    ("form", "words", "focus"),
    [
        (DetailsForm(), "the AWS account ID", "account_id"),
        (FORM.with_text("account_id", "12"), "the AWS account ID", "account_id"),
        (FORM.with_text("database_id", ""), "the UbiQuity Account ID", "database_id"),
        (FORM.with_text("buckets[0].name", "x"), "the bucket’s name", "buckets[0].name"),
        (FORM.with_text("buckets[0].region", ""), "the bucket’s region", "buckets[0].region"),
        (FORM.with_text("buckets[0].prefix", "a\nb/"), "the prefix", "buckets[0].prefix"),
        (
            FORM.with_text("buckets[0].encryption", EncryptionChoice.CLIENT),
            "the encryption",
            "buckets[0].encryption",
        ),
        (
            FORM.with_text("buckets[0].encryption", EncryptionChoice.KMS),
            "the key’s ARN",
            "buckets[0].kms_key_arn",
        ),
        (TWO.with_text("buckets[1].name", ""), "the bucket’s name (bucket 2)", "buckets[1].name"),
        (
            TWO.with_text("buckets[0].region", ""),
            "the bucket’s region (bucket 1)",
            "buckets[0].region",
        ),
        (
            replace(TWO, buckets=(FORM.buckets[0], FORM.buckets[0])),
            "the prefix (bucket 2)",
            "buckets[1].prefix",
        ),
        (
            replace(
                FORM, buckets=tuple(BucketForm(f"bucket-{n:03}", "us-east-1") for n in range(200))
            ),
            "the list of buckets",
            "buckets",
        ),
    ],
)
def test_the_details_name_the_first_field_that_waits(
    form: DetailsForm, words: str, focus: str
) -> None:
    waits = details_wait(check_details(form, {}))
    assert waits is not None
    assert (waits.text, waits.focus) == (words, focus)
    assert details_wait(check_details(FORM, {})) is None


def test_a_warning_holds_nobody_up() -> None:
    check = check_details(form_of(ENCRYPTED).with_text("database_id", EXAMPLE_DATABASE_ID), {})
    assert any(p.severity is Severity.WARNING for p in check.problems("database_id"))
    assert details_wait(check) is None


def test_an_unusual_database_id_is_asked_for_once() -> None:
    details = Details.of(form_of(ENCRYPTED), {})
    asked = edited(details, "database_id", "unusual", {})
    assert details_wait(asked.check) == Waiting("the UbiQuity Account ID", "database_id")
    offer = asked.check.fields["database_id"].offer
    assert offer is not None
    kept = taken(asked, "database_id", offer.value, {})
    assert details_wait(kept.check) is None
    assert kept.check.draft is not None
    assert kept.check.draft.database_id == "unusual"
    # Another one is another question, and so is the same once it was typed anew.
    assert details_wait(edited(kept, "database_id", "unusual2", {}).check) is not None


def test_every_field_that_can_wait_has_a_name() -> None:
    asked = {name.rpartition(".")[2] for name in check_details(form_of(ENCRYPTED), {}).fields}
    assert asked < set(FIELD_NAMES)


WAYS: Final = {
    None: (),
    Method.CREATE: ("sign-in", "create"),
    Method.CONSOLE: ("role", "trust", "permissions"),
    Method.HANDOFF: ("handoff",),
    Method.CLOUDSHELL: ("cloudshell",),
}


@pytest.mark.parametrize("method", WAYS)
def test_each_way_has_pages_of_its_own(method: Method | None) -> None:
    ids = [page.id for page in shown_pages(replace(READY, creation=Creation(method)))]
    own = {page for pages in WAYS.values() for page in pages}
    assert ids == [page for page in EVERY_PAGE if page not in own or page in WAYS[method]]


def test_the_practice_aws_asks_for_no_sign_in() -> None:
    practising = replace(READY, practice=True, creation=Creation(Method.CREATE))
    assert "sign-in" not in [page.id for page in shown_pages(practising)]


@pytest.mark.parametrize(
    ("state", "last"),
    [
        (EMPTY, "method"),
        (replace(EMPTY, creation=Creation(Method.CONSOLE)), "details"),
        (READY, "method"),
        (replace(READY, creation=Creation(Method.CONSOLE)), "role"),
        (
            replace(READY, creation=Creation(Method.CONSOLE, frozenset({"role"}))),
            "trust",
        ),
        (replace(READY, creation=Creation(Method.CREATE)), "sign-in"),
        (
            replace(READY, creation=Creation(Method.CREATE), signed_in=signed_in(FakeCustomer())),
            "create",
        ),
        (replace(READY, practice=True, creation=Creation(Method.CREATE)), "create"),
        (replace(READY, creation=Creation(Method.HANDOFF)), "connector"),
        (
            replace(READY, creation=Creation(Method.HANDOFF, frozenset({"connector"}))),
            "test",
        ),
        (
            replace(
                READY,
                creation=Creation(Method.HANDOFF, frozenset({"connector"})),
                connection=Connection(result=PASSED),
            ),
            "finish",
        ),
        # Gone to on purpose, without a successful test.
        (
            replace(
                READY,
                page="finish",
                creation=Creation(Method.HANDOFF, frozenset({"connector"})),
            ),
            "finish",
        ),
    ],
)
def test_how_far_one_can_go(state: SetupState, last: str) -> None:
    shown = [page.id for page in shown_pages(state)]
    assert reachable(state) == tuple(shown[: shown.index(last) + 1])


# What a page is called

MENDED: Final = Run(reviewed(PLAIN, whole(PLAIN), Plan(plan(PLAIN, untouched(PLAIN)).changes[1:])))
CREATED: Final = Run(reviewed(PLAIN, untouched(PLAIN), plan(PLAIN, untouched(PLAIN))))


def _create(run: Run | None = None, **more: object) -> SetupState:
    return replace(READY, page="create", creation=Creation(Method.CREATE, run=run), **more)  # type: ignore[arg-type]


def _revoke(way: Revoking, run: Run | None = None, **more: object) -> SetupState:
    there = replace(READY, flow=Flow.REVOKE, page="revoke", revocation=Revocation(way, run))
    return replace(there, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "title", "short"),
    [
        (_create(), "Review and create", "Review and create"),
        (_create(CREATED), "Review and create", "Review and create"),
        (_create(MENDED), "Review and mend", "Review and mend"),
        (_create(mending=True), "Review and mend", "Review and mend"),
        (_create(CREATED, confirming="undo"), "Undo these changes", "Undo"),
        (_create(CREATED, confirming="remakeRole"), "Review and create", "Review and create"),
        (_create(replace(CREATED, undoing=True)), "Undo these changes", "Undo"),
        (_create(replace(MENDED, undone=True), mending=True), "Undo these changes", "Undo"),
        (_revoke(Revoking.DELETE_ROLE), "Review and revoke", "Review and revoke"),
        (_revoke(Revoking.CHANGE_TRUST, confirming="undo-revoke"), "Undo these changes", "Undo"),
        (
            _revoke(Revoking.CHANGE_TRUST, replace(CREATED, undone=True)),
            "Undo these changes",
            "Undo",
        ),
        (_revoke(Revoking.UNDO), "Undo what this program did last", "Undo"),
    ],
)
def test_a_page_is_called_after_what_is_done_on_it(
    state: SetupState, title: str, short: str
) -> None:
    called = page_of(state).called(state)
    assert (called.title, called.short_title) == (title, short)
