"""What outlives the program: everything that was typed, and no secret."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.core.fields.form import BucketForm, DetailsForm, EncryptionChoice, form_of
from app.core.formats.draft_json import draft_to_json
from app.core.formats.reading import InputProblem
from app.flow.wizard.pages import SETUP
from app.flow.wizard.session import dump_session, read_session, saved
from app.flow.wizard.state import Method, SavedSession
from app.flow.wizard.store import SetupStore
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, ENCRYPTED, KEY_ARN, PLAIN, REGION

SOURCE: Final = "session.json"
FORM: Final = form_of(ENCRYPTED)
SESSION: Final = SavedSession("trust", FORM, Method.CONSOLE, frozenset({"role", "trust"}))
FILE: Final[dict[str, Any]] = json.loads(dump_session(SESSION))


def read(text: str) -> SavedSession:
    session = read_session(text, SOURCE)
    assert isinstance(session, SavedSession), session
    return session


@pytest.mark.parametrize(
    "session",
    [
        SESSION,
        replace(SESSION, ticks={"role": ENCRYPTED, "trust": PLAIN, "connector": PLAIN}),
        SavedSession("welcome", DetailsForm(), None, frozenset()),
        SavedSession(
            "details",
            DetailsForm(
                " 12\n",
                "\u200b“x”",
                (BucketForm(), BucketForm("a", "b", "c", restrict_to_prefix=True)),
            ),
            Method.HANDOFF,
            frozenset(),
        ),
    ],
)
def test_what_was_saved_comes_back(session: SavedSession) -> None:
    assert read(dump_session(session)) == session


def test_it_is_a_file_of_its_own_format() -> None:
    assert FILE["format"] == "ubiquity-s3-setup/session"
    assert FILE["version"] == 1
    assert set(FILE["buckets"][0]) == set(BucketForm.__dataclass_fields__)
    assert FILE["done"] == ["role", "trust"]


def test_ticks_of_pages_that_are_no_more_are_passed_over() -> None:
    file = {**FILE, "done_for": {"role": draft_to_json(PLAIN), "dance": None}}
    assert read(json.dumps(file)).ticks == {"role": PLAIN}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"done_for": {"role": {}}}, "“done_for.role.format” is missing."),
        ({"format": "ubiquity-s3-setup/draft"}, "“format” should be"),
        (
            {"version": 2},
            (
                "this program reads version 1 of this file, and this is 2. "
                "Use the newest version of this program."
            ),
        ),
        ({"page": "nowhere"}, "“page” should be one of welcome, method,"),
        (
            {"method": "guess"},
            "“method” should be one of create, console, handoff, cloudshell, and is “guess”.",
        ),
        ({"done": "role"}, "“done” should be a list, and is text."),
        ({"account_id": None}, "“account_id” should be text, and is nothing (null)."),
        ({"buckets": []}, "“buckets” should hold at least one bucket, and is empty."),
        (
            {"buckets": [{**FILE["buckets"][0], "encryption": "rot13"}]},
            "“buckets[0].encryption” sh",
        ),
    ],
)
def test_a_file_that_is_not_right(fields: dict[str, object], said: str) -> None:
    problem = read_session(json.dumps({**FILE, **fields}), SOURCE)
    assert isinstance(problem, InputProblem)
    assert problem.text.startswith(f"{SOURCE}: {said}")
    assert read(json.dumps(FILE)) == SESSION


_OPTIONAL: Final = ("method", "done", "done_for", "database_id_confirmed")


@pytest.mark.parametrize("key", [key for key in FILE if key not in (*_OPTIONAL, "format")])
def test_a_missing_key(key: str) -> None:
    lacking = {name: value for name, value in FILE.items() if name != key}
    problem = read_session(json.dumps(lacking), SOURCE)
    assert isinstance(problem, InputProblem)
    assert problem.text == f"{SOURCE}: “{key}” is missing."


# No secret

# AWS's own published example keys.
SECRET: Final = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
PASTES: Final = (
    SECRET,
    f" {SECRET}\n",
    f"aws_secret_access_key = {SECRET}",
    f"[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}",
    f"AWS_SESSION_TOKEN={SECRET}",
)
FIELDS: Final = ("account_id", "database_id", "buckets[0].region", "buckets[0].kms_key_arn")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("paste", PASTES)
def test_a_secret_that_was_pasted_is_not_kept(field: str, paste: str) -> None:
    store = SetupStore(practice=False)
    store.fill(FORM)
    store.edit(field, paste)
    text = dump_session(saved(store.state))
    assert SECRET not in text
    assert "AKIA" not in text
    assert read(text).details == FORM.with_text(field, "")
    # The window itself still shows what was pasted, with its message.
    assert store.state.details.form.text_of(field) == paste


def test_a_secret_in_a_field_that_is_not_shown() -> None:
    store = SetupStore(practice=False)
    store.fill(form_of(PLAIN).with_text("buckets[0].kms_key_arn", SECRET))
    assert store.state.draft == PLAIN
    assert SECRET not in dump_session(saved(store.state))


def test_what_only_looks_like_a_secret_is_kept_where_it_is_right() -> None:
    folder = "Imports/2024/CustomerData/NewZealand/Cat"
    assert len(folder) == len(SECRET)
    store = SetupStore(practice=False)
    store.fill(form_of(PLAIN).with_text("buckets[0].prefix", folder))
    assert saved(store.state).details.buckets[0].prefix == folder


# Whatever is done before it, a crash costs nothing that was typed.

PASTED: Final = (
    ACCOUNT,
    f" {ACCOUNT}",
    DATABASE_ID,
    BUCKET,
    f"s3://{BUCKET}/imports/",
    REGION,
    "Sydney",
    "imports/",
    "imports",
    KEY_ARN,
    "\ud83d",
)
TYPED: Final = st.text(max_size=6) | st.sampled_from(PASTED)
TEXT_KEYS: Final = ("name", "region", "prefix", "kms_key_arn")
BUCKETS: Final = st.integers(0, 2)


class AnyEdits(RuleBasedStateMachine):
    """Edits and steps in any order, crashes and new starts between them."""

    def __init__(self) -> None:
        super().__init__()
        self.store = SetupStore(practice=False)

    def on(self, page: str) -> bool:
        """Go to a page, as far as the way is open."""
        self.store.go_to(page)
        return self.store.state.page == page

    def name(self, draw: int, key: str) -> str:
        return f"buckets[{draw % len(self.store.state.details.form.buckets)}].{key}"

    @rule(field=st.sampled_from(["account_id", "database_id"]), text=TYPED)
    def type_into_the_form(self, field: str, text: str) -> None:
        if self.on("details"):
            self.store.edit(field, text)
            self.store.leave(field)

    @rule(bucket=BUCKETS, key=st.sampled_from(TEXT_KEYS), text=TYPED, leave=st.booleans())
    def type_into_a_bucket(self, bucket: int, key: str, text: str, leave: bool) -> None:
        if self.on("details"):
            self.store.edit(self.name(bucket, key), text)
            if leave:
                self.store.leave(self.name(bucket, key))

    @rule(bucket=BUCKETS, choice=st.sampled_from(EncryptionChoice), limited=st.booleans())
    def choose_in_a_bucket(self, bucket: int, choice: EncryptionChoice, limited: bool) -> None:
        if self.on("details"):
            self.store.edit(self.name(bucket, "encryption"), choice)
            place = bucket % len(self.store.state.details.form.buckets)
            self.store.restrict_to_prefix(place, on=limited)

    @rule(bucket=BUCKETS, more=st.booleans())
    def add_or_remove_a_bucket(self, bucket: int, more: bool) -> None:
        if self.on("details"):
            self.store.add_bucket() if more else self.store.remove_bucket(bucket)

    @rule()
    def fill_in(self) -> None:
        if self.on("details"):
            self.store.fill(form_of(PLAIN))

    @rule(method=st.sampled_from(Method))
    def choose(self, method: Method) -> None:
        if self.on("method"):
            self.store.choose_method(method)

    @rule(page=st.sampled_from(["role", "trust", "permissions", "connector"]), done=st.booleans())
    def tick(self, page: str, done: bool) -> None:
        if self.on(page):
            self.store.tick(page, done=done)

    @rule(forward=st.booleans())
    def walk(self, forward: bool) -> None:
        self.store.next() if forward else self.store.back()

    @precondition(lambda self: saved(self.store.state).worth_resuming)
    @rule()
    def crash_and_go_on(self) -> None:
        before = self.store.state
        self.store = SetupStore(practice=False)
        self.store.offer_resuming(read(dump_session(saved(before))))
        self.store.resume()
        after = self.store.state
        assert after.details.form == before.details.form
        assert after.draft == before.draft
        assert after.creation.method is before.creation.method
        assert after.creation.done == before.creation.done
        assert after.page == before.page

    @invariant()
    def what_is_saved_is_read(self) -> None:
        session = saved(self.store.state)
        assert read(dump_session(session)) == session


TestAnyEdits = AnyEdits.TestCase
TestAnyEdits.settings = settings(max_examples=40, stateful_step_count=25)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.sampled_from(sorted(FILE)), JSON)
def test_any_value_anywhere(key: str, value: object) -> None:
    answer = read_session(json.dumps({**FILE, key: value}), SOURCE)
    if isinstance(answer, SavedSession):
        assert read(dump_session(answer)) == answer
    else:
        assert answer.text.startswith(f"{SOURCE}: ")


@pytest.mark.parametrize("page", [page.id for page in SETUP])
def test_every_page_can_be_saved(page: str) -> None:
    assert read(dump_session(replace(SESSION, page=page))).page == page


@pytest.mark.parametrize(
    "change",
    [
        lambda s: replace(s, details=DetailsForm(database_id="x")),
        lambda s: replace(s, method=Method.CONSOLE),
    ],
)
def test_worth_resuming(change: Callable[[SavedSession], SavedSession]) -> None:
    nothing = SavedSession("details", DetailsForm(), None, frozenset({"role"}))
    assert not nothing.worth_resuming
    assert not replace(nothing, method=Method.CREATE).worth_resuming  # proposed, not chosen
    assert change(nothing).worth_resuming
