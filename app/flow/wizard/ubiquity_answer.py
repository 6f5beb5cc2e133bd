"""What UbiQuity's own Test Connection answered, as the state keeps it."""

import dataclasses
from datetime import datetime

from app.core.told.answer import ToldAnswer


@dataclasses.dataclass(frozen=True, slots=True)
class UbiquityAnswer:
    """What UbiQuity's own Test Connection answered, as the person tells it.

    ``files`` is how many it said that it found, where its sentence was pasted.
    """

    told: ToldAnswer
    files: int | None = None
    at: datetime | None = dataclasses.field(default=None, compare=False)
    """When it was told (UTC): UbiQuity may have been seen since."""

    @property
    def worked(self) -> bool:
        """Whether it answered "Connection successful"."""
        return self.told is ToldAnswer.SUCCESS
