"""Whether an address is AWS's own. Its names of hosts end as botocore's own data says."""

import functools
from urllib.parse import urlsplit

from botocore.loaders import Loader


def other_address(endpoint_url: str) -> str | None:
    """Return scheme, host and port of ``endpoint_url`` where they are not AWS's; else None.

    A password in it is left out.
    """
    address = urlsplit(endpoint_url)
    host = (address.hostname or "").rstrip(".")
    if address.scheme == "https" and host.endswith(_suffixes()):
        return None
    return f"{address.scheme}://{address.netloc.rpartition('@')[2]}"


@functools.cache
def _suffixes() -> tuple[str, ...]:
    partitions = Loader().load_data("partitions")["partitions"]
    outputs = [partition["outputs"] for partition in partitions]
    names = {output[key] for output in outputs for key in ("dnsSuffix", "dualStackDnsSuffix")}
    return tuple(sorted(f".{name}" for name in names))
