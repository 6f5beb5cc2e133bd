"""A bucket to practise choosing a folder in: more folders than AWS lists at once, and odd names.

It is filled when it is first listed, since nothing else needs what is in it.
"""

from collections.abc import Iterator
from typing import Final

from moto.s3.models import FakeBucket, s3_backends

from app.practice.account import MANY_FOLDERS, file_contents

_CUSTOMERS: Final = 1040
"""AWS lists at most 1,000 at once."""

_ODD: Final = (
    "archive/2025/contacts.csv",
    "archive/2026/contacts.csv",
    "With spaces in it/contacts.csv",
    "Clientes de España/contacts.csv",
    "日本/contacts.csv",
    "100% done/contacts.csv",
    "a+b/contacts.csv",
    "%41/contacts.csv",
    "//contacts.csv",
    "/begins with a slash/contacts.csv",
    " begins with a space/contacts.csv",
    "has a\x07bell in it/contacts.csv",
    "readme.txt",
)


def fill(bucket: FakeBucket) -> None:
    """Put the files into ``bucket``, where it is this one and has none yet."""
    if bucket.name != MANY_FOLDERS.name or bucket.keys:
        return
    store = s3_backends[bucket.account_id]["aws"]
    for name in _files():
        store.put_object(bucket.name, name, file_contents(name))


def _files() -> Iterator[str]:
    yield from _ODD
    for number in range(1, _CUSTOMERS + 1):
        yield f"customers/customer-{number:04d}/contacts.csv"
