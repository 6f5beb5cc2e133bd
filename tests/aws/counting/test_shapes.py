"""Whatever the shape of a bucket, its keys are listed side by side, for few requests more."""

import random
from collections.abc import Callable, Iterable
from uuid import UUID

import pytest

from app.aws.counting.course import CountUnderWay
from app.aws.counting.key_ranges import KeyRanges
from tests.aws.counting.model import ModelBucket

PAGE = 10
KEYS = 4000
SEED = random.Random(7)  # noqa: S311


def _some(characters: str, length: int) -> Iterable[str]:
    return ("".join(SEED.choices(characters, k=length)) for _ in range(KEYS))


SHAPES: dict[str, Callable[[], Iterable[str]]] = {
    "flat": lambda: (f"in/export-{number:09}.csv" for number in range(KEYS)),
    "deep": lambda: (
        f"in/20{number // 1500}/{number // 125 % 12 + 1:02}/{number // 5 % 28}/{number}.csv"
        for number in range(KEYS)
    ),
    "one folder with nearly all": lambda: (
        f"in/{'m' if number > 200 else chr(97 + number % 26)}/{number:x}" for number in range(KEYS)
    ),
    "ids": lambda: (f"in/{UUID(int=SEED.getrandbits(128))}" for _ in range(KEYS)),
    "long names that differ at the end": lambda: (
        f"in/{'x' * 900}{number:05}" for number in range(KEYS)
    ),
    "letters and digits": lambda: _some("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ0123456789", 9),
    "one letter": lambda: _some("ab", 40),
    "three scripts": lambda: _some("äößéñабвгдежзий中文字符集合同年月日", 8),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_bucket_is_listed_side_by_side(shape: str) -> None:
    bucket = ModelBucket(SHAPES[shape]())
    pages = len(bucket.names) / PAGE
    course, rounds = CountUnderWay(KeyRanges(""), random.Random(1)), 0  # noqa: S311
    while not course.is_done:
        under_way = list(iter(lambda: course.next(0), None))
        rounds += 1
        for sent in under_way:
            ask = sent.ask
            most = min(PAGE, ask.max_keys)
            course.answered(sent, bucket.page("", ask.after, ask.token, most))
    assert course.ranges.keys == len(bucket.names)
    assert rounds < pages / 6
    assert course.requests < 2.5 * pages
