"""The words of a plan: changes, obstacles, what stays and what is asked."""

import re
from string import Formatter
from typing import Any, Final

import pytest

from app.core.change import Change, ChangeKind, LeftAlone, Obstacle, Offer
from app.core.choices import Choice
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.documents.ubiquity_trust import revoked_statement
from app.core.draft import BucketEntry
from app.core.guide import POLICY_NAME, ROLE_NAME, UBIQUITY_ROOT_ARN
from app.core.report import Evidence, Finding
from app.core.wording.change_words import change_sentence, left_sentence
from app.core.wording.offer_words import _TITLES, offer_words
from app.core.wording.plan_words import (
    _LEFT_ALONE,
    left_alone_sentence,
    obstacle_codes,
    obstacle_sentence,
)
from app.core.wording.value_sentence import ValueSentence
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    KEY_ARN,
    KEY_POLICY,
    OTHER_KEY_ARN,
    POLICY_ARN,
    ROLE_ARN,
)
from tests.helpers.runs import change
from tests.helpers.snapshots import DELETED, asks_for, document, trusting

K: Final = ChangeKind
OTHER: Final = "aBqJBlwfjUOUcQjd5gt7vZ"
UBIQUITY: Final = {"AWS": "arn:aws:iam::049579744830:root"}
THEIRS: Final = trusting({"AWS": "arn:aws:iam::210987654321:root"})


SERVICE: Final = trusting({"Service": "ec2.amazonaws.com"})


def places(sentence: ValueSentence) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence.template) if field}


def text_of(sentence: ValueSentence) -> str:
    assert places(sentence) == set(sentence.values)
    return sentence.template.format_map(sentence.values)


def said(kind: ChangeKind, target: str, before: object, after: object, **more: Any) -> str:  # noqa: ANN401
    return text_of(change_sentence(Change(kind, target, before, after, True, **more)))


def trust(*external_ids: str) -> dict[str, object]:
    return document(trusting(UBIQUITY, asks_for(list(external_ids))))


def granting(*names: str) -> dict[str, object]:
    return permissions_policy([BucketEntry(name, "ap-southeast-2") for name in names])


@pytest.mark.parametrize("kind", ChangeKind)
@pytest.mark.parametrize(("before", "after"), [(None, {}), ({}, None), (None, None), ("x", 5)])
def test_every_kind_of_change_has_words(kind: ChangeKind, before: object, after: object) -> None:
    text = said(kind, KEY_ARN, before, after)
    assert text
    assert not text.endswith(".")
    assert "{" not in text


KEY_BEFORE: Final[dict[str, Any]] = KEY_POLICY
KEY_AFTER: Final = {**KEY_BEFORE, "Statement": [*KEY_BEFORE["Statement"], kms_statement(ACCOUNT)]}
KEY_ORPHAN: Final = {
    **KEY_BEFORE,
    "Statement": [
        *KEY_BEFORE["Statement"],
        {**kms_statement(ACCOUNT), "Principal": {"AWS": DELETED}},
    ],
}
OF_NOBODY: Final = {**kms_statement(ACCOUNT), "Sid": "Old", "Principal": {"AWS": DELETED}}
V1: Final = {"version": "v1", "document": None}


@pytest.mark.parametrize(
    ("kind", "target", "before", "after", "text"),
    [
        (
            K.CREATE_ROLE,
            ROLE_ARN,
            None,
            trust_policy(DATABASE_ID),
            f"Create the role {ROLE_NAME} with its trust policy",
        ),
        (
            K.DELETE_ROLE,
            ROLE_ARN.replace("role/", "role/x/"),
            {},
            None,
            f"Delete the role x/{ROLE_NAME}",
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            trust(OTHER),
            trust(OTHER, DATABASE_ID),
            (
                f"Add the External ID {DATABASE_ID} beside the others in the trust policy of the "
                f"role {ROLE_NAME}"
            ),
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            trust(f"{DATABASE_ID}=="),
            trust(DATABASE_ID),
            (
                f"Replace the External ID {DATABASE_ID}== with {DATABASE_ID} in the trust "
                f"policy of the role {ROLE_NAME}"
            ),
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            trust("YOUR_UBIQUITY_ACCOUNT_ID"),
            trust(DATABASE_ID),
            f"Put the External ID {DATABASE_ID} into the trust policy of the role {ROLE_NAME}",
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            document(THEIRS),
            document(THEIRS, trusting(UBIQUITY, asks_for(DATABASE_ID))),
            (
                f"Add a statement to the trust policy of the role {ROLE_NAME} that lets UbiQuity "
                f"in with the External ID {DATABASE_ID}"
            ),
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            trust(OTHER, DATABASE_ID),
            trust(OTHER),
            f"Take the External ID {DATABASE_ID} out of the trust policy of the role {ROLE_NAME}",
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            document(THEIRS),
            trust_policy(DATABASE_ID),
            (
                f"Change the trust policy of the role {ROLE_NAME}, so that "
                "arn:aws:iam::210987654321:root can no longer use it"
            ),
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            document(THEIRS, trusting(UBIQUITY)),
            document(THEIRS, trusting(UBIQUITY), SERVICE),
            f"Change the trust policy of the role {ROLE_NAME}",
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            document(THEIRS, revoked_statement()),
            document(THEIRS),
            (
                "Take the statement that refuses UbiQuity out of the trust policy of the role "
                f"{ROLE_NAME}"
            ),
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            document(revoked_statement()),
            trust_policy(DATABASE_ID),
            (
                "Take the statement that refuses UbiQuity out of the trust policy of the role "
                f"{ROLE_NAME}, and let it in with the External ID {DATABASE_ID}"
            ),
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            trust_policy(DATABASE_ID),
            document(revoked_statement()),
            (
                f"Refuse UbiQuity in the trust policy of the role {ROLE_NAME}: the External ID "
                f"{DATABASE_ID} no longer lets it in"
            ),
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            document(trusting(UBIQUITY)),
            document(revoked_statement()),
            f"Refuse UbiQuity in the trust policy of the role {ROLE_NAME}",
        ),
        (
            K.UPDATE_TRUST_POLICY,
            ROLE_ARN,
            document(trusting({"AWS": DELETED}, asks_for(DATABASE_ID))),
            trust_policy(DATABASE_ID),
            (
                f"Add a statement to the trust policy of the role {ROLE_NAME} that lets UbiQuity "
                f"in with the External ID {DATABASE_ID}"
            ),
        ),
        (
            K.CREATE_POLICY,
            POLICY_ARN,
            None,
            granting("one", "two"),
            f"Create the policy {POLICY_NAME} for one and two",
        ),
        (
            K.CREATE_POLICY_VERSION,
            POLICY_ARN,
            granting("one"),
            granting("one", "two"),
            f"Add two to the policy {POLICY_NAME}, in a new version",
        ),
        (
            K.CREATE_POLICY_VERSION,
            POLICY_ARN,
            granting("one", "two", "three"),
            granting("one"),
            f"Take two and three out of the policy {POLICY_NAME}, in a new version",
        ),
        (
            K.CREATE_POLICY_VERSION,
            POLICY_ARN,
            granting("YOUR_BUCKET_NAME"),
            granting("one"),
            (f"Replace YOUR_BUCKET_NAME with one in the policy {POLICY_NAME}, in a new version"),
        ),
        (
            K.CREATE_POLICY_VERSION,
            POLICY_ARN,
            granting("one"),
            granting("one"),
            f"Save a new version of the policy {POLICY_NAME}",
        ),
        (
            K.DELETE_POLICY_VERSION,
            POLICY_ARN,
            V1,
            None,
            f"Delete v1, a version of the policy {POLICY_NAME} that is not in use",
        ),
        (
            K.SET_DEFAULT_POLICY_VERSION,
            POLICY_ARN,
            None,
            V1,
            f"Make v1 of the policy {POLICY_NAME} its current version again",
        ),
        (K.DELETE_POLICY, POLICY_ARN, {}, None, f"Delete the policy {POLICY_NAME}"),
        (
            K.ATTACH_POLICY,
            ROLE_ARN,
            None,
            {"policy_arn": POLICY_ARN},
            f"Attach the policy {POLICY_NAME} to the role {ROLE_NAME}",
        ),
        (
            K.DETACH_POLICY,
            ROLE_ARN,
            {"policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
            None,
            f"Detach the policy ReadOnlyAccess from the role {ROLE_NAME}",
        ),
        (
            K.SET_PERMISSIONS_BOUNDARY,
            ROLE_ARN,
            None,
            {"policy_arn": f"arn:aws:iam::{ACCOUNT}:policy/org/b"},
            f"Set the permissions boundary of the role {ROLE_NAME} to b",
        ),
        (
            K.SET_PERMISSIONS_BOUNDARY,
            ROLE_ARN,
            {"policy_arn": f"arn:aws:iam::{ACCOUNT}:policy/org/b"},
            None,
            f"Take the permissions boundary b off the role {ROLE_NAME}",
        ),
        (
            K.TAG_ROLE,
            ROLE_ARN,
            {},
            {"team": "data", "cost": "7"},
            f"Tag the role {ROLE_NAME}: team = data and cost = 7",
        ),
        (K.TAG_ROLE, ROLE_ARN, {"team": "data"}, {}, f"Take tags off the role {ROLE_NAME}"),
        (
            K.PUT_ROLE_POLICY,
            ROLE_ARN,
            {"name": "extra", "document": {}},
            None,
            f"Delete the policy extra inside the role {ROLE_NAME}",
        ),
        (
            K.PUT_ROLE_POLICY,
            ROLE_ARN,
            None,
            {"name": "extra", "document": {}},
            f"Save the policy extra inside the role {ROLE_NAME}",
        ),
        (
            K.PUT_BUCKET_POLICY,
            "arn:aws:s3:::acme-imports",
            KEY_AFTER,
            KEY_BEFORE,
            "Take UbiQuity’s part out of the policy of the bucket acme-imports",
        ),
        (
            K.PUT_BUCKET_POLICY,
            "arn:aws:s3:::acme-imports",
            KEY_AFTER,
            None,
            ("Delete the policy of the bucket acme-imports, which lets in only UbiQuity’s account"),
        ),
        (
            K.PUT_BUCKET_POLICY,
            "arn:aws:s3:::acme-imports",
            None,
            KEY_AFTER,
            "Put another policy on the bucket acme-imports",
        ),
        (
            K.REVOKE_GRANT,
            KEY_ARN,
            {"id": "x", "grantee": "arn:aws:iam::049579744830:root", "operations": ["Decrypt"]},
            None,
            f"Revoke the grant by which {UBIQUITY_ROOT_ARN} may use the KMS key {KEY_ARN}",
        ),
        (
            K.PUT_KEY_POLICY,
            KEY_ARN,
            KEY_BEFORE,
            KEY_AFTER,
            f"Add one statement to the policy of the KMS key {KEY_ARN}",
        ),
        (
            K.PUT_KEY_POLICY,
            KEY_ARN,
            {**KEY_BEFORE, "Statement": [*KEY_BEFORE["Statement"], OF_NOBODY]},
            KEY_AFTER,
            f"Add one statement to the policy of the KMS key {KEY_ARN}",
        ),
        (
            K.PUT_KEY_POLICY,
            KEY_ARN,
            KEY_ORPHAN,
            KEY_AFTER,
            f"Mend UbiQuity’s statement in the policy of the KMS key {KEY_ARN}",
        ),
        (
            K.PUT_KEY_POLICY,
            KEY_ARN,
            KEY_AFTER,
            KEY_BEFORE,
            f"Take UbiQuity’s part out of the policy of the KMS key {KEY_ARN}",
        ),
    ],
)
def test_what_a_change_does(
    kind: ChangeKind, target: str, before: object, after: object, text: str
) -> None:
    assert said(kind, target, before, after) == text


def test_additions_room_and_a_boundary_from_the_start() -> None:
    one, two = granting("one"), granting("one", "two")
    assert said(K.CREATE_POLICY_VERSION, POLICY_ARN, one, two, addition=True) == (
        f"Let the policy {POLICY_NAME} allow the tags of files, in a new version"
    )
    assert "write encrypted files" in said(
        K.PUT_KEY_POLICY, KEY_ARN, KEY_BEFORE, KEY_AFTER, addition=True
    )
    assert said(K.DELETE_POLICY_VERSION, POLICY_ARN, V1, None, settings={"makes_room": True}) == (
        f"Delete v1, the oldest version of the policy {POLICY_NAME}: AWS keeps five versions at "
        "most, and a new one is needed"
    )
    settings = {"permissions_boundary": f"arn:aws:iam::{ACCOUNT}:policy/org/b"}
    text = said(K.CREATE_ROLE, ROLE_ARN, None, {}, settings=settings)
    assert text.endswith("and the permissions boundary b")


@pytest.mark.parametrize("code", sorted(obstacle_codes()))
def test_every_obstacle_says_what_to_do(code: str) -> None:
    sentence = obstacle_sentence(Obstacle(code, ROLE_ARN))
    assert sentence.values == {"target": ROLE_ARN}
    text = text_of(sentence)
    assert code not in text
    assert len(re.findall(r"\.(?: |$)", text)) >= 2


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_any_code_of_the_catalogue_can_be_an_obstacle(code: str) -> None:
    text = text_of(obstacle_sentence(Obstacle(code, ROLE_ARN)))
    assert code not in text


def test_an_obstacle_with_its_finding() -> None:
    params = {"limit": "policy-size", "figure": 6144, "target": POLICY_ARN}
    finding = Finding("change.limit", Evidence.PREDICTED, params=params)
    sentence = obstacle_sentence(Obstacle("change.limit", POLICY_ARN, finding))
    assert "6144" in text_of(sentence)
    assert POLICY_ARN in sentence.values.values()


def test_a_bucket_with_another_key_and_one_without_any() -> None:
    other = obstacle_sentence(Obstacle("kms.key-differs", OTHER_KEY_ARN))
    none = obstacle_sentence(Obstacle("kms.key-differs", f"arn:aws:s3:::{BUCKET}"))
    assert other.template != none.template
    assert "does not use the KMS key" in none.template


@pytest.mark.parametrize("code", sorted(_LEFT_ALONE))
def test_what_stays(code: str) -> None:
    sentence = left_alone_sentence(LeftAlone(code, ROLE_ARN, {"names": ["one", "two", "three"]}))
    named = {} if code == "policy-elsewhere-unread" else {"names": "one, two and three"}
    assert sentence.values == {"target": ROLE_NAME, **named}
    assert text_of(sentence).endswith(".")


def test_where_the_gone_are_left_out() -> None:
    names = {"names": [DELETED]}
    of_role = left_alone_sentence(LeftAlone("gone-principals", ROLE_ARN, names))
    of_key = left_alone_sentence(LeftAlone("gone-principals", KEY_ARN, names))
    assert f"the trust policy of the role {ROLE_NAME}: {DELETED}." in text_of(of_role)
    assert "the policy of the KMS key " in text_of(of_key)


NAMED: Final = {
    "names": ["first-name"],
    "external_ids": [OTHER],
    "policies": ["ReadOnlyAccess"],
    "actions": ["s3:*"],
}


@pytest.mark.parametrize("choice", sorted(_TITLES))
def test_a_choice_says_what_it_does_and_who_loses_by_it(choice: Choice) -> None:
    whole, bare = (offer_words(Offer(choice, ROLE_ARN, params)) for params in (NAMED, {}))
    assert whole.title == bare.title
    assert "{" not in whole.title
    text = text_of(whole.detail)
    assert text.endswith(".")
    text_of(bare.detail)
    named = [name for name, texts in NAMED.items() if texts[0] in text]
    assert (
        named
        == {
            Choice.DATA_KEY: ["names"],
            Choice.OTHER_KEYS: ["names"],
            Choice.INLINE_POLICY: ["names"],
            Choice.TAGGING: ["names"],
            Choice.REQUIRE_EXTERNAL_ID: [],
            Choice.REPLACE_TRUST: ["names", "external_ids"],
            Choice.REPLACE_POLICY: ["names", "actions"],
            Choice.REMAKE_ROLE: ["names", "external_ids", "policies"],
        }[choice]
    )
    assert ("lose" in text) or ("no longer" in text)


def test_what_an_undo_leaves_is_one_text_with_each_value_apart() -> None:
    """So that on a shared screen each is hidden, and the words between them are not."""
    role, other = ROLE_ARN, ROLE_ARN.replace("role/", "role/data/")
    deleted = [change(ChangeKind.DELETE_ROLE, arn, {}, None) for arn in (role, other)]
    left = left_sentence(deleted)
    assert left is not None
    assert "another unique id" in left.template
    assert ROLE_NAME not in left.template
    assert left.text.count(ROLE_NAME) == 2
    assert left_sentence([]) is None
