"""The KMS keys that moto keeps, and their policies.

Imports moto, so it is imported only once the practice AWS starts.
"""

from moto.kms.models import Key, kms_backends

from app.practice.ledger import Ledger


def find_key(named: str, account: str, region: str) -> Key | None:
    """Return the key that ``named`` (an id, alias or ARN of either) means in this account.

    An ARN means the account and region that stand in it.
    """
    key_id = named
    if named.count(":") >= 5:
        _, _, _, region, account, key_id = named.split(":", 5)
    if account not in kms_backends or region not in kms_backends[account]:
        return None
    keys = kms_backends[account][region]
    if key_id.startswith("alias/"):
        key_id = keys.get_key_id_from_alias(key_id) or ""
    return keys.keys.get(key_id.removeprefix("key/"))


def key_policy(key: Key, ledger: Ledger) -> str:
    """Return the key's policy; where nobody set one, the default: the account decides.

    Source: AWS KMS Developer Guide, "Default key policy".
    """
    return ledger.key_policies.get(key.arn) or key.generate_default_policy()
