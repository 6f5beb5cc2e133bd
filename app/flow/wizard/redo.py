"""What is to be done again because the details have changed, and the words for it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from app.core.conventions import paragraph
from app.core.i18n import mark, ntr, tr
from app.core.wording.facts import listed
from app.flow.wizard.pages import HANDOFF_PAGE, shown_pages
from app.flow.wizard.ticks import Detail, changed_details

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.flow.wizard.pages import Page
    from app.flow.wizard.state import SetupState

_NAMES: Final[Mapping[Detail, str]] = {
    Detail.ACCOUNT: mark("the AWS account"),
    Detail.DATABASE: mark("the UbiQuity Account ID"),
    Detail.COUNT: mark("the list of buckets"),
    Detail.BUCKET: mark("the bucket"),
    Detail.REGION: mark("the region"),
    Detail.FOLDER: mark("the folder"),
    Detail.KEY: mark("the KMS key"),
}
_FIELDS: Final[Mapping[Detail, str]] = {
    Detail.ACCOUNT: "account_id",
    Detail.DATABASE: "database_id",
    Detail.COUNT: "buckets",
}
_KEYS: Final[Mapping[Detail, tuple[str, str]]] = {
    Detail.BUCKET: ("name", "name"),
    Detail.REGION: ("region", "region"),
    Detail.FOLDER: ("prefix", "prefix"),
    Detail.KEY: ("kms_key_arn", "encryption"),
}
"""Of an entry: its name in the draft, and the field of the form that is always there."""


def details_changed_since(state: "SetupState", page: "Page") -> tuple[Detail, ...]:
    """Return which details have changed since ``page`` was done, where it is to be done again."""
    ticked = state.creation.ticks.get(page.id)
    if ticked is None or state.draft is None:
        return ()
    # Nothing waits for what was sent: only what it was sent for tells whether it still serves.
    if page.waits(state) is None and page != HANDOFF_PAGE:
        return ()
    return changed_details(page.id, ticked, state.draft)


def to_do_again(state: "SetupState") -> Mapping["Page", tuple[Detail, ...]]:
    """Return the pages that are to be done again, each with what has changed since."""
    pages = ((page, details_changed_since(state, page)) for page in shown_pages(state))
    return {page: details for page, details in pages if details}


def again_sentences(state: "SetupState") -> tuple[str, ...]:
    """Return what is to be done again, and why: a sentence for each reason."""
    by_reason: dict[tuple[Detail, ...], list[Page]] = {}
    for page, details in to_do_again(state).items():
        by_reason.setdefault(details, []).append(page)
    return tuple(_sentence(pages, details) for details, pages in by_reason.items())


def again_by_field(state: "SetupState") -> Mapping[str, str]:
    """Return, for each field whose change makes something to be done again, what that is."""
    by_field: dict[str, list[Page]] = {}
    for page, details in to_do_again(state).items():
        for name in _fields_of(details, state.creation.ticks[page.id], state.draft):
            by_field.setdefault(name, []).append(page)
    return {name: _sentence(pages, ()) for name, pages in by_field.items()}


def why_again(details: Sequence[Detail]) -> str:
    """Return why a page is to be done again."""
    names = listed(tr(_NAMES[detail]) for detail in details)
    return tr("Changed since: {details}.").format(details=names)


def _sentence(pages: Sequence["Page"], details: Sequence[Detail]) -> str:
    why = why_again(details) if details else tr("This has changed.")
    words = ntr("{pages} is to be done again.", "{pages} are to be done again.", len(pages))
    return paragraph(words.format(pages=listed(_name(page) for page in pages)), why)


def _name(page: "Page") -> str:
    if page.step:
        return tr("Step {number}").format(number=page.step)
    return tr("“{title}”").format(title=tr(page.title))


def _fields_of(details: Sequence[Detail], before: "Draft", after: "Draft | None") -> Iterator[str]:
    """Yield the fields, as the draft names them, that these details have changed in."""
    for detail in details:
        if detail in _FIELDS:
            yield _FIELDS[detail]
            continue
        key, field = _KEYS[detail]
        for index, (old, new) in enumerate(
            zip(before.buckets, after.buckets if after else (), strict=False)
        ):
            if getattr(old, key) != getattr(new, key):
                yield f"buckets[{index}].{field}"
