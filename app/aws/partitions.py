"""AWS's partitions with their regions and names of hosts, as botocore itself has them.

What a person keeps under ``~/.aws/models`` in the place of it, or beside it, does not count here:
it may be damaged, and says nothing of what is AWS.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast


def partitions() -> Sequence[Mapping[str, Any]]:
    """Return the partitions. Reads one small file; botocore is imported here."""
    from botocore.loaders import Loader

    loader = Loader([Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
    return cast("Sequence[Mapping[str, Any]]", loader.load_data("partitions")["partitions"])
