"""UbiQuity's connector itself, practised: what "Test Connection" does, and what it answers.

The guide, "How it works" and Step 4: assume the role with the External ID for an hour, by the STS
of the bucket's region, then list the connector's prefix. Which of the guide's headings an error
stands under is in its "Troubleshooting". boto3 is imported with the first call.
"""

from typing import TYPE_CHECKING, Final

from app.core.draft import BucketEntry, Draft
from app.core.guide import SESSION_SECONDS, role_arn
from app.core.told.answer import ToldAnswer
from app.flow.ports.accounts import PressedTest
from app.practice.account import Keys
from app.practice.people import Person

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectTypeDef

_SESSION_NAME: Final = "ubiquity-connector"
_ASSUME: Final = {"AccessDenied": ToldAnswer.ASSUME, "ValidationError": ToldAnswer.EXTERNAL_ID}
_LIST: Final = {
    "AccessDenied": ToldAnswer.OPERATIONS,
    "AllAccessDisabled": ToldAnswer.OPERATIONS,
    "AuthorizationHeaderMalformed": ToldAnswer.REGION,
    "NoSuchBucket": ToldAnswer.REGION,
    "PermanentRedirect": ToldAnswer.REGION,
}


def press_test_connection(endpoint_url: str, keys: Keys, draft: Draft) -> tuple[PressedTest, ...]:
    """Press "Test Connection" of every connector of ``draft``, with UbiQuity's ``keys``.

    Blocks for part of a second for each.
    """
    ubiquity = Person(endpoint_url, keys)
    return tuple(_pressed(endpoint_url, ubiquity, draft, entry) for entry in draft.buckets)


def _pressed(endpoint_url: str, ubiquity: Person, draft: Draft, entry: BucketEntry) -> PressedTest:
    from botocore.exceptions import BotoCoreError, ClientError

    answers = _ASSUME
    try:
        session = _assumed(endpoint_url, ubiquity, draft, entry.region)
        answers = _LIST
        files, markers = _counted(session.s3(entry.region), entry)
    except ClientError as error:
        told = answers.get(str(error.response["Error"]["Code"]), ToldAnswer.OTHER)
        return PressedTest(entry, told, message=error.response["Error"].get("Message", ""))
    except BotoCoreError as error:
        return PressedTest(entry, ToldAnswer.OTHER, message=str(error))
    return PressedTest(entry, ToldAnswer.SUCCESS, files, markers)


def _assumed(endpoint_url: str, ubiquity: Person, draft: Draft, region: str) -> Person:
    keys = ubiquity.sts_in(region).assume_role(
        RoleArn=role_arn(draft.account_id),
        RoleSessionName=_SESSION_NAME,
        ExternalId=draft.database_id,
        DurationSeconds=SESSION_SECONDS,
    )["Credentials"]
    given = Keys(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    return Person(endpoint_url, given)


def _counted(s3: "S3Client", entry: BucketEntry) -> tuple[int, int]:
    """Return how many files and folder markers lie under the connector's prefix."""
    # A wrong region has to show: botocore would look for the right one, once.
    s3.meta.events.register("before-call.s3", _as_if_redirected)
    pages = s3.get_paginator("list_objects_v2")
    files = markers = 0
    for page in (
        pages.paginate(Bucket=entry.name, Prefix=entry.prefix)
        if entry.prefix
        else pages.paginate(Bucket=entry.name)
    ):
        listed = page.get("Contents", ())
        here = sum(map(_is_marker, listed))
        files, markers = files + len(listed) - here, markers + here
    return files, markers


def _is_marker(listed: "ObjectTypeDef") -> bool:
    return listed["Key"].endswith("/") and not listed["Size"]


def _as_if_redirected(context: dict[str, dict[str, object]], **_: object) -> None:
    context["s3_redirect"]["redirected"] = True
