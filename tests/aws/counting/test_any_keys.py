"""Whatever the keys, the cuts and the troubles: a count is exact, to the key."""

import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.aws.counting.course import Trouble
from tests.aws.counting.model import Drive, ModelBucket, Outcome

CHARACTERS = "/.%+ aAbz019\x01\x7f\x80é中\ud7ff\ue000\uffff\U00010000\U0010ffff"
KEYS = st.one_of(
    st.text(st.sampled_from("/a1"), min_size=1, max_size=6),
    st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=5),
    st.integers(0, 400).map("in/{:04}".format),
    st.integers(0, 400).map(lambda number: f"in/{number // 9}/{number // 3 % 3}/{number}"),
)
OUTCOMES = st.one_of(
    st.sampled_from([0, 0, 0, 1, 2, 10**9]), st.sampled_from(list(Trouble))
)  # 10**9 keys fewer: a page without keys that leads on
ORDER = random.Random(1)  # noqa: S311
BUCKETS = st.sets(KEYS, max_size=150)


@settings(max_examples=150)
@given(
    BUCKETS,
    st.sampled_from(["", "in/", "in", "i", "/", "a", "中", "\U0010ffff", "nothing"]),
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
