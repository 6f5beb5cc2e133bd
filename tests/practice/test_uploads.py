"""Uploads in parts, and many callers at once."""

from concurrent.futures import ThreadPoolExecutor

from app.core.guide import ROLE_NAME
from tests.practice.clients import ENCRYPTED, IMPORTS, Person, allow, document, refusal_of
from tests.practice.conftest import Setup


def upload(who: Person, bucket: str) -> bytes:
    key = "imports/large.csv"
    started = who.s3.create_multipart_upload(Bucket=bucket, Key=key)
    part = who.s3.upload_part(
        Bucket=bucket, Key=key, UploadId=started["UploadId"], PartNumber=1, Body=b"part"
    )
    who.s3.complete_multipart_upload(
        Bucket=bucket,
        Key=key,
        UploadId=started["UploadId"],
        MultipartUpload={"Parts": [{"ETag": part["ETag"], "PartNumber": 1}]},
    )
    return who.s3.get_object(Bucket=bucket, Key=key)["Body"].read()


def test_a_file_goes_up_in_parts(setup: Setup) -> None:
    assert upload(setup.whole(), IMPORTS) == b"part"


def test_parts_need_the_key_too(setup: Setup) -> None:
    session = setup.encrypted()
    assert "kms:GenerateDataKey" in refusal_of(lambda: upload(session, ENCRYPTED)).message
    setup.admin.iam.put_role_policy(
        RoleName=ROLE_NAME, PolicyName="key", PolicyDocument=document(allow("kms:*"))
    )
    assert upload(session, ENCRYPTED) == b"part"


def test_many_callers_at_once_get_each_their_own_answer(admin: Person) -> None:
    def write_and_read(number: int) -> bytes:
        key = f"many/{number}"
        admin.s3.put_object(Bucket=IMPORTS, Key=key, Body=str(number).encode())
        return admin.s3.get_object(Bucket=IMPORTS, Key=key)["Body"].read()

    assert admin.s3.list_buckets()["Buckets"]  # the client is made before the threads share it
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write_and_read, range(40)))
    assert answers == [str(number).encode() for number in range(40)]
    assert admin.s3.list_objects_v2(Bucket=IMPORTS, Prefix="many/")["KeyCount"] == 40
