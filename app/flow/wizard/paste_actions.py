"""A check without a sign-in: what was pasted is read and diagnosed beside the window."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.core.frozen import replace
from app.flow.checking import pasted_account
from app.flow.thinking import beside_the_window
from app.flow.wizard.paste_state import Pasted

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.iam.work import Work
    from app.core.pasted_documents.places import DocumentPlace
    from app.core.pasted_documents.wanted import Want
    from app.flow.checking import CheckedAccount
    from app.flow.clocks import Clock
    from app.flow.wizard.store import SetupStore


def _now() -> datetime:
    return datetime.now(UTC)


class PasteActions:
    """Takes what the person pastes, chooses and tells, and keeps what follows up to date.

    Each edit is in the state at once; ``follow`` works out what follows from it.
    """

    def __init__(self, store: "SetupStore", clock: "Clock" = _now) -> None:
        self._store = store
        self._clock = clock

    def open(self, *, on: bool) -> None:
        """Check by what is pasted, or by a sign-in again; what was pasted is kept."""
        if on != self._store.state.pasted.is_open:
            self._edit(replace(self._store.state.pasted, is_open=on, is_asked=False))

    def paste(self, text: str) -> None:
        """Take the whole text of the field."""
        if text != self._store.state.pasted.text:
            self._edit(self._store.state.pasted.with_text(text))

    def add(self, text: str) -> None:
        """Take one more text, after what is there."""
        before = self._store.state.pasted.text.rstrip()
        self.paste(f"{before}\n\n{text}" if before else text)

    def choose(self, mark: str, place: "DocumentPlace") -> None:
        """Take a document for something else than what it was taken for, or leave it out."""
        pasted = self._store.state.pasted
        self._edit(replace(pasted, chosen={**pasted.chosen, mark: place}))

    def tell(self, want: "Want", bucket: str, *, on: bool) -> None:
        """Take what the person says of a thing that they don't paste."""
        from app.core.pasted_documents.wanted import telling

        pasted = self._store.state.pasted
        self._edit(replace(pasted, told=telling(pasted.told, want, bucket, on=on)))

    def clear(self) -> None:
        """Forget all that was pasted, chosen and told."""
        self._edit(Pasted(is_open=self._store.state.pasted.is_open))

    def ask(self) -> None:
        """Want a report on what is pasted, now and after each further edit."""
        self._edit(replace(self._store.state.pasted, is_asked=True))

    def _edit(self, pasted: Pasted) -> None:
        """Put ``pasted`` in; a report on what was there before does not stand beside it."""
        self._store.change(
            lambda state: replace(
                state,
                pasted=pasted,
                failure=None,
                connection=state.connection.with_checked(None),
            )
        )

    async def follow(self) -> None:
        """Work out what is in the text, where it belongs, and the report where one is wanted.

        What is typed meanwhile is followed as well.
        """
        while not await self._follow(self._store.state.pasted, self._store.state.draft):
            pass

    async def _follow(self, pasted: Pasted, draft: "Draft | None") -> bool:
        """Put what follows into the state; False where that is another one by then."""
        followed, checked = await beside_the_window(
            lambda work: self._followed(pasted, draft, work)
        )
        now = self._store.state
        if now.pasted.put_in != pasted.put_in or now.draft != draft:
            return False
        connection = now.connection if checked is None else now.connection.with_checked(checked)
        known = replace(followed.with_followed(draft), is_open=now.pasted.is_open)
        self._store.change(lambda state: replace(state, pasted=known, connection=connection))
        return True

    def _followed(
        self, pasted: Pasted, draft: "Draft | None", work: "Work"
    ) -> tuple[Pasted, "CheckedAccount | None"]:
        if draft is None:
            return pasted, None
        from app.core.pasted_documents.as_snapshot import snapshot_of
        from app.core.pasted_documents.documents_in import documents_in
        from app.core.pasted_documents.places import placed
        from app.core.pasted_documents.wanted import wanted

        found = documents_in(pasted.text)
        documents = placed(draft, found, pasted.chosen)
        things = wanted(draft, documents, pasted.told)
        known = replace(pasted, found=found, placed=documents, wanted=things)
        if not pasted.is_asked or not any(one.is_used for one in documents):
            return known, None
        snapshot = snapshot_of(draft, documents, pasted.told, self._clock())
        return known, pasted_account(draft, snapshot, work)
