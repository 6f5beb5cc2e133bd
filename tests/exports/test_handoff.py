"""What is sent to the person who looks after the AWS account."""

import json

import pytest

from app.core.documents.file_names import HANDOFF_FILE
from app.core.draft import Draft
from app.core.formats.draft_json import DraftFile, read_draft
from app.core.wording.handoff.forms import FORMS
from app.core.wording.handoff.page_form import PAGE_FORM
from app.exports.by_format import EXPORTS
from app.exports.handoff import handoff_files, handoff_forms
from tests.helpers.drafts import ENCRYPTED, PLAIN


def test_every_export_can_be_sent_and_has_its_words() -> None:
    assert set(EXPORTS) <= set(FORMS)
    assert set(handoff_forms()) == set(EXPORTS)
    assert handoff_forms()[0] == PAGE_FORM


@pytest.mark.parametrize("draft", [PLAIN, ENCRYPTED])
@pytest.mark.parametrize("form", handoff_forms())
def test_the_files_are_the_export_s_and_one_that_this_program_opens(
    form: str, draft: Draft
) -> None:
    *files, last = handoff_files(draft, form)
    assert tuple(files) == EXPORTS[form](draft)
    assert last.name == HANDOFF_FILE
    assert json.loads(last.text)["format"] == "ubiquity-s3-setup/draft"
    assert read_draft(last.text, last.name) == DraftFile(draft)


@pytest.mark.parametrize("form", handoff_forms())
def test_the_names_are_good_on_every_system_and_each_once(form: str) -> None:
    names = [file.name for file in handoff_files(ENCRYPTED, form)]
    assert len({name.lower() for name in names}) == len(names)
    assert all(name.isascii() and "/" not in name and " " not in name for name in names)
