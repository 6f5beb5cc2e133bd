"""Reading what the account offers to choose from: its buckets, and a bucket's own key."""

from dataclasses import replace

from app.core.failure import AwsFailure
from app.core.fields.details import EncryptionChoice
from app.flow.wizard.state import Offers, SetupState
from app.flow.wizard.store import SetupStore


class OfferActions:
    """Fills ``state.offers``. A failure costs nothing but the list: the values are then typed."""

    def __init__(self, store: SetupStore) -> None:
        self._store = store

    async def look(self) -> None:
        """Read which buckets the signed-in account has."""
        signed_in = self._store.state.signed_in
        if signed_in is None:
            return
        answer = await signed_in.aws.offered_buckets()
        refused = answer if isinstance(answer, AwsFailure) else None
        buckets = () if isinstance(answer, AwsFailure) else answer
        offers = Offers(buckets, refused, read=True)
        if self._store.state.signed_in is signed_in:  # nobody else has signed in meanwhile
            self._store.change(lambda state: replace(state, offers=offers))

    async def learn_key(self, index: int) -> None:
        """Fill in the key of the bucket at ``index``, where nothing was said of its encryption."""
        signed_in, bucket = self._store.state.signed_in, _bucket(self._store.state, index)
        if signed_in is None or bucket is None or not bucket[1]:
            return
        key = await signed_in.aws.default_key(*bucket)
        form = self._store.state.details.form
        if not isinstance(key, str) or _bucket(self._store.state, index) != bucket:
            return
        if form.buckets[index].encryption is EncryptionChoice.DEFAULT:
            self._store.edit(f"buckets[{index}].encryption", EncryptionChoice.KMS)
            self._store.edit(f"buckets[{index}].kms_key_arn", key)


def _bucket(state: SetupState, index: int) -> tuple[str, str] | None:
    buckets = state.details.form.buckets
    return (buckets[index].name, buckets[index].region) if index < len(buckets) else None
