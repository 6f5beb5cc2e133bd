"""What the guide calls its steps in AWS: over the pages, and in what is sent to others."""

from typing import Final

from app.core.i18n import mark

ROLE_TITLE: Final = mark("Step 1: Create the IAM role")
TRUST_TITLE: Final = mark("Step 2: Configure the trust policy")
PERMISSIONS_TITLE: Final = mark("Step 3: Attach a permissions policy")
