"""Names that were meant to be another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aws.similar_names import looks_like
from app.core.guide import ROLE_NAME

NAMES = (
    ("UbiQuity-Connectors-S3-Access-Role", True),
    ("ubiquity_connectors_s3_access_role", True),
    ("ubiquity-connectors-s3-acess-role", True),
    ("ubiquity-connector-s3-access-role", True),
    ("ubiquity-connectors-s3-access", True),
    ("ubiqutiy-connectors-s3-access-role", True),
    ("acme-ubiquity-connectors-s3-access-role-prod", True),
    ("ubiquityconnectorss3accessrole", True),
    (ROLE_NAME, False),
    ("Admin", False),
    ("ubiquity-reporting-role", False),
    ("acme-connectors-s3-access-role", False),
)


@pytest.mark.parametrize(("name", "alike"), NAMES)
def test_a_mistyped_name_is_recognised(name: str, alike: bool) -> None:
    assert looks_like(name, ROLE_NAME) is alike


@given(st.integers(0, len(ROLE_NAME) - 1), st.characters(codec="ascii", categories=("L", "N")))
def test_any_one_slip_is_forgiven(place: int, letter: str) -> None:
    left, right = ROLE_NAME[:place], ROLE_NAME[place:]
    for slip in (left + right[1:], left + letter + right, left + letter + right[1:]):
        assert looks_like(slip, ROLE_NAME) is (slip != ROLE_NAME)


@given(st.text(max_size=64))
def test_any_name_is_judged(name: str) -> None:
    assert looks_like(name, ROLE_NAME) in (True, False)
