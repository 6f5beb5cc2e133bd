"""Whether an address is one of AWS's services that are asked here, and not a customer's at AWS.

Names of hosts end as botocore's own data says. A machine, a load balancer or an API of a customer
at AWS has such a name as well, and may be an emulator: none has the name of a service in it.
"""

import functools
import re
from typing import Final
from urllib.parse import urlsplit

from app.aws.partitions import partitions

_SERVICE: Final = re.compile(r"(?:.+\.)?(?:cloudtrail|iam|kms|s3|sts)(?:-[a-z0-9-]+)?\..+")
"""Sources: AWS General Reference, "Service endpoints": ``sts.eu-west-1``, ``s3-fips.dualstack…``,
``vpce-1.kms.eu-west-1.vpce``."""


def other_address(endpoint_url: str) -> str | None:
    """Return scheme, host and port of ``endpoint_url`` where they are not AWS's; else None.

    A password in it is left out.
    """
    address = urlsplit(endpoint_url)
    host = (address.hostname or "").rstrip(".")
    is_aws = host.endswith(_suffixes()) and _SERVICE.fullmatch(host)
    if address.scheme == "https" and is_aws:
        return None
    return f"{address.scheme}://{address.netloc.rpartition('@')[2]}"


@functools.cache
def _suffixes() -> tuple[str, ...]:
    outputs = [partition["outputs"] for partition in partitions()]
    names = {output[key] for output in outputs for key in ("dnsSuffix", "dualStackDnsSuffix")}
    return tuple(sorted(f".{name}" for name in names))
