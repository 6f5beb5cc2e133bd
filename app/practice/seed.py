"""Fills moto with the practice account, its key and buckets, and UbiQuity's own account.

The access keys and the key's ARN stay the same over a reset, so that clients and a draft made
before it go on working. Imports moto, so it is imported only once the practice AWS starts.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from moto.iam.models import AWSManagedPolicy, User
from moto.kms.models import kms_backends
from moto.s3.models import s3_backends

from app.core import guide
from app.practice import buckets, identities
from app.practice.account import (
    ACCOUNT_ID,
    ADMIN_USER,
    CONNECTOR_DOCUMENT,
    KEY_DESCRIPTION,
    KEY_ID,
    KEY_REGION,
    MANY_FOLDERS,
    PARTNER_ACCOUNT_ID,
    PARTNER_BUCKET,
    PARTNER_BUCKET_POLICY,
    PARTNER_USER,
    SEEDED_BUCKETS,
    SUPPORT_USER,
    UBIQUITY_USER,
    Keys,
    SeededBucket,
    aws_managed_policies,
    file_contents,
)
from app.practice.ledger import Ledger

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@dataclass(frozen=True, slots=True)
class Fixtures:
    """What stays the same over a reset."""

    admin: Keys
    ubiquity: Keys
    support: Keys
    partner: Keys
    key_id: str

    @property
    def key_arn(self) -> str:
        """The ARN of the practice key."""
        return f"arn:aws:kms:{KEY_REGION}:{ACCOUNT_ID}:key/{self.key_id}"


def new_fixtures() -> Fixtures:
    """Return fresh access keys for all sign-ins, and the key's id."""
    return Fixtures(_new_keys(), _new_keys(), _new_keys(), _new_keys(), KEY_ID)


def empty(ledger: Ledger) -> None:
    """Forget everything that moto and the gate hold, in every account."""
    BackendDict.reset()
    reset_model_data()
    ledger.clear()


def fill(fixtures: Fixtures, ledger: Ledger) -> None:
    """Make the accounts, sign-ins, key and buckets of the practice AWS."""
    _make_policies(ACCOUNT_ID)
    _make_policies(guide.UBIQUITY_ACCOUNT)
    _make_policies(PARTNER_ACCOUNT_ID)
    _make_administrator(ACCOUNT_ID, ADMIN_USER, fixtures.admin)
    _make_administrator(PARTNER_ACCOUNT_ID, PARTNER_USER, fixtures.partner)
    _make_connector(UBIQUITY_USER, fixtures.ubiquity)
    _make_connector(SUPPORT_USER, fixtures.support)
    _make_key(fixtures)
    for bucket in (*SEEDED_BUCKETS, MANY_FOLDERS):
        _make_bucket(ACCOUNT_ID, bucket, fixtures)
    _make_bucket(PARTNER_ACCOUNT_ID, PARTNER_BUCKET, fixtures)
    ledger.bucket_policies[PARTNER_BUCKET.name] = json.dumps(PARTNER_BUCKET_POLICY)


def _make_administrator(account: str, name: str, keys: Keys) -> None:
    user = make_user(account, name)
    arn = "arn:aws:iam::aws:policy/AdministratorAccess"
    policy = identities.find_managed_policy(account, arn)
    if policy is not None:
        policy.attach_to(user)
    _give_keys(user, keys)


def _make_connector(name: str, keys: Keys) -> None:
    user = make_user(guide.UBIQUITY_ACCOUNT, name)
    user.put_policy("assume-customer-roles", json.dumps(CONNECTOR_DOCUMENT))
    _give_keys(user, keys)


def make_user(account: str, name: str) -> User:
    """Make a user with an id of the form that AWS gives users."""
    user = identities.backend(account).create_user("us-east-1", name)
    user.id = new_user_id()
    return user


def new_user_id() -> str:
    """Return a fresh unique id of a user (IAM User Guide, "IAM identifiers")."""
    return "AIDA" + _letters(17)


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))


def _new_keys() -> Keys:
    return Keys("AKIAPRACTICE" + _letters(8), secrets.token_urlsafe(30))


def _give_keys(user: User, keys: Keys) -> None:
    store = identities.backend(user.account_id)
    stored = store.create_access_key(user.name)
    del store.access_keys[stored.access_key_id]
    stored.access_key_id = keys.access_key_id
    stored.secret_access_key = keys.secret_access_key
    store.access_keys[keys.access_key_id] = stored


def _make_policies(account: str) -> None:
    for name, document in aws_managed_policies().items():
        data = {
            "DefaultVersionId": "v1",
            "Path": "/",
            "Document": document,
            "CreateDate": "2015-02-06T18:39:46+00:00",
            "UpdateDate": "2015-02-06T18:39:46+00:00",
        }
        policy = AWSManagedPolicy.from_data(name, account, "us-east-1", data)
        identities.backend(account).managed_policies[policy.arn] = policy


def _make_key(fixtures: Fixtures) -> None:
    store = kms_backends[ACCOUNT_ID][KEY_REGION]
    # moto would spend most of a reset on an RSA key that a symmetric one never uses.
    key = store.create_key(None, "ENCRYPT_DECRYPT", "ECC_NIST_P256", KEY_DESCRIPTION, None)
    key.key_spec = "SYMMETRIC_DEFAULT"
    del store.keys[key.id]
    key.id, key.arn = fixtures.key_id, fixtures.key_arn
    store.keys[key.id] = key


def _make_bucket(account: str, seeded: SeededBucket, fixtures: Fixtures) -> None:
    store = s3_backends[account]["aws"]
    bucket = store.create_bucket(seeded.name, seeded.region)
    bucket.creation_date = datetime.now(UTC)
    if seeded.encrypted:
        bucket.encryption = {
            "Rule": {
                "ApplyServerSideEncryptionByDefault": {
                    "SSEAlgorithm": "aws:kms",
                    "KMSMasterKeyID": fixtures.key_arn,
                },
                "BucketKeyEnabled": "true",
            }
        }
    buckets.set_defaults(bucket)
    for name in seeded.files:
        stored = store.put_object(seeded.name, name, file_contents(name))
        stored.set_metadata({"Content-Type": "text/csv"})
