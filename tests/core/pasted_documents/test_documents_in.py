"""Documents in pasted texts: the same whatever copying did to them, and what was done is said."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.pasted_documents.documents_in import documents_in
from app.core.pasted_documents.kinds import DocumentKind
from app.core.pasted_documents.pasted import PastedDocument, Trouble
from tests.core.pasted_documents.copies import (
    BUCKET_POLICY,
    DAMAGES,
    KEY_POLICY,
    PERMISSIONS,
    TRUST,
    pretty,
)
from tests.helpers.snapshots import ACCOUNT, BUCKET, KEY, ROLE_ARN

KINDS = {
    DocumentKind.TRUST: TRUST,
    DocumentKind.PERMISSIONS: PERMISSIONS,
    DocumentKind.BUCKET: BUCKET_POLICY,
    DocumentKind.KEY: KEY_POLICY,
}


def only(text: str) -> PastedDocument:
    found = documents_in(text)
    assert len(found.documents) == 1, found
    assert found.troubles == ()
    return found.documents[0]


def said(found: PastedDocument) -> set[str]:
    return {*(str(one.slip) for one in found.forgiven), *map(str, found.ways)}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_copied_policy_is_read_as_it_is(kind: DocumentKind, damage: str) -> None:
    damaged, to_be_said = DAMAGES[damage]
    found = only(damaged(pretty(KINDS[kind])))
    assert found.piece.policy == KINDS[kind]
    assert found.kind is kind
    assert said(found) == ({to_be_said} if to_be_said else set())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("line numbers", "a quoted mail"),
        ("an added diff", "line numbers"),
        ("// comments", "a string"),
        ("no-break spaces", "a string's inside"),
        ("a string's inside", "IAM's API"),
        ("line numbers alone", "a page's source"),
        ("trailing commas", "an escaped page's source"),
    ],
)
def test_what_two_programs_did_is_undone_in_its_order(first: str, second: str) -> None:
    damaged = DAMAGES[second][0](DAMAGES[first][0](pretty(TRUST)))
    found = only(damaged)
    assert found.piece.policy == TRUST
    assert said(found) == {DAMAGES[first][1], DAMAGES[second][1]}


@pytest.mark.parametrize(
    ("opening", "closing"), ["“”", "””", "„“", "″″", "««"], ids=lambda mark: f"{ord(mark):x}"
)
def test_quotation_marks_of_mail_programs(opening: str, closing: str) -> None:
    text = "".join(
        (opening if index % 2 else closing) + part if index else part
        for index, part in enumerate(pretty(TRUST).split('"'))
    )
    found = only(text)
    assert (found.piece.policy, said(found)) == (TRUST, {"curly-quotes"})


def test_one_exchanged_quotation_mark() -> None:
    found = only(pretty(TRUST).replace('"Version"', '"Version”').replace('"Allow"', '“Allow"'))
    assert (found.piece.policy, said(found)) == (TRUST, {"curly-quotes"})


def test_what_python_prints() -> None:
    wanted = {**TRUST, "Statement": [{**TRUST["Statement"][0], "Sid": None, "Id": True}]}
    found = only(repr(wanted))
    assert (found.piece.policy, said(found)) == (wanted, {"single-quotes", "python-word"})


def test_a_wrapped_line_is_put_together_and_said_with_its_text() -> None:
    found = only(pretty(TRUST).replace("049579744830", "0495\n      79744830"))
    (wrapped,) = found.forgiven
    assert found.piece.policy == TRUST
    assert (str(wrapped.slip), wrapped.near) == (
        "line-break",
        "arn:aws:iam::049579744830:root",
    )


def test_nothing_inside_of_a_text_is_cleaned() -> None:
    odd = json.loads(pretty(TRUST).replace("xWqJ", "\u200bxWqJ\xa0"))
    assert only(pretty(odd).replace("{\n", "{ // mine\n", 1)).piece.policy == odd


@pytest.mark.parametrize(
    ("answer", "kinds"),
    [
        ({"Policy": json.dumps(BUCKET_POLICY)}, [DocumentKind.BUCKET]),
        ({"Policy": json.dumps(KEY_POLICY), "PolicyName": "default"}, [DocumentKind.KEY]),
        (
            {"PolicyVersion": {"Document": PERMISSIONS, "VersionId": "v3"}},
            [DocumentKind.PERMISSIONS],
        ),
        (
            {"RoleName": "r", "PolicyName": "extra", "PolicyDocument": PERMISSIONS},
            [DocumentKind.PERMISSIONS],
        ),
        (
            {"Role": {"RoleName": "r", "Arn": ROLE_ARN, "AssumeRolePolicyDocument": TRUST}},
            [DocumentKind.ROLE, DocumentKind.TRUST],
        ),
        (
            {
                "Roles": [
                    {
                        "RoleName": "r",
                        "Arn": ROLE_ARN,
                        "AssumeRolePolicyDocument": quote(json.dumps(TRUST)),
                    }
                ]
            },
            [DocumentKind.ROLE, DocumentKind.TRUST],
        ),
        ({"AttachedPolicies": []}, [DocumentKind.POLICY_LIST]),
        ({"PolicyNames": ["extra"]}, [DocumentKind.INLINE_LIST]),
        ({"KeyMetadata": {"Arn": KEY, "KeyState": "Enabled"}}, [DocumentKind.KEY_FACTS]),
        (
            {
                "ServerSideEncryptionConfiguration": {
                    "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
                }
            },
            [DocumentKind.ENCRYPTION],
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_answers_of_the_aws_cli(answer: dict[str, Any], kinds: list[DocumentKind]) -> None:
    found = documents_in("$ aws …\n" + json.dumps(answer, indent=4))
    assert [document.kind for document in found.documents] == kinds
    assert found.troubles == ()


def test_get_role_tells_the_role_and_that_it_has_no_boundary() -> None:
    role: dict[str, object] = {"RoleName": "r", "Arn": f"arn:aws:iam::{ACCOUNT}:role/teams/r"}
    answer = {"Role": {**role, "Path": "/teams/", "AssumeRolePolicyDocument": TRUST}}
    details = documents_in(json.dumps(answer)).documents[0].piece.role
    assert details is not None
    assert (details.name, details.path, details.boundary) == ("r", "/teams/", None)
    assert details.tells_boundary
    listed = documents_in(json.dumps({"Roles": [role]})).documents[0].piece.role
    assert listed is not None
    assert not listed.tells_boundary


def test_several_documents_each_with_its_heading() -> None:
    text = (
        f"Role {ROLE_ARN}\nTrusted entities\nEntities that can assume this role under specified "
        f"conditions.\n{pretty(TRUST)}\n\nPermissions boundary\n{pretty(PERMISSIONS)}\n"
        f"Permissions policies\n{pretty(PERMISSIONS)}\n{pretty(BUCKET_POLICY)}"
    )
    found = documents_in(text)
    kinds = [document.kind for document in found.documents]
    assert kinds == [
        DocumentKind.ROLE,
        DocumentKind.TRUST,
        DocumentKind.BOUNDARY,
        DocumentKind.PERMISSIONS,
        DocumentKind.BUCKET,
    ]
    assert not any(document.is_misnamed for document in found.documents)
    assert [d.line for d in found.documents][:3] == [1, 4, 23]


def test_a_document_under_another_ones_name_is_told() -> None:
    assert only(f"Permissions policy:\n{pretty(TRUST)}").is_misnamed
    assert not only(f"Trust policy:\n{pretty(TRUST)}").is_misnamed


def test_a_policy_that_could_be_several() -> None:
    open_door = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    text = json.dumps({"Statement": [open_door]})
    assert only(text).kind is DocumentKind.UNCLEAR
    assert only(f"Key policy\n{text}").kind is DocumentKind.KEY
    queue = {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage"}}
    assert only(json.dumps(queue)).kind is DocumentKind.OTHER


WHOLE = pretty(TRUST)


@pytest.mark.parametrize(
    ("text", "trouble", "line"),
    [
        (WHOLE[:-2], Trouble.CUT_SHORT, 16),
        (WHOLE.replace('"sts:AssumeRole"', "..."), Trouble.LEFT_OUT, 9),
        (WHOLE.replace('"Version":', '"Version:'), Trouble.UNEXPECTED, 2),
        (WHOLE.replace('"Allow",', '"Allow,'), Trouble.QUOTE, 5),
        (json.dumps(TRUST["Statement"][0]), Trouble.STATEMENT_ALONE, 1),
        ('{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}', Trouble.TEMPLATE, 1),
        ('{"Buckets": []}', Trouble.OTHER_JSON, 1),
        ("Version: '2012-10-17'\nStatement:\n- Effect: Allow", Trouble.YAML, 1),
        ('resource "aws_iam_role" "u" {\n  policy = jsonencode({\n', Trouble.TERRAFORM, 1),
        ("+------+\n|  GetRole |\n+------+", Trouble.TABLE, 1),
        ("the policy is fine", Trouble.TEXT, 1),
        ("{" * 60, Trouble.UNEXPECTED, 1),
        ("if (a) { b(); }", Trouble.TEXT, 1),
        ('{"a":' * 60, Trouble.TOO_DEEP, 1),
    ],
    ids=lambda value: str(value) if isinstance(value, Trouble) else None,
)
def test_what_cannot_be_used_is_said_and_the_whole_text_helps(
    text: str, trouble: Trouble, line: int
) -> None:
    found = documents_in(text)
    assert not found
    assert (found.troubles[0].trouble, found.troubles[0].line) == (trouble, line)
    assert only(WHOLE).piece.policy == TRUST


def test_a_sound_document_after_a_broken_one_is_used() -> None:
    found = documents_in(f"{pretty(PERMISSIONS)[:-3]}\n\n{WHOLE}")
    assert [document.kind for document in found.documents] == [DocumentKind.TRUST]
    assert len(found.troubles) == 1


@pytest.mark.parametrize("cut", [2, 4, 12])
def test_where_a_document_ends_too_soon_before_another_one_its_own_end_is_named(cut: int) -> None:
    first = WHOLE[:-cut]
    found = documents_in(f"{first}\n\n{pretty(PERMISSIONS)}\n{ROLE_ARN}")
    assert [document.kind for document in found.documents] == [
        DocumentKind.PERMISSIONS,
        DocumentKind.ROLE,
    ]
    last = first.rstrip().count("\n") + 1
    assert [(t.trouble, t.line) for t in found.troubles] == [(Trouble.CUT_SHORT, last)]


def test_more_than_is_looked_at_is_said() -> None:
    found = documents_in("\n".join(json.dumps({**TRUST, "Id": str(n)}) for n in range(600)))
    assert len(found.documents) == 500
    assert [trouble.trouble for trouble in found.troubles] == [Trouble.TOO_LONG]


def test_credentials_are_not_looked_at() -> None:
    secret = "aws_access_key_id=AKIAIOSFODNN7EXAMPLE\naws_secret_access_key=" + "w" * 40
    found = documents_in(f"{secret}\n{WHOLE}")
    assert [trouble.trouble for trouble in found.troubles] == [Trouble.CREDENTIALS]
    assert not found
    assert documents_in(WHOLE)


_WORDS = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\"'`\\&%<>+-“”„‟″＂«»‘’‚‛′´"
    ),
    max_size=12,
)
_VALUES = st.recursive(
    _WORDS | st.lists(_WORDS, min_size=1, max_size=3),
    lambda inner: st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=4,
)
_STATEMENTS = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny"]), "Action": st.just("s3:GetObject")},
    optional={"Sid": _WORDS, "Resource": _WORDS, "Condition": _VALUES},
)
_POLICIES = st.builds(
    lambda statements: {"Version": "2012-10-17", "Statement": statements},
    st.lists(_STATEMENTS, min_size=1, max_size=3),
)


@settings(max_examples=60, deadline=None)
@given(_POLICIES, st.sampled_from(sorted(DAMAGES)))
def test_any_sound_policy_comes_out_the_same(policy: dict[str, Any], damage: str) -> None:
    damaged, _ = DAMAGES[damage]
    found = documents_in(damaged(pretty(policy)))
    assert [document.piece.policy for document in found.documents] == [policy]


_MARKS = [
    "{",
    "}",
    "[",
    ":",
    ",",
    '"',
    "“",
    "'",
    "//",
    "/*",
    "...",
    "%7B%22",
    "&quot;",
    "\\",
    '\\"',
]
_ODD = ["1 ", "+", "> ", "\ud800", "\0", BUCKET, '{"Role":', "1e999"]
_FRAGMENTS = st.sampled_from([WHOLE, *WHOLE.split("\n"), *_MARKS, *_ODD])


@settings(max_examples=120, deadline=None)
@given(st.lists(_FRAGMENTS | st.text(max_size=5), max_size=30))
def test_nothing_raises(fragments: list[str]) -> None:
    text = "".join(fragments)
    found = documents_in(text)
    assert bool(found.documents or found.troubles) is bool(text.strip())
