"""Principal elements against callers.

AWS "AWS JSON policy elements: Principal" and "… NotPrincipal", and "IAM identifiers".
"""

import pytest

from app.core.iam.principals import (
    EVERYBODY,
    NOBODY,
    PrincipalReach,
    Principals,
    Requester,
    is_orphan,
    parse_principals,
)
from app.core.iam.truth import Truth
from tests.core.iam.papers import ACCOUNT, ROLE, ROLE_ID, ROOT, SESSION, STRANGER, UBIQUITY, USER

YES, NO, UNSURE = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
JOB = Requester.role_session(ROLE, ROLE_ID, "job")
NAMELESS = Requester.role_session(ROLE, ROLE_ID)
JO = Requester.user(USER, "AIDAEXAMPLEUSERID0001")
SOMEONE = Requester.someone_in(UBIQUITY)
PATH_ROLE = f"arn:aws:iam::{ACCOUNT}:role/team/conn"
ON_PATH = Requester.role_session(PATH_ROLE, None, "job")

BY_ACCOUNT = PrincipalReach(account=YES)
BY_ROLE = PrincipalReach(role=YES)


def reach(element: object, caller: Requester, *, negated: bool = False) -> PrincipalReach:
    """Return how ``element`` reaches ``caller``."""
    principals = parse_principals(element, negated=negated)
    assert isinstance(principals, Principals)
    return principals.reach(caller)


@pytest.mark.parametrize(
    ("element", "caller", "expected"),
    [
        ("*", JOB, EVERYBODY),
        ({"AWS": "*"}, SOMEONE, EVERYBODY),
        ({"AWS": ACCOUNT}, JOB, BY_ACCOUNT),
        ({"AWS": ROOT}, JOB, BY_ACCOUNT),
        ({"AWS": ROOT}, JO, BY_ACCOUNT),
        ({"AWS": STRANGER}, JOB, NOBODY),
        ({"AWS": f"arn:aws:iam::{STRANGER}:root"}, JOB, NOBODY),
        ({"AWS": f"arn:aws-cn:iam::{ACCOUNT}:root"}, JOB, NOBODY),
        ({"AWS": ROOT}, Requester.root(ACCOUNT), PrincipalReach(account=YES, direct=YES)),
        ({"AWS": ROLE}, JOB, BY_ROLE),
        ({"AWS": ROLE.replace("s3", "S3")}, JOB, NOBODY),
        ({"AWS": f"{ROLE}-2"}, JOB, NOBODY),
        ({"AWS": ROLE}, JO, NOBODY),
        ({"AWS": PATH_ROLE}, ON_PATH, BY_ROLE),
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:role/conn"}, ON_PATH, NOBODY),
        ({"AWS": f"arn:aws:sts::{ACCOUNT}:assumed-role/conn/job"}, ON_PATH, EVERYBODY),
        ({"AWS": SESSION}, JOB, EVERYBODY),
        ({"AWS": f"{SESSION}-2"}, JOB, NOBODY),
        ({"AWS": SESSION}, NAMELESS, PrincipalReach(direct=UNSURE)),
        ({"AWS": f"arn:aws:sts::{ACCOUNT}:assumed-role/other/job"}, NAMELESS, NOBODY),
        ({"AWS": SESSION}, JO, NOBODY),
        ({"AWS": USER}, JO, EVERYBODY),
        ({"AWS": USER}, JOB, NOBODY),
        ({"AWS": [STRANGER, ROLE]}, JOB, BY_ROLE),
        ({"AWS": [ROOT, ROLE]}, JOB, PrincipalReach(account=YES, role=YES)),
        ({"AWS": []}, JOB, NOBODY),
        # Ids: AWS shows one only once its principal is deleted.
        ({"AWS": "AROAEXAMPLEDELETED001"}, JOB, NOBODY),
        ({"AWS": ROLE_ID}, JOB, BY_ROLE),
        ({"AWS": "AIDAEXAMPLEUSERID0001"}, JO, EVERYBODY),
        ({"AWS": "AROAEXAMPLEDELETED001"}, SOMEONE, NOBODY),
        # Never an account's own user or role.
        ({"Service": "s3.amazonaws.com"}, JOB, NOBODY),
        ({"Federated": "cognito-identity.amazonaws.com"}, SOMEONE, NOBODY),
        ({"CanonicalUser": "a" * 64}, SOMEONE, NOBODY),
        ({"Service": ["ec2.amazonaws.com"], "AWS": ROLE}, JOB, BY_ROLE),
        ({"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}, JOB, NOBODY),
        # Somebody in UbiQuity's account: which user or role, only UbiQuity knows.
        ({"AWS": UBIQUITY}, SOMEONE, BY_ACCOUNT),
        ({"AWS": f"arn:aws:iam::{UBIQUITY}:root"}, SOMEONE, BY_ACCOUNT),
        ({"AWS": f"arn:aws:iam::{UBIQUITY}:role/app"}, SOMEONE, PrincipalReach(role=UNSURE)),
        ({"AWS": f"arn:aws:iam::{UBIQUITY}:user/app"}, SOMEONE, PrincipalReach(direct=UNSURE)),
        (
            {"AWS": f"arn:aws:sts::{UBIQUITY}:assumed-role/a/b"},
            SOMEONE,
            PrincipalReach(direct=UNSURE),
        ),
        ({"AWS": ROOT}, SOMEONE, NOBODY),
    ],
)
def test_reach(element: object, caller: Requester, expected: PrincipalReach) -> None:
    assert reach(element, caller) == expected


@pytest.mark.parametrize(
    ("element", "caller", "caught"),
    [
        ({"AWS": STRANGER}, JOB, YES),
        ({"AWS": ROLE}, JOB, NO),
        ({"AWS": ROOT}, JOB, NO),
        ({"AWS": SESSION}, JOB, NO),
        ({"AWS": SESSION}, NAMELESS, UNSURE),
        ({"AWS": [ROOT, ROLE]}, NAMELESS, NO),
        ({"AWS": "*"}, JOB, NO),
        ({"Service": "s3.amazonaws.com"}, JOB, YES),
        ({"AWS": UBIQUITY}, SOMEONE, NO),
        ({"AWS": f"arn:aws:iam::{UBIQUITY}:role/app"}, SOMEONE, UNSURE),
    ],
)
def test_everyone_but(element: object, caller: Requester, caught: Truth) -> None:
    assert reach(element, caller, negated=True).anyhow is caught


@pytest.mark.parametrize(
    ("element", "at_fault"),
    [
        (ROLE, ROLE),
        ({"AWS": "arn:aws:iam::123456789012:role/*"}, "arn:aws:iam::123456789012:role/*"),
        ({"AWS": "arn:aws:iam::123456789012"}, "arn:aws:iam::123456789012"),
        ({"AWS": "12345678901"}, "12345678901"),
        ({"AWS": ["*", "jo"]}, "jo"),
        (
            {"AWS": "arn:aws:iam::123456789012:group/admins"},
            "arn:aws:iam::123456789012:group/admins",
        ),
        ({"IAM": ROLE}, "IAM"),
        ({"AWS": 123456789012}, "AWS"),
        (["*"], ""),
        (None, ""),
    ],
)
def test_what_aws_would_refuse(element: object, at_fault: str) -> None:
    """Grammar of the IAM JSON policy language; S3's and IAM's "Invalid principal in policy"."""
    assert parse_principals(element, negated=False) == at_fault


def test_orphans() -> None:
    assert is_orphan("AROAEXAMPLEDELETED001")
    assert is_orphan("AIDAEXAMPLEDELETED001")
    assert not is_orphan(ROLE)
    assert not is_orphan("ACCOUNT")
