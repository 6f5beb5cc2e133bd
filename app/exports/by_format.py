"""The exports by the name that ``policies --format`` calls them by (formats.md)."""

from collections.abc import Callable, Mapping
from typing import Final

from app.core.draft import Draft
from app.exports.bash import bash_files
from app.exports.cloudformation import cloudformation_files
from app.exports.cloudshell import cloudshell_files
from app.exports.exported_file import ExportedFile
from app.exports.html_page import html_page
from app.exports.policy_files import policy_files
from app.exports.powershell import powershell_files
from app.exports.terraform import terraform_files

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
