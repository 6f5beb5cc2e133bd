"""A support bundle that was opened. Its file is read and written in ``formats.bundle_json``."""

from collections.abc import Mapping
from datetime import datetime

from app.core.draft import Draft
from app.core.frozen import frozen, replace
from app.core.report import Report
from app.core.snapshot import Snapshot


@frozen
class CarriedReport:
    """What the customer was told: the verdict and each finding's code, in their order."""

    verdict: str
    codes: tuple[str, ...] = ()


@frozen
class Bundle:
    """A bundle. ``source`` names its file; ``texts`` are the files in it by name.

    ``draft``, ``snapshot`` and ``report`` are None where they were left out, or never there.
    ``masked`` tells that pseudonyms stand in the place of the UbiQuity Account ID. ``left_out``
    are the files that whoever saved it did not want in it. ``masked_id`` is the pseudonym of the
    UbiQuity Account ID, where it is masked and was known.
    """

    source: str
    saved_at: datetime
    masked: bool
    practice: bool
    left_out: tuple[str, ...]
    texts: Mapping[str, str]
    draft: Draft | None = None
    snapshot: Snapshot | None = None
    report: CarriedReport | None = None
    masked_id: str | None = None

    def comparable(self, draft: Draft) -> Draft:
        """Return ``draft`` as it can be compared with what is in the bundle.

        Where the ID is masked, its pseudonym stands in the place of the one in ``draft``.
        """
        if not self.masked or self.masked_id is None:
            return draft
        return replace(draft, database_id=self.masked_id)

    def told_the_same(self, report: Report) -> bool | None:
        """Tell whether the customer was told what ``report`` says; None where nobody knows."""
        if self.report is None:
            return None
        codes = tuple(finding.code for finding in report.findings)
        return (self.report.verdict, self.report.codes) == (report.verdict, codes)
