"""A link that opens the CloudFormation console with the template and its parameters filled in.

Source: CloudFormation User Guide, "Create quick-create links for stacks".
"""

from typing import Final
from urllib.parse import quote

from app.core.console_links import cloudformation_link
from app.core.draft import Draft
from app.core.fields.template_address import check_template_address
from app.core.needs.by_export import STACK_NAME
from app.core.problem import Problem
from app.exports.pieces.home_region import home_region

EXTERNAL_ID: Final = "UbiQuityAccountId"
"""The template's parameter that the link fills in."""


def quick_create_link(draft: Draft, template_address: str) -> str | Problem:
    """Return the link for the template at ``template_address``, or what is wrong with the address.

    The address is that of the file in S3, which whoever opens the link must be allowed to read. The
    link holds the External ID: it is to be masked on a shared screen.
    """
    checked = check_template_address(template_address)
    return checked.errors[0] if checked.value is None else link_to(draft, checked.value)


def link_to(draft: Draft, address: str) -> str:
    """Return the link for a template wherever it is."""
    query = {
        "templateURL": address,
        "stackName": STACK_NAME,
        f"param_{EXTERNAL_ID}": draft.database_id,
    }
    pairs = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    return f"{cloudformation_link(home_region(draft))}/stacks/create/review?{pairs}"
