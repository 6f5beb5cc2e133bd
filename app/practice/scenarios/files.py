"""Rehearsals about the files in the bucket."""

from typing import Final

from app.core.draft import BucketEntry
from app.core.i18n import mark
from app.practice.scenarios.scenario import Scenario
from app.practice.scenarios.stage import EMPTY, IMPORTS, RehearsalStage

_CONTENTS: Final = b"email,first_name\nexample@example.com,Example\n"


def _none(stage: RehearsalStage) -> None:
    stage.use(BucketEntry(EMPTY.name, EMPTY.region))
    stage.everything()


def _archived(stage: RehearsalStage) -> None:
    stage.everything()
    stage.admin.s3().put_object(
        Bucket=IMPORTS.name,
        Key="imports/customers-2024-01.csv",
        Body=_CONTENTS,
        StorageClass="GLACIER",
    )


def _tagged(stage: RehearsalStage) -> None:
    stage.everything()
    stage.admin.s3().put_object(
        Bucket=IMPORTS.name,
        Key="imports/tagged-2026-08.csv",
        Body=_CONTENTS,
        Tagging="retention=one-year",
    )


def _other_key(stage: RehearsalStage) -> None:
    """Store a file under a key of its own, which does not let the role in."""
    stage.everything()
    key = stage.admin.kms.create_key(Description="Older practice key")["KeyMetadata"]["Arn"]
    stage.admin.s3().put_object(
        Bucket=IMPORTS.name,
        Key="imports/a-year-ago.csv",
        Body=_CONTENTS,
        ServerSideEncryption="aws:kms",
        SSEKMSKeyId=key,
    )


def _client_key(stage: RehearsalStage) -> None:
    """Store a file under a key that the client keeps (SSE-C)."""
    stage.everything()
    stage.admin.s3().put_object(
        Bucket=IMPORTS.name,
        Key="imports/vip-2026-08.csv",
        Body=_CONTENTS,
        SSECustomerAlgorithm="AES256",
        SSECustomerKey="0123456789abcdef0123456789abcdef",
    )


SCENARIOS: Final = (
    Scenario("files.none", mark("There are no files to read."), _none),
    Scenario("files.archived", mark("A file lies in an archive."), _archived),
    Scenario("files.tagged", mark("A file carries tags."), _tagged),
    Scenario(
        "files.other-key",
        mark("A file lies under another key than the bucket's."),
        _other_key,
    ),
    Scenario("files.sse-c", mark("A file has a key that AWS does not keep."), _client_key),
)
