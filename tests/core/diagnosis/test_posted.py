"""Policies as people and AWS post them are decided as AWS documents it.

Each was decided by hand first. Found by searches of public documents, issues and code.
"""

import pytest

from app.core.diagnosis.access import access_of
from app.core.diagnosis.view.setup import set_up
from app.core.iam.work import Work
from app.core.wording.findings import words
from tests.core.diagnosis import posted_keys as keys
from tests.core.diagnosis import posted_perimeters as perimeters
from tests.core.diagnosis import posted_principals as principals
from tests.core.diagnosis import posted_requests as requests
from tests.core.diagnosis import posted_traps as traps
from tests.core.diagnosis.posted import Posted
from tests.helpers.snapshots import broken, good_encrypted

POSTED = (
    *keys.FORWARDED,
    *keys.CONTEXTS,
    *keys.LENT,
    *requests.ENCRYPTION,
    *requests.HEADERS,
    *requests.SIGNATURES,
    *requests.OWNERS,
    *requests.FOLDERS,
    *perimeters.NETWORKS,
    *perimeters.PERIMETERS,
    *principals.NOT_PRINCIPALS,
    *principals.ORGANIZATIONS,
    *principals.TAGS,
    *principals.MFA,
    *traps.SETS,
    *traps.VARIABLES,
    *traps.REGIONS,
)


@pytest.mark.parametrize("posted", POSTED, ids=str)
def test_is_decided_as_aws_documents_it(posted: Posted) -> None:
    setup = set_up(*broken(good_encrypted(), posted.how).read(), Work())
    decisions = "".join(access.decision[0] for access in access_of(setup))
    assert decisions == posted.decisions.replace(" ", "")


@pytest.mark.parametrize("posted", principals.NOT_PRINCIPALS, ids=str)
def test_what_takes_the_place_of_not_principal_is_told(posted: Posted) -> None:
    report = broken(good_encrypted(), posted.how).report()
    denials = [finding for finding in report.findings if "-deny" in finding.code]
    by_not_principal = [f for f in denials if "NotPrincipal" in str(f.params["statement"])]
    assert bool(by_not_principal) is (bool(denials) and "IAM's way" not in posted.source)
    for finding in by_not_principal:
        assert finding.params["paste"]
        told = words(finding)
        assert any("Remove “NotPrincipal”" in str(step) for step in told.fix)
        assert "“NotPrincipal”" in str(told.detail) or finding.code == "trust.explicit-deny"
        assert "under a condition" not in str(told.detail)
