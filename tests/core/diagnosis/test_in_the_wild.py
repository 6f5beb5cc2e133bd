"""Policies as they are found in the wild are decided as AWS documents it."""

import pytest

from tests.core.diagnosis import wild_buckets as buckets
from tests.core.diagnosis import wild_roles as roles
from tests.core.diagnosis.wild_ways import Found
from tests.helpers.snapshots import broken, codes_of, good_encrypted

FOUND = (*roles.TRUST, *roles.ROLE, *buckets.BUCKETS, *buckets.KEYS)


@pytest.mark.parametrize("found", FOUND, ids=str)
def test_is_decided_as_aws_documents_it(found: Found) -> None:
    report = broken(good_encrypted(), found.how).report()
    decisions = "".join(access.decision[0] for access in report.access)
    assert decisions == found.decisions.replace(" ", "")
    assert codes_of(report) == found.codes.split()
