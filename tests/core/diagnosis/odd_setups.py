"""Setups that nobody would make so, and that work all the same."""

from typing import Final

from tests.core.diagnosis import odd_buckets as buckets
from tests.core.diagnosis import odd_roles as roles

ODD: Final = (*roles.TRUST, *roles.PERMISSIONS, *buckets.BUCKETS, *buckets.ASKING)
