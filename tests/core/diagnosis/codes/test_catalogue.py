"""The catalogue against the project's table of findings: code, severity, who, and order."""

import pytest

from app.core.diagnosis.chain import link_of
from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink, in_chain_order
from app.core.report import Evidence, Finding, Weight, Who

TABLE = """
env.offline B you
env.proxy B you
env.tls-intercepted B you
env.clock-skew B you
env.timeout B you
env.throttled B you
env.aws-fault B you
signin.none B you
signin.profile-missing B you
signin.expired B you
signin.invalid B you
signin.config-broken B you
signin.region-disabled B aws-admin
signin.wrong-account B you
signin.wrong-partition B ubiquity
signin.other-endpoint N you
signin.not-allowed B aws-admin
role.missing B aws-admin
role.misnamed B aws-admin
role.path B aws-admin
role.boundary B aws-admin
trust.principal-wrong B aws-admin
trust.principal-orphaned B aws-admin
trust.external-id-mismatch B aws-admin
trust.external-id-placeholder B aws-admin
trust.external-id-not-required W aws-admin
trust.action-wrong B aws-admin
trust.condition-blocks B aws-admin
trust.deny-may-apply W aws-admin
trust.explicit-deny B aws-admin
trust.too-open W aws-admin
policy.missing B aws-admin
policy.not-attached B aws-admin
policy.placeholder B aws-admin
policy.wrong-bucket B aws-admin
policy.objects-not-covered B aws-admin
policy.bucket-not-covered B aws-admin
policy.prefix-mismatch B aws-admin
policy.action-missing B aws-admin
policy.explicit-deny B aws-admin
policy.deny-may-apply W aws-admin
policy.condition-blocks B aws-admin
policy.too-broad W aws-admin
bucket.missing B you
bucket.other-account B bucket-owner
bucket.region-mismatch B you
bucket.explicit-deny B bucket-owner
bucket.deny-may-apply W bucket-owner
bucket.direct-grant W bucket-owner
bucket.object-ownership W bucket-owner
kms.decrypt-denied B key-admin
kms.describe-denied W key-admin
kms.write-denied W key-admin
kms.explicit-deny B key-admin
kms.deny-may-apply W key-admin
kms.principal-orphaned B key-admin
kms.key-differs W you
kms.key-disabled B key-admin
kms.direct-grant W key-admin
kms.other-account W key-admin
files.none N you
files.archived W you
files.tagged W aws-admin
files.other-key W key-admin
files.sse-c W you
organization.denies B organization-admin
check.unreadable W aws-admin
connect.propagating N you
change.conflict B aws-admin
change.limit B aws-admin
change.refused B aws-admin
"""

ROWS = tuple(tuple(line.split()) for line in TABLE.split("\n") if line)
WEIGHTS = {"B": Weight.BLOCKER, "W": Weight.WARNING, "N": Weight.NOTE}

GUIDE_HEADINGS = {
    "How it works",
    "Before you begin",
    "Step 1: Create the IAM role",
    "Step 2: Configure the trust policy",
    "Step 3: Attach a permissions policy",
    "Step 4: Add the connector in UbiQuity",
    "Troubleshooting",
    "Additional configuration",
    "Need help?",
}


def finding(code: str, **params: object) -> Finding:
    return Finding(code, Evidence.PREDICTED, params=params)


@pytest.mark.parametrize(("code", "weight", "who"), ROWS)
def test_severity_and_who_are_the_tables(code: str, weight: str, who: str) -> None:
    assert (CATALOGUE[code].weight, CATALOGUE[code].who) == (WEIGHTS[weight], Who(who))


def test_has_the_tables_codes_in_its_order() -> None:
    assert tuple(CATALOGUE) == tuple(code for code, _, _ in ROWS)
    assert all(row.code == code for code, row in CATALOGUE.items())


@pytest.mark.parametrize("code", CATALOGUE)
def test_leads_to_a_heading_of_the_guide(code: str) -> None:
    letters = (heading.lower().replace(":", "").replace("?", "") for heading in GUIDE_HEADINGS)
    assert CATALOGUE[code].doc in {"#" + heading.replace(" ", "-") for heading in letters}


def test_the_external_id_leads_to_troubleshooting() -> None:
    assert CATALOGUE["trust.external-id-mismatch"].doc == "#troubleshooting"


def test_the_chain_is_in_its_order() -> None:
    chain = ("env", "signin", "role", "trust", "policy", "bucket", "kms", "files")
    links = [CATALOGUE[code].link for code in CATALOGUE]
    # What keeps this program from AWS stands before the chain, and is no link of it.
    assert links == sorted(links, key=lambda link: (link is not ChainLink.CALLER, link))
    parts = tuple(dict.fromkeys(code.partition(".")[0] for code in CATALOGUE))
    assert parts[: len(chain)] == chain


def test_findings_are_put_in_the_order_of_the_chain() -> None:
    codes = ("files.none", "check.unreadable", "trust.too-open", "env.offline", "kms.write-denied")
    ordered = in_chain_order(finding(code) for code in codes)
    assert [f.code for f in ordered] == [
        "env.offline",
        "trust.too-open",
        "kms.write-denied",
        "files.none",
        "check.unreadable",
    ]


def test_equal_codes_keep_their_order() -> None:
    both = (finding("bucket.missing", n=2), finding("bucket.missing", n=1))
    assert in_chain_order(both) == both


LINKS = (
    (finding("role.path"), ChainLink.ROLE),
    (finding("organization.denies", actions=["sts:AssumeRole"]), ChainLink.TRUST),
    (finding("organization.denies", actions=["s3:ListBucket"]), ChainLink.PERMISSIONS),
    (finding("organization.denies", actions=["KMS:Decrypt"]), ChainLink.KEY),
    (finding("organization.denies"), ChainLink.PERMISSIONS),
    (finding("check.unreadable", what="role.trust_policy"), ChainLink.TRUST),
    (finding("check.unreadable", what="buckets[1].kms_key.policy"), ChainLink.KEY),
    (finding("check.unreadable", what="no such fact"), ChainLink.BEYOND),
    (finding("connect.propagating"), ChainLink.ROLE),
    (finding("change.refused"), ChainLink.CHANGES),
)


@pytest.mark.parametrize(("found", "link"), LINKS)
def test_is_shown_at_the_link_that_it_concerns(found: Finding, link: ChainLink) -> None:
    assert link_of(found) is link
