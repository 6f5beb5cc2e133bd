"""Everything that can be said of what was pasted has words, with what is wrong and what to do."""

import pytest

from app.core.draft import BucketEntry, Draft
from app.core.pasted_documents.copied_ways import CopiedWay
from app.core.pasted_documents.documents_in import documents_in
from app.core.pasted_documents.kinds import DocumentKind
from app.core.pasted_documents.loose_json import Slip
from app.core.pasted_documents.pasted import Told, Trouble
from app.core.pasted_documents.places import Hint, placed
from app.core.pasted_documents.wanted import Want, wanted
from app.core.wording.pasted_words import (
    HINT_WORDS,
    KIND_WORDS,
    SLIP_WORDS,
    TROUBLE_WORDS,
    WAY_WORDS,
    asking_words,
    document_words,
    place_words,
    said_of,
    trouble_words,
    where_link,
    where_words,
)
from tests.core.pasted_documents.copies import BUCKET_POLICY, DAMAGES, TRUST, pretty
from tests.helpers.snapshots import ACCOUNT, BUCKET, DATABASE_ID, REGION

DRAFT = Draft(ACCOUNT, DATABASE_ID, (BucketEntry(BUCKET, REGION),))


def test_there_are_words_for_everything() -> None:
    assert set(SLIP_WORDS) == set(Slip)
    assert set(WAY_WORDS) == set(CopiedWay)
    assert set(HINT_WORDS) == set(Hint)
    assert set(TROUBLE_WORDS) == set(Trouble)
    assert set(KIND_WORDS) == set(DocumentKind)


def _said(text: str) -> list[str]:
    return [words.text for one in placed(DRAFT, documents_in(text), {}) for words in said_of(one)]


@pytest.mark.parametrize("damage", [name for name, (_, slip) in DAMAGES.items() if slip])
def test_each_thing_that_was_passed_over_is_said(damage: str) -> None:
    (said,) = _said(DAMAGES[damage][0](pretty(TRUST)))
    assert "{" not in said.replace("{above}", "")
    assert said.endswith((".", ":"))


def test_it_is_said_with_its_line_and_in_one_form_or_the_other() -> None:
    assert _said(pretty(TRUST).replace("\n}", ",\n}")) == [
        "A comma too many in line 16 was passed over. AWS refuses it."
    ]
    assert _said(pretty(TRUST).replace("0495", "04\n95")) == [
        "A line break inside of a value in line 7 was taken out: arn:aws:iam::049579744830:root"
    ]
    assert _said(pretty(TRUST).replace('"', "”"))[0].startswith("14 pairs of curly quotation marks")


def test_what_it_is_named_with_its_bucket() -> None:
    (one,) = placed(DRAFT, documents_in(pretty(BUCKET_POLICY)), {})
    assert document_words(one).text == f"The bucket policy of {BUCKET}"
    assert one.place is not None
    assert place_words(one.place).values == {"bucket": BUCKET}


def test_what_is_missing_can_be_asked_for_in_one_message() -> None:
    documents = placed(DRAFT, documents_in(pretty(TRUST)), {})
    said = asking_words(DRAFT, wanted(DRAFT, documents, Told(no_boundary=True)))
    assert ACCOUNT in said
    assert f"- The bucket policy of {BUCKET} (Amazon S3 > the bucket > Permissions" in said
    assert "trust policy" not in said
    assert "boundary" not in said


def test_a_trouble_is_said_with_its_line() -> None:
    (trouble,) = documents_in(pretty(TRUST).replace('"Allow",', '"Allow,')).troubles
    assert trouble_words(trouble) == (
        "A quotation mark is missing in line 5. Copy the document again."
    )


@pytest.mark.parametrize("want", Want)
def test_each_link_leads_to_the_place_that_the_words_name(want: Want) -> None:
    key = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234"
    of_role = where_words(want).startswith("IAM")
    entry = None if of_role else BucketEntry(BUCKET, REGION, kms_key_arn=key)
    link = where_link(want, entry)
    places = {
        "Trust relationships": "section=trust_relationships",
        "Permissions": "section=permissions" if of_role else "tab=permissions",
        "Summary": "section=permissions",  # it stands above each tab
        "Properties": "tab=properties",
        "Buckets": f"/s3/buckets?region={REGION}",
        "KMS": "/kms/keys/1234",
    }
    assert next(end for word, end in places.items() if word in where_words(want)) in link
    is_of_bucket = "the bucket" in where_words(want)
    assert (f"/buckets/{BUCKET}?" in link) == is_of_bucket
