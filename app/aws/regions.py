"""The names of AWS's regions, from botocore's own data."""

from collections.abc import Mapping

from app.aws.partitions import partitions


def region_names() -> Mapping[str, str]:
    """Return the human name of each region of the commercial partition, by its code.

    Reads one small file and makes no client; still, botocore is imported here, so a call belongs
    after the first paint.
    """
    regions = next(p["regions"] for p in partitions() if p["id"] == "aws")
    return {code: region["description"] for code, region in regions.items() if code != "aws-global"}
