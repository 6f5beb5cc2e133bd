"""What is sent to the person who looks after the AWS account, in the form that they use."""

from app.core.documents.file_names import HANDOFF_FILE
from app.core.draft import Draft
from app.core.formats.draft_json import draft_to_json
from app.core.formats.writing import file_text
from app.core.problem import Problem
from app.core.wording.handoff.forms import FORMS
from app.exports.by_format import EXPORTS
from app.exports.cloudformation.quick_create import quick_create_link
from app.exports.pieces.exported_file import ExportedFile


def handoff_forms() -> tuple[str, ...]:
    """Return the exports that can be sent, in the order in which they are offered."""
    return tuple(form for form in FORMS if form in EXPORTS)


def handoff_files(draft: Draft, form: str) -> tuple[ExportedFile, ...]:
    """Return what is sent: the files of the export ``form``, and last the hand-off file."""
    return (*EXPORTS[form](draft), handoff_file(draft))


def handoff_file(draft: Draft) -> ExportedFile:
    """Return the file that this program opens on the same draft."""
    return ExportedFile(HANDOFF_FILE, file_text(draft_to_json(draft)))


def template_link(draft: Draft, template_address: str) -> str | Problem:
    """Return the link that opens the template at an address in S3; else what is wrong with it."""
    return quick_create_link(draft, template_address)
