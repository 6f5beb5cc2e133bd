"""The exports by the name that ``policies --format`` calls them by (formats.md)."""

from collections.abc import Callable, Mapping
from typing import Final

from app.core.draft import Draft
from app.exports.cloudformation.template import cloudformation_files
from app.exports.cloudshell.way import cloudshell_files
from app.exports.html_page import html_page
from app.exports.pieces.exported_file import ExportedFile
from app.exports.pieces.policy_files import policy_files
from app.exports.scripts.bash import bash_files
from app.exports.scripts.powershell import powershell_files
from app.exports.terraform.configuration import terraform_files

EXPORTS: Final[Mapping[str, Callable[[Draft], tuple[ExportedFile, ...]]]] = {
    "json": policy_files,
    "cloudformation": cloudformation_files,
    "terraform": terraform_files,
    "bash": bash_files,
    "powershell": powershell_files,
    "cloudshell": cloudshell_files,
    "html": html_page,
}
"""What each makes of a draft: the files that are written with ``--out``.

The first is the one that is printed without it.
"""
