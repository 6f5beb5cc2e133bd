"""Policies as people posted them come out as the documents they are, and what is odd is said."""

import pytest

from app.core.draft import BucketEntry, Draft
from app.core.pasted_documents.documents_in import documents_in
from app.core.pasted_documents.places import placed
from tests.core.pasted_documents.posted import POSTED, Posted
from tests.helpers.snapshots import ACCOUNT, BUCKET, DATABASE_ID, REGION

DRAFT = Draft(ACCOUNT, DATABASE_ID, (BucketEntry(BUCKET, REGION),))


@pytest.mark.parametrize("row", POSTED, ids=lambda row: row.source)
def test_what_people_posted(row: Posted) -> None:
    found = documents_in(row.text)
    assert tuple(document.kind for document in found.documents) == row.kinds
    said = {str(trouble.trouble) for trouble in found.troubles}
    for one in placed(DRAFT, found, {}):
        document = one.document
        said |= {str(forgiven.slip) for forgiven in document.forgiven}
        said |= {*map(str, document.ways), *map(str, one.hints)}
    assert said - {"other-bucket", "unclear"} == row.said - {"other-bucket"}
