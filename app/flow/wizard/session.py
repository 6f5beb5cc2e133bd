"""What outlives the program: the details, the chosen way and the ticks. Never a credential.

The file is the program's own (``ubiquity-s3-setup/session``); it lets a person go on after a
crash or a closed window.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from app.core.documents.document_text import document_text
from app.core.fields.form import BucketForm, DetailsForm, EncryptionChoice
from app.core.formats.reading import FormatError, read_file
from app.core.formats.versions import migrated
from app.core.i18n import tr
from app.flow.wizard.pages import DETAILS_PAGE, SETUP
from app.flow.wizard.state import Flow, Method, SavedSession
from app.flow.wizard.ticks import SHOWN

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.formats.reading import InputProblem, JsonObject
    from app.core.formats.versions import Migrations
    from app.flow.wizard.state import SetupState

FORMAT: Final = "ubiquity-s3-setup/session"
VERSION: Final = 1
STEPS: Final["Migrations"] = {}
"""What leads from each older version to the next."""

_BUCKET_TEXTS: Final = ("name", "region", "prefix", "kms_key_arn")


def saved(state: "SetupState") -> SavedSession:
    """Return the part of ``state`` that outlives the program.

    A secret key that was pasted into a field by mistake is left out.
    """
    from app.core.pasted.credentials import holds_credentials  # nothing is typed at the start

    form = state.details.form
    for name in _text_fields(form):
        if holds_credentials(form.text_of(name)) or _is_refused_as_secret(state, name):
            form = form.with_text(name, "")
    # Only the set-up is gone on with; what is typed serves the other flows as well.
    page = state.page if state.flow is Flow.SETUP else DETAILS_PAGE.id
    creation = state.creation
    return SavedSession(page, form, creation.method, creation.done, creation.ticks)


def holds_work(state: "SetupState") -> bool:
    """Tell whether something was typed or chosen, now or at an earlier start."""
    now = saved(state).worth_resuming or bool(state.error_text)
    return now or state.past.resumable is not None


def _text_fields(form: DetailsForm) -> Iterator[str]:
    yield from ("account_id", "database_id")
    for index in range(len(form.buckets)):
        yield from (f"buckets[{index}].{key}" for key in _BUCKET_TEXTS)


def _is_refused_as_secret(state: "SetupState", name: str) -> bool:
    from app.core.fields.secret import SECRETS

    checked = state.details.check.fields.get(name)
    return checked is not None and any(problem.code in SECRETS for problem in checked.problems)


def dump_session(session: SavedSession) -> str:
    """Return the text of the session's file."""
    from app.core.formats.draft_json import draft_to_json

    form = session.details
    return document_text(
        {
            "format": FORMAT,
            "version": VERSION,
            "page": session.page,
            "method": session.method,
            "done": sorted(session.done),
            "done_for": {page: draft_to_json(for_) for page, for_ in session.ticks.items()},
            "account_id": form.account_id,
            "database_id": form.database_id,
            "database_id_confirmed": form.is_id_confirmed,
            "buckets": [
                {
                    "name": bucket.name,
                    "region": bucket.region,
                    "prefix": bucket.prefix,
                    "restrict_to_prefix": bucket.restrict_to_prefix,
                    "encryption": bucket.encryption,
                    "kms_key_arn": bucket.kms_key_arn,
                }
                for bucket in form.buckets
            ],
        }
    )


def read_session(text: str, source: str) -> "SavedSession | InputProblem":
    """Read a session's file; ``source`` names it in the problem's sentence."""
    return read_file(text, source, _session)


def _session(top: "JsonObject") -> SavedSession:
    top = migrated(top, FORMAT, VERSION, STEPS)
    method = top.optional_text("method")
    buckets = tuple(_bucket(place) for place in top.items("buckets", required=True))
    if not buckets:
        raise FormatError(tr("“buckets” should hold at least one bucket, and is empty."))
    database_id = top.text("database_id")
    confirmed_id = database_id if top.truth("database_id_confirmed", default=False) else ""
    form = DetailsForm(top.text("account_id"), database_id, buckets, confirmed_id)
    return SavedSession(
        page=top.choice("page", tuple(page.id for page in SETUP)),
        details=form,
        method=Method(top.choice("method", tuple(Method))) if method else None,
        done=frozenset(top.texts("done")),
        ticks=_ticks(top.optional_place("done_for")),
    )


def _ticks(place: "JsonObject | None") -> Mapping[str, "Draft"]:
    """Return what each page was done for; a page that this version doesn't know is passed over."""
    from app.core.formats.draft_json import draft_of

    pages = [page for page in place.fields if page in SHOWN] if place else []
    return {page: draft_of(place.place(page)).draft for page in pages} if place else {}


def _bucket(place: "JsonObject") -> BucketForm:
    return BucketForm(
        name=place.text("name"),
        region=place.text("region"),
        prefix=place.text("prefix"),
        restrict_to_prefix=place.truth("restrict_to_prefix"),
        encryption=EncryptionChoice(place.choice("encryption", tuple(EncryptionChoice))),
        kms_key_arn=place.text("kms_key_arn"),
    )
