"""Others' values in a document, which nobody marked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.documents.document_text import document_text
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry
from app.core.wording.unmarked_values import parted, with_hidden

HIDDEN = (
    ('{"AWS": "arn:aws:iam::210987654321:user/jo"}', '{"AWS": "#"}'),
    ('"Sid": "KeepJoOut"', '"Sid": "#"'),
    ('"sts:ExternalId": ["abc", "d\\"e"]', '"sts:ExternalId": ["#", "#"]'),
    ('"aws:userid": "AROAEXAMPLEID1234567X:*"', '"aws:userid": "#"'),
    ("--role-arn arn:aws:sts::210987654321:assumed-role/x/jo", "--role-arn arn:aws:sts::#:#"),
    ("in arn:aws:iam::210987654321:root.", "in arn:aws:iam::#:#"),
    ("Made by jo.b+c@acme.co.nz in 2109 8765 4321", "Made by # in #"),
    ("key 1234abcd-12ab-34cd-56ef-1234567890ab", "key #"),
    ("at https://acme.awsapps.com/start now", "at # now"),
    ("Saved in /home/jo/x.txt", "Saved in #"),
    ("Saved in C:\\Users\\jo\\x.txt", "Saved in #"),
)


@pytest.mark.parametrize(("text", "hidden"), HIDDEN)
def test_what_others_wrote_is_hidden(text: str, hidden: str) -> None:
    assert with_hidden(text, lambda _: "#").replace("#.", "#") == hidden


STAYS = (
    '"Effect": "Deny", "Principal": "*", "Action": ["s3:*", "kms:Decrypt", "s3:Get*"]',
    '"Service": "cloudtrail.amazonaws.com"',
    '"AWS": "arn:aws:iam::049579744830:root"',
    '"Resource": "arn:aws:s3:::da••••••••/*"',
    "UbiQuity (049579744830), support@ubiquity.co.nz",
    "arn:aws:iam::aws:policy/AmazonS3FullAccess",
)


@pytest.mark.parametrize("text", STAYS)
def test_what_is_nobodys_own_stays(text: str) -> None:
    assert with_hidden(text, lambda _: "#") == text


def test_of_the_guides_documents_only_the_persons_values_go() -> None:
    entries = (BucketEntry("b••", "eu-west-1", "p••/", True), BucketEntry("c••", "eu-west-1"))
    for document in (trust_policy("x••"), permissions_policy(entries), kms_statement("1••")):
        text = document_text(document)
        assert with_hidden(text, lambda _: "#") == text


def test_a_sentence_that_came_whole_is_parted() -> None:
    sentence = parted("In /home/jo/runs the run of 123456789012 {is} damaged.")
    assert sentence.template == "In {own0} the run of {own1} {is} damaged."
    assert sentence.text == "In /home/jo/runs the run of 123456789012 {is} damaged."
    assert parted("{own0} of 123456789012").text == "{own0} of 123456789012"


@given(st.text())
def test_no_text_is_changed_by_it(text: str) -> None:
    assert parted(text).text == text


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text())))
def test_json_stays_json(document: dict[str, object]) -> None:
    json.loads(with_hidden(json.dumps(document), lambda _: "#"))
