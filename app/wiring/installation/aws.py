"""Looks at what asks AWS: botocore's data, the trusted certificates, and two libraries in C.

What is looked at is imported by the look: where it is damaged, the others are made all the same.
"""

from typing import Final
from urllib.parse import urlsplit

from app.core.conventions import row
from app.core.i18n import tr
from app.wiring.installation.part import DamagedError

_AWS: Final = (".amazonaws.com", ".aws.amazon.com", ".aws")


def look_at_aws_data() -> str:
    """See that the regions are there, and that each service's client can be made."""
    from app.aws.installed import addresses_of_services
    from app.aws.regions import region_names

    regions = len(region_names())
    if not regions:
        raise DamagedError(tr("No region is known."))
    addresses = addresses_of_services()
    for service, address in addresses.items():
        if not (urlsplit(address).hostname or "").endswith(_AWS):
            raise DamagedError(f"{service}: {address}")
    words = tr("regions: {count}; services: {services}")
    return words.format(count=regions, services=row(addresses))


def look_at_tls() -> str:
    """See that trusted certificates are found, and that others are refused."""
    from app.aws.tls_proof import can_be_tried, is_refused, roots_found

    roots = roots_found()
    if roots == 0:
        raise DamagedError(tr("This computer has no trusted certificates."))
    words = tr("the system’s own") if roots is None else tr("authorities: {count}")
    trusted = words.format(count=roots)
    if not can_be_tried():
        return tr("{found}; not tried: that a wrong certificate is refused").format(found=trusted)
    if not is_refused(bundle=False):
        raise DamagedError(tr("A certificate that nobody vouches for is accepted."))
    if is_refused(bundle=True):
        raise DamagedError(tr("A certificate that AWS_CA_BUNDLE vouches for is refused."))
    return tr("{found}; a wrong certificate is refused").format(found=trusted)


def look_at_crt() -> str:
    """See that AWS's own library signs, and verifies what it signed."""
    from app.aws.installed import version_of_crt

    return f"awscrt {version_of_crt()}"


def look_at_lxml() -> str:
    """See that listings can be read."""
    from app.aws.installed import version_of_lxml

    return f"lxml {version_of_lxml()}"
