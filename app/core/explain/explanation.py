"""One possible cause of a pasted error."""

from collections.abc import Mapping

from app.core.frozen import field, frozen
from app.core.report import Evidence, Finding


@frozen
class Explanation:
    """A code of the catalogue that fits an error, with what the error itself tells."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    bucket: str | None = None

    @property
    def finding(self) -> Finding:
        """The finding that it comes to; it has only those values that the error tells."""
        return Finding(self.code, Evidence.OBSERVED, self.bucket, self.params)


def each(*codes: str, bucket: str | None = None) -> tuple[Explanation, ...]:
    """Return an explanation for each of ``codes`` of which nothing more is known."""
    return tuple(Explanation(code, bucket=bucket) for code in codes)
