"""What an organisation may require of a new role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.fields.requirements import (
    check_boundary,
    check_description,
    check_tags,
    read_tags,
)
from app.core.guide import POLICY_NAME
from app.core.problem import Checked
from tests.core.pasted.test_without_secrets import JWT, SECRET

ACCOUNT = "120456789013"
ARN = f"arn:aws:iam::{ACCOUNT}:policy/org/Boundary"

BOUNDARIES = [
    ("", "", None),
    (ARN, ARN, None),
    (f"  {ARN}\n", ARN, None),
    ("arn:aws:iam::aws:policy/PowerUserAccess", "arn:aws:iam::aws:policy/PowerUserAccess", None),
    ("Boundary", None, "boundary.malformed"),
    (f"arn:aws:iam::{ACCOUNT}:role/Boundary", None, "boundary.malformed"),
    ("arn:aws:iam::998877665544:policy/B", None, "boundary.other-account"),
    (f"arn:aws:iam::{ACCOUNT}:policy/{POLICY_NAME}", None, "boundary.own-policy"),
]

TAGS = [
    ("", {}, None),
    ("Owner=Data team", {"Owner": "Data team"}, None),
    (
        "Owner=Data, Cost-Centre = 12/34;Mail=a@b.nz",
        {"Owner": "Data", "Cost-Centre": "12/34", "Mail": "a@b.nz"},
        None,
    ),
    ("Empty=", {"Empty": ""}, None),
    ("A=b=c", {"A": "b=c"}, None),
    ("Owner", {}, "tags.malformed"),
    ("=value", {}, "tags.malformed"),
    ("aws:x=1", {}, "tags.reserved"),
    ("a=1,A=2", {}, "tags.twice"),
    (f"{'k' * 129}=1", {}, "tags.too-long"),
    (f"k={'v' * 257}", {}, "tags.too-long"),
    ("a=<b>", {}, "tags.characters"),
    (",".join(f"k{n}=v" for n in range(50)), {}, "tags.too-many"),
]


def codes(checked: Checked) -> list[str]:
    return [problem.code for problem in checked.errors]


@pytest.mark.parametrize(("text", "value", "code"), BOUNDARIES)
def test_a_boundary(text: str, value: str | None, code: str | None) -> None:
    checked = check_boundary(text, ACCOUNT)
    assert checked.value == value
    assert codes(checked) == ([code] if code else [])
    assert check_boundary(ARN, ACCOUNT).value == ARN  # mended


@pytest.mark.parametrize(("text", "tags", "code"), TAGS)
def test_tags(text: str, tags: dict[str, str], code: str | None) -> None:
    assert codes(check_tags(text)) == ([code] if code else [])
    assert read_tags(text) == tags
    assert read_tags("Owner=me") == {"Owner": "me"}  # mended


def test_a_description() -> None:
    assert check_description(" For UbiQuity ").value == "For UbiQuity"
    assert codes(check_description("日本")) == ["description.malformed"]
    assert codes(check_description("x" * 1001)) == ["description.malformed"]


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    for checked in (check_boundary(text), check_tags(text), check_description(text)):
        assert checked.value is not None or checked.errors


@pytest.mark.parametrize("secret", [SECRET, JWT, f"aws_secret_access_key={SECRET}"])
def test_a_secret_is_refused_and_in_no_remark(secret: str) -> None:
    for checked in (
        check_boundary(secret),
        check_tags(secret),
        check_tags(f"Owner={secret}"),
        check_tags(f"{secret}=a,{secret}=b"),
        check_description(f"For UbiQuity {secret}"),
        check_description(f"日本 {secret}"),
    ):
        assert codes(checked) == ["field.secret"]
        assert secret[-30:] not in repr(checked)
    assert read_tags(f"Owner={secret}") == {}
    assert codes(check_description("For UbiQuity's session tokens")) == []
