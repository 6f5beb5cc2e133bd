"""Whatever the keys, the cuts and the troubles: a count is exact, to the key."""

import random
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.aws.counting.course import RequestFailure
from tests.aws.counting.model import Drive, ModelBucket, Outcome

CHARACTERS = "/.%+ aAbz019\x01\x7f\x80é中\ud7ff\ue000\uffff\U00010000\U0010ffff"
NUMBERED = (
    *(f"in/{number:04}" for number in range(300)),
    *(f"in/{number // 9}/{number // 3 % 3}/{number}" for number in range(100)),
)


def _dense(characters: str, seed: int) -> set[str]:
    """Return some hundred of all short keys of few characters: their ends are one another's."""
    order = random.Random(seed)  # noqa: S311
    every = ("".join(key) for length in (1, 2, 3, 4) for key in product(characters, repeat=length))
    return {key for key in every if order.random() < 0.4}


DENSE = st.builds(_dense, st.sampled_from(["/1a", "01:2", "a中\U0010ffff"]), st.integers(0, 10**6))
SPARSE = st.sets(st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=5), max_size=60)
BUCKETS = st.one_of(DENSE, SPARSE, st.sets(st.sampled_from(NUMBERED), min_size=50, max_size=200))
OUTCOMES = st.one_of(
    st.sampled_from([0, 0, 0, 1, 2, 10**9]), st.sampled_from(list(RequestFailure))
)  # 10**9 keys fewer: a page without keys that leads on
ORDER = random.Random(1)  # noqa: S311


@settings(max_examples=150)
@given(
    BUCKETS,
    st.sampled_from(["", "in/", "in", "1", "a", "a\U0010ffff", "中", "nothing"]),
    st.integers(1, 7),
    st.lists(OUTCOMES, max_size=30),
    st.randoms(use_true_random=False),
)
@example({"\U0010ffff", "\U0010ffff\U0010ffff", "\ue000", "\uffff"}, "", 1, [], ORDER)
def test_a_count_is_exact(
    keys: set[str], prefix: str, page_size: int, outcomes: list[Outcome], order: random.Random
) -> None:
    bucket = ModelBucket(keys, dict.fromkeys((key for key in keys if len(key) % 2), 0))
    there = bucket.under(prefix)
    come = iter(outcomes)
    drive = Drive(bucket, prefix, page_size)
    course = drive.run(lambda: next(come, 0), order.randrange)
    assert course.ranges.keys == len(there)
    markers = [key for key in there if key.endswith("/") and len(key) % 2]
    assert course.ranges.markers == len(markers)
    # Nothing outside the prefix is asked for.
    assert all(sent.ask.after.startswith(prefix) or not sent.ask.after for sent in drive.asked)
