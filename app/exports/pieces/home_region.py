"""The region that a template is used in: IAM is the same in all, and one has to be named."""

import re
from typing import Final

from app.core.draft import Draft

_REGION: Final = r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}"
_ENABLED_EVERYWHERE: Final = "us-east-1"


def home_region(draft: Draft) -> str:
    """Return the first bucket's region: it is certainly enabled for the account."""
    regions = (entry.region for entry in draft.buckets if re.fullmatch(_REGION, entry.region))
    return next(regions, _ENABLED_EVERYWHERE)
