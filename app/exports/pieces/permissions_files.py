"""What whoever carries an export out has to be allowed, as a file beside it."""

from typing import Final

from app.core.draft import Draft
from app.core.formats.writing import file_text
from app.core.needs.by_export import policy_to_deploy
from app.exports.pieces.exported_file import ExportedFile

PERMISSIONS_TO_RUN_FILE: Final = "permissions-to-run.json"
PERMISSIONS_TO_DEPLOY_FILE: Final = "permissions-to-deploy.json"


def permissions_to_run(export: str, draft: Draft) -> ExportedFile:
    """Return the least policy for whoever runs the script ``export`` of ``draft``."""
    return ExportedFile(PERMISSIONS_TO_RUN_FILE, file_text(policy_to_deploy(export, draft)))


def permissions_to_deploy(export: str, draft: Draft) -> ExportedFile:
    """Return the least policy for whoever deploys the template ``export`` of ``draft``."""
    return ExportedFile(PERMISSIONS_TO_DEPLOY_FILE, file_text(policy_to_deploy(export, draft)))
