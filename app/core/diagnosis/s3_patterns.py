"""S3's resource patterns in policies, taken apart into bucket and object.

Source: Service Authorization Reference, "Resource types defined by Amazon S3".
"""

from collections.abc import Iterable
from typing import Final

from app.core.frozen import frozen
from app.core.guide import PLACEHOLDER_BUCKETS
from app.core.iam.patterns import Glob
from app.core.iam.truth import Truth
from app.core.likeness import differ_by_at_most, letters

_ARN: Final = "arn:aws:s3:::"
_FEW: Final = 2
"""How many letters a mistyped name may be off."""


@frozen
class S3Pattern:
    """A resource as the policy writes it; ``key`` is None where no ``/`` follows the bucket."""

    text: str
    bucket: str
    key: str | None

    def is_of(self, bucket: str) -> bool:
        """Tell whether the pattern's bucket is ``bucket``."""
        return Glob.of(self.bucket).match(bucket) is Truth.TRUE

    @property
    def is_placeholder(self) -> bool:
        """Whether one of the guide's placeholders was left in."""
        return self.bucket.strip("<>{}$").upper().replace("-", "_") in _PLACEHOLDERS


_PLACEHOLDERS: Final = frozenset(name.upper().replace("-", "_") for name in PLACEHOLDER_BUCKETS)


def s3_patterns(texts: Iterable[str]) -> tuple[S3Pattern, ...]:
    """Take the resources ``texts`` apart; one that is no S3 ARN of AWS is its own bucket."""
    return tuple(_pattern(text) for text in texts)


def _pattern(text: str) -> S3Pattern:
    if not text.startswith(_ARN):
        return S3Pattern(text, text, None)
    bucket, slash, key = text.removeprefix(_ARN).partition("/")
    return S3Pattern(text, bucket, key if slash else None)


def is_near(name: str, bucket: str) -> bool:
    """Tell whether a bucket's name is probably a mistyped ``bucket``."""
    one, other = letters(name), letters(bucket)
    return one == other or differ_by_at_most(_FEW, one, other)
