"""What is read of a page, and what is no page."""

import pytest

from app.aws.counting.page_reader import UnreadablePageError, read_page
from tests.aws.hostile_server import BOMB, PAGE, XHTML
from tests.helpers.listing_server import NAMESPACE, Bucket

KEYS = ("in/", "in/a+b", "in/ä b", "in/\x01", "in/folder/", "in/z")


def _page(**asked: str) -> bytes:
    empty = ("in/", "in/folder/", "in/z")
    return Bucket.of(KEYS, empty).page({"list-type": "2", "encoding-type": "url", **asked})


def test_a_page_is_read() -> None:
    page = read_page(_page())
    assert (page.count, page.markers, page.first, page.last) == (6, 2, "in/", "in/ä b")
    assert (page.truncated, page.token) == (False, None)
    assert page.up_to("in/folder") == (3, 1)
    assert page.up_to("in/folder/") == (4, 2)


def test_it_goes_on() -> None:
    page = read_page(_page(**{"max-keys": "2"}))
    assert (page.count, page.last, page.truncated) == (2, "in/\x01", True)
    assert page.token


def test_it_has_nothing() -> None:
    page = read_page(_page(prefix="out/"))
    assert (page.count, page.first, page.last, page.truncated) == (0, "", "", False)


def test_keys_that_are_not_encoded_are_taken_as_they_are() -> None:
    page = read_page(_page(**{"encoding-type": "", "start-after": "in/\x01"}))
    assert (page.first, page.last) == ("in/a+b", "in/ä b")


def test_some_write_no_namespace() -> None:
    page = read_page(_page().replace(f' xmlns="{NAMESPACE}"'.encode(), b""))
    assert (page.count, page.markers, page.last) == (6, 2, "in/ä b")


NONE = {
    "a page": PAGE,
    "a page that is XML": XHTML,
    "a bomb": BOMB,
    "a file of the computer": (
        '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]><ListBucketResult>'
        "<IsTruncated>false</IsTruncated><Contents><Key>&f;</Key></Contents></ListBucketResult>"
    ),
    "half": _page()[:-20].decode(),
    "nothing": "",
    "no end told": "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
    "no key told": (
        "<ListBucketResult><IsTruncated>false</IsTruncated><Contents/></ListBucketResult>"
    ),
    "an error": "<Error><Code>InternalError</Code></Error>",
    "null": "\0",
}


@pytest.mark.parametrize("body", NONE.values(), ids=NONE)
def test_what_is_no_page_is_not_taken_for_one(body: str) -> None:
    with pytest.raises(UnreadablePageError):
        read_page(body.encode())
