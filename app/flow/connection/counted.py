"""Counting the files under a connector's prefix to the end, page by page."""

import time
from collections.abc import Awaitable, Callable
from typing import Protocol

from app.core.draft import BucketEntry
from app.core.failure import AwsFailure
from app.flow.clocks import Seconds
from app.flow.ports import CountSoFar, ListedPage


class Lister(Protocol):
    """Whoever can list a bucket: the customer's sign-in, or UbiQuity with the role."""

    def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> Awaitable[ListedPage | AwsFailure]:
        """List up to 1,000 objects of ``bucket`` under ``prefix``, from ``token`` on."""


async def count_files(
    lister: Lister,
    entry: BucketEntry,
    on_progress: Callable[[CountSoFar], None],
    seconds: Seconds = time.monotonic,
) -> CountSoFar | AwsFailure:
    """Count the files of a connector to the end, and tell how far it is after each page."""
    begun, files, markers, requests, token = seconds(), 0, 0, 0, None
    while True:
        page = await lister.list_page(entry.name, entry.region, entry.prefix, token)
        if isinstance(page, AwsFailure):
            return page
        requests, token = requests + 1, page.next_token
        files, markers = files + page.files, markers + page.markers
        so_far = CountSoFar(
            files, markers, token is None, requests=requests, seconds=seconds() - begun
        )
        on_progress(so_far)
        if so_far.complete:
            return so_far
