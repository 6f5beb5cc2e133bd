"""Objects under SSE-C, which the connector can't read: the guide, "Encrypted buckets"."""

from tests.practice.clients import IMPORTS, Person, refusal_of

KEY = "k" * 32
NAME = "imports/secret.csv"
NEEDS_KEY = "The object was stored using a form of Server Side Encryption."


def put(who: Person) -> None:
    who.s3.put_object(
        Bucket=IMPORTS, Key=NAME, Body=b"x", SSECustomerAlgorithm="AES256", SSECustomerKey=KEY
    )


def test_without_the_key_it_can_be_neither_read_nor_described(admin: Person) -> None:
    put(admin)
    reading = refusal_of(lambda: admin.s3.get_object(Bucket=IMPORTS, Key=NAME))
    assert (reading.code, reading.status) == ("InvalidRequest", 400)
    assert reading.message.startswith(NEEDS_KEY)
    describing = refusal_of(lambda: admin.s3.head_object(Bucket=IMPORTS, Key=NAME))
    assert (describing.code, describing.status) == ("400", 400)


def test_with_the_key_and_no_other_it_can(admin: Person) -> None:
    put(admin)
    mine = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
    stored = admin.s3.get_object(Bucket=IMPORTS, Key=NAME, **mine)  # type: ignore[arg-type]
    assert stored["Body"].read() == b"x"
    other = mine | {"SSECustomerKey": "o" * 32}
    refusal = refusal_of(
        lambda: admin.s3.get_object(Bucket=IMPORTS, Key=NAME, **other)  # type: ignore[arg-type]
    )
    assert refusal.status == 403
    plain = refusal_of(
        lambda: admin.s3.get_object(Bucket=IMPORTS, Key="readme.txt", **mine)  # type: ignore[arg-type]
    )
    assert (plain.code, plain.status) == ("InvalidRequest", 400)


def test_it_is_listed_like_any_other_and_forgotten_when_replaced(admin: Person) -> None:
    put(admin)
    assert admin.s3.list_objects_v2(Bucket=IMPORTS, Prefix=NAME)["KeyCount"] == 1
    admin.s3.put_object(Bucket=IMPORTS, Key=NAME, Body=b"plain")
    assert admin.s3.get_object(Bucket=IMPORTS, Key=NAME)["Body"].read() == b"plain"
    put(admin)
    admin.s3.delete_object(Bucket=IMPORTS, Key=NAME)
    assert refusal_of(lambda: admin.s3.get_object(Bucket=IMPORTS, Key=NAME)).code == "NoSuchKey"
