"""What whoever runs an export has to be allowed, as a file beside it."""

from typing import Final

from app.core.draft import Draft
from app.core.formats.writing import file_text
from app.core.needs.by_export import policy_to_deploy
from app.exports.exported_file import ExportedFile

PERMISSIONS_TO_RUN_FILE: Final = "permissions-to-run.json"


def permissions_to_run(export: str, draft: Draft) -> ExportedFile:
    """Return the least policy for whoever carries ``export`` of ``draft`` out."""
    return ExportedFile(PERMISSIONS_TO_RUN_FILE, file_text(policy_to_deploy(export, draft)))
