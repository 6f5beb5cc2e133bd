"""Documents compared by what they say."""

import json
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.documents.comparison import same_document, same_statement
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.documents.statements import statements_of
from app.core.guide import UBIQUITY_ACCOUNT, UBIQUITY_ROOT_ARN
from tests.helpers.drafts import DATABASE_ID, PLAIN

Document = dict[str, object]

TRUST: Final = trust_policy(DATABASE_ID)
PERMISSIONS: Final = permissions_policy(PLAIN.buckets)


def trust(**changed: object) -> Document:
    """Return the trust policy with elements of its statement replaced; None takes one out."""
    (statement,) = statements_of(TRUST)
    elements = {key: value for key, value in {**statement, **changed}.items() if value is not None}
    return {"Version": "2012-10-17", "Statement": [elements]}


def external_id(
    value: object, operator: str = "StringEquals", key: str = "sts:ExternalId"
) -> object:
    return {operator: {key: value}}


@pytest.mark.parametrize(
    "document",
    [
        TRUST,
        {"Statement": TRUST["Statement"], "Version": "2012-10-17", "Id": "x"},
        {**TRUST, "Statement": statements_of(TRUST)[0]},
        trust(Sid="Anything"),
        trust(Action=["sts:AssumeRole"]),
        trust(Action="STS:assumerole"),
        trust(Principal={"AWS": UBIQUITY_ACCOUNT}),
        trust(Principal={"AWS": [UBIQUITY_ROOT_ARN]}),
        trust(Principal={"AWS": [UBIQUITY_ACCOUNT, UBIQUITY_ROOT_ARN]}),
        trust(Condition=external_id([DATABASE_ID])),
        dict(reversed(TRUST.items())),
    ],
)
def test_written_otherwise_and_the_same(document: Document) -> None:
    assert same_document(document, TRUST)
    assert same_document(TRUST, document)


@pytest.mark.parametrize(
    "document",
    [
        None,
        "text",
        [],
        {},
        {"Version": "2008-10-17", "Statement": TRUST["Statement"]},
        {"Statement": TRUST["Statement"]},
        {**TRUST, "Statement": []},
        {**TRUST, "Statement": [*statements_of(TRUST), *statements_of(TRUST)]},
        {**TRUST, "Statement": [*statements_of(TRUST), *statements_of(PERMISSIONS)]},
        trust(Effect="Deny"),
        trust(Principal="*"),
        trust(Principal={"AWS": "*"}),
        trust(Principal={"AWS": [UBIQUITY_ACCOUNT, "210987654321"]}),
        trust(Principal={"Service": UBIQUITY_ACCOUNT}),
        trust(Principal={"AWS": f"arn:aws:iam::{UBIQUITY_ACCOUNT}:role/root"}),
        trust(NotPrincipal={"AWS": UBIQUITY_ROOT_ARN}, Principal=None),
        trust(Action=["sts:AssumeRole", "sts:TagSession"]),
        trust(Condition=None),
        trust(Condition=external_id(DATABASE_ID.lower())),
        trust(Condition=external_id(f"{DATABASE_ID} ")),
        trust(Condition=external_id([DATABASE_ID, "another"])),
        trust(Condition=external_id(DATABASE_ID, "StringLike")),
        trust(
            Condition={
                "StringEquals": {"sts:ExternalId": DATABASE_ID, "sts:externalid": DATABASE_ID}
            }
        ),
        trust(Resource="*"),
    ],
)
def test_something_else(document: object) -> None:
    assert not same_document(document, TRUST)
    assert not same_document(TRUST, document)


def test_an_accounts_id_is_its_root_as_a_principal_alone() -> None:
    one = trust(Condition=external_id(UBIQUITY_ACCOUNT, key="aws:PrincipalArn"))
    other = trust(Condition=external_id(UBIQUITY_ROOT_ARN, key="aws:PrincipalArn"))
    assert not same_document(one, other)


def test_numbers_and_truths_may_be_texts() -> None:
    one = trust(Condition={"Bool": {"aws:SecureTransport": True}, "NumericLessThan": {"x": 5}})
    other = trust(
        Condition={"NumericLessThan": {"x": ["5"]}, "Bool": {"aws:SecureTransport": "true"}}
    )
    assert same_document(one, other)


@given(st.randoms(), st.booleans())
def test_order_means_nothing(random: Random, single: bool) -> None:
    document = json.loads(json.dumps(PERMISSIONS))
    statements = document["Statement"]
    random.shuffle(statements)
    for statement in statements:
        random.shuffle(statement["Action"])
        if single and len(statement["Action"]) == 1:
            statement["Action"] = statement["Action"][0]
    assert same_document(document, PERMISSIONS)


def test_statements() -> None:
    first = {"Effect": "Allow"}
    assert statements_of({"Statement": first}) == [first]
    assert statements_of({"Statement": [first, "x", None]}) == [first]
    assert statements_of({}) == []
    assert statements_of("x") == []
    assert same_statement({**first, "Sid": "a"}, {**first, "Sid": "b"})
    assert not same_statement(first, {"Effect": "Deny"})
