"""The names of AWS's regions, from botocore's own data."""

from collections.abc import Mapping

from botocore.loaders import Loader


def region_names() -> Mapping[str, str]:
    """Return the human name of each region of the commercial partition, by its code.

    Reads one small file and makes no client; still, botocore is imported for it, so it belongs
    after the first paint.
    """
    partitions = Loader().load_data("partitions")["partitions"]
    regions = next(p["regions"] for p in partitions if p["id"] == "aws")
    return {code: region["description"] for code, region in regions.items() if code != "aws-global"}
