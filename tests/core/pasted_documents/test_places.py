"""Where a pasted document belongs: nothing is guessed, and what is not used is said to be so."""

import json
from collections.abc import Mapping

import pytest

from app.core.draft import BucketEntry, Draft
from app.core.pasted_documents.documents_in import documents_in
from app.core.pasted_documents.kinds import DocumentKind
from app.core.pasted_documents.places import (
    NOWHERE,
    DocumentPlace,
    Hint,
    PlacedDocument,
    placed,
    places,
)
from tests.core.pasted_documents.copies import BUCKET_POLICY, KEY_POLICY, PERMISSIONS, TRUST, pretty
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    KEY,
    OTHER_KEY,
    REGION,
    ROLE_ARN,
    SECOND,
    STRANGER,
    Json,
)


def draft(*buckets: tuple[str, str | None]) -> Draft:
    entries = [BucketEntry(name, REGION, kms_key_arn=key) for name, key in buckets]
    return Draft(ACCOUNT, DATABASE_ID, tuple(entries))


ONE = draft((BUCKET, None))
TWO = draft((BUCKET, None), (SECOND, None))


def of(
    wanted: Draft, text: str, chosen: Mapping[str, DocumentPlace] | None = None
) -> tuple[PlacedDocument, ...]:
    return placed(wanted, documents_in(text), chosen or {})


def about(bucket: str) -> str:
    return pretty(BUCKET_POLICY).replace(BUCKET, bucket)


@pytest.mark.parametrize(
    ("wanted", "text", "place"),
    [
        (ONE, pretty(TRUST), DocumentPlace(DocumentKind.TRUST)),
        (ONE, pretty(PERMISSIONS), DocumentPlace(DocumentKind.PERMISSIONS)),
        (ONE, f"Permissions boundary\n{pretty(PERMISSIONS)}", DocumentPlace(DocumentKind.BOUNDARY)),
        (TWO, about(SECOND), DocumentPlace(DocumentKind.BUCKET, SECOND)),
        (ONE, about("*"), DocumentPlace(DocumentKind.BUCKET, BUCKET)),
        (ONE, pretty(KEY_POLICY), DocumentPlace(DocumentKind.KEY, BUCKET)),
        (
            draft((BUCKET, None), (SECOND, KEY)),
            pretty(KEY_POLICY),
            DocumentPlace(DocumentKind.KEY, SECOND),
        ),
        (
            draft((BUCKET, KEY), (SECOND, KEY)),
            pretty(KEY_POLICY),
            DocumentPlace(DocumentKind.KEY, BUCKET),
        ),
        (
            draft((BUCKET, OTHER_KEY), (SECOND, KEY)),
            json.dumps({"KeyMetadata": {"Arn": KEY}}),
            DocumentPlace(DocumentKind.KEY_FACTS, SECOND),
        ),
        (ONE, ROLE_ARN, DocumentPlace(DocumentKind.ROLE)),
    ],
    ids=str,
)
def test_what_is_clear_has_its_place(wanted: Draft, text: str, place: DocumentPlace) -> None:
    (found,) = of(wanted, text)
    assert (found.place, found.hints, found.is_used) == (place, (), True)


@pytest.mark.parametrize(
    ("wanted", "text", "hint"),
    [
        (TWO, about("*"), Hint.UNCLEAR),
        (ONE, about("somebody-elses"), Hint.OTHER_BUCKET),
        (TWO, pretty(KEY_POLICY), Hint.UNCLEAR),
        (draft((BUCKET, KEY), (SECOND, OTHER_KEY)), pretty(KEY_POLICY), Hint.UNCLEAR),
        (ONE, f"arn:aws:iam::{ACCOUNT}:role/administrators", Hint.UNCLEAR),
        (
            ONE,
            '{"Statement": {"Principal": "*", "Effect": "Allow", "Action": "sqs:*"}}',
            Hint.OTHER_SERVICE,
        ),
    ],
    ids=str,
)
def test_what_is_not_clear_is_asked_and_used_once_it_is_chosen(
    wanted: Draft, text: str, hint: Hint
) -> None:
    (found,) = of(wanted, text)
    assert (found.place, found.hints, found.is_used) == (None, (hint,), False)
    *choices, last = places(wanted, found.document)
    assert last == NOWHERE
    for choice in choices:
        (chosen,) = of(wanted, text, {found.document.mark: choice})
        assert (chosen.place, chosen.is_used) == (choice, True)


def test_a_document_can_be_taken_for_another_or_left_out() -> None:
    (found,) = of(ONE, pretty(PERMISSIONS))
    kinds = [place.kind for place in places(ONE, found.document)]
    assert kinds[0] is DocumentKind.PERMISSIONS
    assert {DocumentKind.BOUNDARY, DocumentKind.TRUST} <= set(kinds)
    (left,) = of(ONE, pretty(PERMISSIONS), {found.document.mark: NOWHERE})
    assert not left.is_used


@pytest.mark.parametrize("policy", [TRUST, PERMISSIONS], ids=["trust", "role"])
def test_what_the_guide_leaves_to_fill_in_is_told_though_nothing_else_is_known(
    policy: Json,
) -> None:
    text = pretty(policy)
    for mine, word in (
        (DATABASE_ID, "YOUR_UBIQUITY_ACCOUNT_ID"),
        (BUCKET, "YOUR_BUCKET_NAME"),
        (ACCOUNT, "YOUR_AWS_ACCOUNT_ID"),
    ):
        text = text.replace(mine, word)
    (found,) = of(ONE, text)
    assert (found.hints, found.is_used) == ((Hint.PLACEHOLDER,), True)
    (mended,) = of(ONE, pretty(policy))
    assert mended.hints == ()


def test_a_trust_policy_in_the_place_of_a_permissions_policy_is_told() -> None:
    (found,) = of(ONE, f"Permissions policies\n{pretty(TRUST)}")
    assert found.hints == (Hint.MISNAMED,)
    assert found.place == DocumentPlace(DocumentKind.TRUST)


def test_of_two_trust_policies_the_later_counts_and_both_are_told() -> None:
    other = {**TRUST, "Id": "the later one"}
    first, second = of(ONE, pretty(TRUST) + pretty(other))
    assert (first.hints, first.is_used) == ((Hint.REPLACED,), False)
    assert second.is_used
    assert all(one.is_used for one in of(ONE, pretty(PERMISSIONS) + pretty({"Statement": []})))


def test_the_same_document_twice_is_one() -> None:
    assert len(of(ONE, pretty(TRUST) + "\n" + json.dumps(TRUST))) == 1


def test_a_role_of_another_account_is_not_used_and_said() -> None:
    (found,) = of(ONE, ROLE_ARN.replace(ACCOUNT, STRANGER))
    assert (found.hints, found.is_used) == ((Hint.OTHER_ACCOUNT,), False)
    assert all(one.is_used for one in of(ONE, ROLE_ARN))


def test_of_several_roles_the_one_of_the_guide_is_looked_at_with_its_policies() -> None:
    def role(name: str) -> dict[str, object]:
        arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
        trust = {**TRUST, "Id": name}
        return {"RoleName": name, "Arn": arn, "AssumeRolePolicyDocument": trust}

    names = ("admin", "ubiquity-connectors-s3-access-role", "other")
    found = of(ONE, json.dumps({"Roles": [role(name) for name in names]}))
    used = [one.document.piece for one in found if one.is_used]
    assert [piece.kind for piece in used] == [DocumentKind.ROLE, DocumentKind.TRUST]
    assert used[0].name == names[1]
    assert used[1].policy == {**TRUST, "Id": names[1]}


def test_the_details_of_an_account_have_policies_of_others_that_are_passed_over() -> None:
    def managed(name: str) -> dict[str, object]:
        version = {"Document": {**PERMISSIONS, "Id": name}, "IsDefaultVersion": True}
        arn = f"arn:aws:iam::{ACCOUNT}:policy/{name}"
        return {"PolicyName": name, "Arn": arn, "PolicyVersionList": [version]}

    role = {
        "RoleName": "my-own-name",
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/my-own-name",
        "RolePolicyList": [],
        "AttachedManagedPolicies": [
            {"PolicyName": "ours", "PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/ours"}
        ],
    }
    details = {"RoleDetailList": [role], "Policies": [managed("ours"), managed("theirs")]}
    found = of(ONE, json.dumps(details))
    used = [
        one.document.piece.name for one in found if one.document.kind is DocumentKind.PERMISSIONS
    ]
    assert used == ["ours", "theirs"]
    assert [one.is_used for one in found if one.document.kind is DocumentKind.PERMISSIONS] == [
        True,
        False,
    ]
    assert [one.document.piece.name for one in found if one.is_aside] == ["theirs"]


def test_an_old_version_of_a_policy_is_not_used_until_it_is_chosen() -> None:
    version = {"Document": PERMISSIONS, "VersionId": "v1", "IsDefaultVersion": False}
    text = json.dumps({"PolicyVersion": version})
    (found,) = of(ONE, text)
    assert (found.hints, found.is_used) == ((Hint.OLD_VERSION,), False)
    (chosen,) = of(ONE, text, {found.document.mark: DocumentPlace(DocumentKind.PERMISSIONS)})
    assert chosen.is_used
