"""A bucket to practise choosing a folder in: more folders than AWS lists at once, and odd names.

It is filled when it is first listed, since nothing else needs what is in it.
"""

from collections.abc import Iterator
from typing import Final

from moto.s3.models import FakeBucket, s3_backends

from app.practice.account import MANY_FOLDERS, file_contents

_CUSTOMERS: Final = 1040
"""AWS lists at most 1,000 at once."""

_OTHERS: Final = (
    "archive/2025/contacts.csv",
    "archive/2026/contacts.csv",
    "readme.txt",
)
_ODD: Final = (
    "with spaces in it",
    " begins with a space",
    "España",
    "日本",
    "100% done",
    "a+b",
    "%41",
    "",
    "has a\x07bell in it",
)
"""Names of folders that S3 allows, and that people stumble over."""


def fill(bucket: FakeBucket) -> None:
    """Put the files into ``bucket``, where it is this one and has none yet."""
    if bucket.name != MANY_FOLDERS.name or bucket.keys:
        return
    store = s3_backends[bucket.account_id]["aws"]
    for name in _files():
        store.put_object(bucket.name, name, file_contents(name))


def _files() -> Iterator[str]:
    yield from _OTHERS
    for name in _ODD:
        yield f"odd names/{name}/contacts.csv"
    for number in range(1, _CUSTOMERS + 1):
        yield f"customers/customer-{number:04d}/contacts.csv"
