"""Rules over several buckets of one draft, each of them right by itself.

Sources: formats.md, "The draft" (UbiQuity has one connector for each bucket and prefix); Amazon
S3 User Guide, "Namespaces for general purpose buckets" (one region for each name) and "Setting
default server-side encryption behavior" (one default key for each bucket).
"""

from collections.abc import Iterator, Sequence

from app.core.draft import BucketEntry
from app.core.problem import Problem, error, warning


def check_buckets(entries: Sequence[BucketEntry]) -> tuple[Problem, ...]:
    """Return what is wrong between the buckets of ``entries``, said at the later of two lines.

    An error: no bucket at all, the same bucket and prefix twice, one bucket in two regions. A
    warning: one bucket with different keys, and a folder limit that another line undoes.
    """
    if not entries:
        return (error("buckets", "buckets.none"),)
    problems: list[Problem] = []
    for index, entry in enumerate(entries):
        earlier = [other for other in entries[:index] if other.name == entry.name]
        problems += _against(entry, earlier, f"buckets[{index}]")
        problems += _limit_undone(entry, entries, f"buckets[{index}]")
    return tuple(problems)


def _against(entry: BucketEntry, earlier: Sequence[BucketEntry], at: str) -> Iterator[Problem]:
    """Compare ``entry`` with the earlier lines of the same bucket."""
    if any(other.prefix == entry.prefix for other in earlier):
        code = "buckets.twice-prefix" if entry.prefix else "buckets.twice"
        yield error(f"{at}.prefix", code, bucket=entry.name, prefix=entry.prefix)
    other_region = next((o.region for o in earlier if o.region != entry.region), None)
    if other_region is not None:
        yield error(
            f"{at}.region",
            "buckets.two-regions",
            bucket=entry.name,
            region=entry.region,
            other=other_region,
        )
    if any(other.kms_key_arn != entry.kms_key_arn for other in earlier):
        yield warning(f"{at}.kms_key_arn", "buckets.two-keys", bucket=entry.name)


def _limit_undone(entry: BucketEntry, entries: Sequence[BucketEntry], at: str) -> Iterator[Problem]:
    """Warn where another line of the same bucket opens the folder that this one is limited to."""
    if entry.restrict_to_prefix and any(
        other.name == entry.name and not other.restrict_to_prefix for other in entries
    ):
        yield warning(f"{at}.prefix", "buckets.limit-undone", bucket=entry.name)
