"""What the policy documents are called as files, wherever they are saved or sent."""

from typing import Final

TRUST_FILE: Final = "trust-policy.json"
PERMISSIONS_FILE: Final = "permissions-policy.json"
KMS_FILE: Final = "kms-key-statement.json"
"""The statement to add to a key's policy."""
