"""Bucket names by every rule of S3, and the addresses that they are taken from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.fields.bucket_name import check_bucket
from app.core.problem import Severity
from app.core.wording.problems import problem_text
from tests.core.fields.row import Row, codes_of

NAME = "acme-imports"
PRIVATE = "vpce-1a2b3c4d5e6f-5e6f7g8h.s3.us-west-2.vpce.amazonaws.com"
ZONAL = PRIVATE.replace(".s3.", "-us-west-2a.s3.")

PLAIN = [
    Row(NAME, NAME),
    Row("abc", "abc"),
    Row("a" * 63, "a" * 63),
    Row("my.bucket.2024", "my.bucket.2024"),
    Row("1bucket2", "1bucket2"),
    Row("a--b", "a--b"),
    Row("1.2.3.4.5", "1.2.3.4.5"),
    Row("japan", "japan"),
    Row(f" {NAME}\n", NAME, "cleaned.spaces cleaned.line-breaks"),
    Row(f'"{NAME}"', NAME, "cleaned.quotes"),
    Row(f"\u200b{NAME[:4]}\u200b{NAME[4:]}", NAME, "cleaned.invisible"),
    Row("customer-data-imports", "customer-data-imports", "bucket.example"),
    Row("YOUR_BUCKET_NAME", "YOUR_BUCKET_NAME", "bucket.placeholder"),
    Row("bucket-one", "bucket-one", "bucket.placeholder"),
    Row("bucket-two", "bucket-two", "bucket.placeholder"),
    Row("MyBucket", "MyBucket", "bucket.legacy", offer="mybucket"),
    Row("my_bucket", "my_bucket", "bucket.legacy"),
    Row("My_Bucket", "My_Bucket", "bucket.legacy"),
    Row("a" * 64, "a" * 64, "bucket.legacy"),
    Row("a" * 255, "a" * 255, "bucket.legacy"),
    Row(
        "data-120456789013-us-west-2-an",
        "data-120456789013-us-west-2-an",
        "bucket.account-regional",
        other_fields={"region": "us-west-2"},
    ),
    Row("old-an", "old-an", "bucket.ends-an"),
]

BROKEN = [
    Row("", None, "bucket.empty", mended=NAME),
    Row(" ", None, "bucket.empty cleaned.spaces", mended=NAME),
    Row("ab", None, "bucket.short", mended="abc"),
    Row("a", None, "bucket.short", mended="abc"),
    Row("a" * 256, None, "bucket.long", mended="a" * 63),
    Row("my bucket", None, "bucket.space", mended="my-bucket"),
    Row("my\xa0bucket", None, "bucket.space", mended="my-bucket"),
    Row("bucket-a\nbucket-b", None, "bucket.space", mended="bucket-a"),
    Row("bucket!", None, "bucket.characters", mended="bucket"),
    Row("bückét", None, "bucket.characters", mended="bucket"),
    Row("a,b;c", None, "bucket.characters", mended="a-b-c"),
    Row("a\\bc", None, "bucket.characters", mended="a-bc"),
    Row("-bucket", None, "bucket.start", mended="bucket"),
    Row(".bucket", None, "bucket.start", mended="bucket"),
    Row("bucket-", None, "bucket.end", mended="bucket"),
    Row("bucket.", None, "bucket.end", mended="bucket"),
    Row("my..bucket", None, "bucket.periods", mended="my.bucket"),
    Row("192.168.5.4", None, "bucket.ip", mended="b192.168.5.4"),
    Row("xn--bucket", None, "bucket.starts-xn", mended="bucket"),
    Row("sthree-bucket", None, "bucket.starts-sthree", mended="bucket"),
    Row("sthree-configurator", None, "bucket.starts-sthree", mended="configurator"),
    Row("amzn-s3-demo-bucket", None, "bucket.starts-demo", mended="bucket"),
    Row("ap-metadata-abc123-s3alias", None, "bucket.access-point", mended=NAME),
    Row("ap-abc--usw2-az1--xa-s3", None, "bucket.access-point", mended=NAME),
    Row("ol-abc123--ol-s3", None, "bucket.object-lambda", mended=NAME),
    Row("mfzwi23gnjvgw.mrap", None, "bucket.multi-region-access-point", mended=NAME),
    Row("base--usw2-az1--x-s3", None, "bucket.directory", mended=NAME),
    Row("base--table-s3", None, "bucket.table", mended=NAME),
    Row("ap-abc--op-s3", None, "bucket.outposts", mended=NAME),
]

TAKEN = [
    ("s3://acme-imports", {}),
    ("s3://acme-imports/", {}),
    ("S3://acme-imports/", {}),
    ("s3a://acme-imports/imports/", {"prefix": "imports/"}),
    ("s3://acme-imports/imports/ubiquity/", {"prefix": "imports/ubiquity/"}),
    ("s3://acme-imports/imports", {"prefix": "imports"}),
    ("s3://acme-imports/imports/july.csv", {"prefix": "imports/"}),
    ("s3://acme-imports/july.csv", {}),
    ("s3://acme-imports/imports/*", {"prefix": "imports/"}),
    ("s3://acme-imports/a%20b/", {"prefix": "a%20b/"}),
    ("s3://acme-imports/imports/a.csv?versionId=3sL4kq", {"prefix": "imports/"}),
    ("arn:aws:s3:::acme-imports", {}),
    ("arn:aws:s3:::acme-imports/*", {}),
    ("arn:aws:s3:::acme-imports/imports/*", {"prefix": "imports/"}),
    ("arn:aws:s3:::acme-imports/imports/july.csv", {"prefix": "imports/"}),
    (
        "arn:aws:s3:ap-southeast-2:120456789013:bucket/acme-imports",
        {"region": "ap-southeast-2"},
    ),
    ("https://acme-imports.s3.amazonaws.com", {}),
    ("https://acme-imports.s3.amazonaws.com/imports/", {"prefix": "imports/"}),
    ("http://acme-imports.s3.amazonaws.com:80/imports/july.csv", {"prefix": "imports/"}),
    ("acme-imports.s3.amazonaws.com/imports/", {"prefix": "imports/"}),
    ("https://ACME-imports.S3.amazonaws.com/", {}),
    (
        (
            "https://acme-imports.s3.ap-southeast-2.amazonaws.com/imports/a%20b/july.csv"
            "?X-Amz-Signature=0f1e&X-Amz-Expires=300"
        ),
        {"prefix": "imports/a b/", "region": "ap-southeast-2"},
    ),
    ("https://acme-imports.s3-ap-southeast-2.amazonaws.com/", {"region": "ap-southeast-2"}),
    ("https://acme-imports.s3.dualstack.eu-west-1.amazonaws.com/", {"region": "eu-west-1"}),
    ("https://acme-imports.s3-fips.us-east-2.amazonaws.com/", {"region": "us-east-2"}),
    ("https://acme-imports.s3-fips.dualstack.us-east-2.amazonaws.com/", {"region": "us-east-2"}),
    ("https://acme-imports.s3-accelerate.amazonaws.com/", {}),
    ("https://acme-imports.s3-accelerate.dualstack.amazonaws.com/", {}),
    # S3 User Guide, "AWS PrivateLink for Amazon S3": both forms, and that of one zone
    (
        f"https://bucket.{PRIVATE}/acme-imports/imports/",
        {"prefix": "imports/", "region": "us-west-2"},
    ),
    (
        f"https://acme-imports.bucket.{PRIVATE}/imports/july.csv",
        {"prefix": "imports/", "region": "us-west-2"},
    ),
    (f"acme-imports.bucket.{PRIVATE}", {"region": "us-west-2"}),
    # amazon-s3-uri 353: without the word
    (f"https://acme-imports.{PRIVATE}/imports/", {"prefix": "imports/", "region": "us-west-2"}),
    (f"https://{PRIVATE}/acme-imports/imports/", {"prefix": "imports/", "region": "us-west-2"}),
    (f"https://bucket.{ZONAL}:443/acme-imports", {"region": "us-west-2"}),
    ("https://acme-imports.s3-external-1.amazonaws.com/", {"region": "us-east-1"}),
    ("http://acme-imports.s3-website-us-west-2.amazonaws.com/", {"region": "us-west-2"}),
    ("http://acme-imports.s3-website.eu-central-1.amazonaws.com", {"region": "eu-central-1"}),
    ("https://s3.amazonaws.com/acme-imports", {}),
    ("https://s3.amazonaws.com/acme-imports/imports/july.csv", {"prefix": "imports/"}),
    (
        "https://s3.ap-southeast-2.amazonaws.com/acme-imports/imports/",
        {"prefix": "imports/", "region": "ap-southeast-2"},
    ),
    ("https://s3-us-west-2.amazonaws.com/acme-imports/", {"region": "us-west-2"}),
    ("s3.dualstack.us-west-2.amazonaws.com/acme-imports/", {"region": "us-west-2"}),
    (
        (
            "https://s3.console.aws.amazon.com/s3/buckets/acme-imports"
            "?region=ap-southeast-2&prefix=imports/ubiquity/&showversions=false"
        ),
        {"prefix": "imports/ubiquity/", "region": "ap-southeast-2"},
    ),
    (
        "https://ap-southeast-2.console.aws.amazon.com/s3/buckets/acme-imports?tab=objects",
        {"region": "ap-southeast-2"},
    ),
    (
        (
            "https://ap-southeast-2.console.aws.amazon.com/s3/object/acme-imports"
            "?region=ap-southeast-2&bucketType=general&prefix=imports%2Fjuly+sales.csv"
        ),
        {"prefix": "imports/", "region": "ap-southeast-2"},
    ),
    (
        "https://s3.console.aws.amazon.com/s3/object/acme-imports/imports/README?region=eu-west-1",
        {"prefix": "imports/", "region": "eu-west-1"},
    ),
    (
        "https://120456789013-ab1cd2ef.eu-west-1.console.aws.amazon.com/s3/buckets/acme-imports",
        {"region": "eu-west-1"},
    ),
    (
        "https://console.aws.amazon.com/s3/home?region=us-west-2#/acme-imports/imports/",
        {"prefix": "imports/", "region": "us-west-2"},
    ),
    (
        "https://console.aws.amazon.com/s3/buckets/acme-imports/imports/?tab=overview",
        {"prefix": "imports/"},
    ),
    ("https://s3.console.aws.amazon.com/s3/bucket/acme-imports/property/policy/edit", {}),
    (
        "https://s3.console.aws.amazon.com/s3/upload/acme-imports?region=us-west-2",
        {"region": "us-west-2"},
    ),
    ("acme-imports/imports/ubiquity/", {"prefix": "imports/ubiquity/"}),
    ("acme-imports/", {}),
    ("/acme-imports/imports/", {"prefix": "imports/"}),
]
"""Addresses of the bucket NAME, and what else they tell."""

REFUSED = [
    (f"https://accesspoint.{PRIVATE}/x", "bucket.access-point"),
    (f"https://imports-120456789013.accesspoint.{PRIVATE}", "bucket.access-point"),
    (f"https://control.{PRIVATE}", "bucket.address-without"),
    (f"https://bucket.{PRIVATE}", "bucket.address-without"),
    (f"*.{PRIVATE}", "bucket.address-without"),
    (PRIVATE, "bucket.address-without"),
    ("acme-imports.bucket.vpce-1a2b-3c4d.ec2.us-west-2.vpce.amazonaws.com", "bucket.other-service"),
    ("https://acme-imports.s3.us-west-2.vpce.amazonaws.com", "bucket.other-service"),
    ("arn:aws:s3:ap-southeast-2:120456789013:accesspoint/imports", "bucket.access-point"),
    ("s3://arn:aws:s3:ap-southeast-2:120456789013:accesspoint/a/x/", "bucket.access-point"),
    ("https://imports-120456789013.s3-accesspoint.eu-west-1.amazonaws.com", "bucket.access-point"),
    (
        "https://a-120456789013.s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com/x",
        "bucket.access-point",
    ),
    ("https://s3.console.aws.amazon.com/s3/ap/120456789013/imports", "bucket.access-point"),
    ("s3://ap-abc123-s3alias/imports/", "bucket.access-point"),
    (
        "arn:aws:s3::120456789013:accesspoint/mfzwi23gnjvgw.mrap",
        "bucket.multi-region-access-point",
    ),
    (
        "https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com/",
        "bucket.multi-region-access-point",
    ),
    ("arn:aws:s3-object-lambda:us-east-1:120456789013:accesspoint/a", "bucket.object-lambda"),
    ("https://a-120456789013.s3-object-lambda.us-east-1.amazonaws.com", "bucket.object-lambda"),
    (
        "arn:aws:s3-outposts:us-west-2:120456789013:outpost/op-01ac5d28a6a232904/bucket/b",
        "bucket.outposts",
    ),
    (
        "https://a-120456789013.op-01ac5d28a6a232904.s3-outposts.us-west-2.amazonaws.com",
        "bucket.outposts",
    ),
    ("arn:aws:s3express:us-west-2:120456789013:bucket/b--usw2-az1--x-s3", "bucket.directory"),
    (
        "https://b--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com/",
        "bucket.directory",
    ),
    ("https://s3express-control.us-west-2.amazonaws.com/b--usw2-az1--x-s3", "bucket.directory"),
    ("s3://b--usw2-az1--x-s3/imports/", "bucket.directory"),
    ("arn:aws:s3tables:us-east-1:120456789013:bucket/b", "bucket.table"),
    ("https://us-east-1.console.aws.amazon.com/s3/table-buckets/b", "bucket.table"),
    ("arn:aws-cn:s3:::acme-imports", "bucket.partition"),
    ("https://acme-imports.s3.cn-north-1.amazonaws.com.cn/", "bucket.partition"),
    ("https://console.amazonaws-us-gov.com/s3/buckets/acme-imports", "bucket.partition"),
    ("arn:aws:iam::120456789013:role/Admin", "bucket.other-arn"),
    ("arn:aws:s3:us-east-1:120456789013:storage-lens/x", "bucket.other-arn"),
    ("arn:aws:s3", "bucket.other-arn"),
    ("https://example.com/acme-imports", "bucket.other-service"),
    ("https://acme.blob.core.windows.net/imports", "bucket.other-service"),
    ("gs://acme-imports/", "bucket.other-service"),
    ("https://console.aws.amazon.com/iam/home", "bucket.other-service"),
    ("s3://", "bucket.address-without"),
    ("arn:aws:s3:::", "bucket.address-without"),
    ("https://s3.amazonaws.com/", "bucket.address-without"),
    ("https://s3.console.aws.amazon.com/s3/buckets?region=eu-west-1", "bucket.address-without"),
    ("https://s3.console.aws.amazon.com/s3/lens", "bucket.address-without"),
]

ELSEWHERE = [
    ("MyBucket", "bucket.capitals", "mybucket"),
    ("my_bucket", "bucket.underscore", "my-bucket"),
    ("a" * 64, "bucket.long", "a" * 63),
    ("My_Bucket", "bucket.capitals bucket.underscore", "my-bucket"),
]


@pytest.mark.parametrize("row", PLAIN + BROKEN, ids=lambda row: row.text[:40])
def test_a_name_by_itself(row: Row) -> None:
    row.verify(check_bucket)


@pytest.mark.parametrize(("text", "other_fields"), TAKEN, ids=lambda value: str(value)[:60])
def test_an_address_is_taken_apart(text: str, other_fields: dict[str, str]) -> None:
    checked = check_bucket(text)
    assert checked.value == NAME
    assert dict(checked.other_fields) == other_fields
    assert codes_of(checked.problems) == ["-".join(["bucket.taken", *sorted(other_fields)])]
    for value in other_fields.values():
        assert value in problem_text(checked.problems[0])


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_no_bucket_is_refused_with_its_reason(text: str, code: str) -> None:
    checked = check_bucket(text)
    assert codes_of(checked.errors) == [code]
    assert checked.value is None
    assert check_bucket(NAME).value == NAME


@pytest.mark.parametrize(("name", "codes", "mended"), ELSEWHERE)
def test_old_names_exist_in_one_region_only(name: str, codes: str, mended: str) -> None:
    for region in ("us-east-1", None, ""):
        (problem,) = check_bucket(name, region=region).problems
        assert (problem.code, problem.severity) == ("bucket.legacy", Severity.WARNING)
    assert codes_of(check_bucket(name, region="ap-southeast-2").errors) == codes.split()
    assert check_bucket(mended, region="ap-southeast-2").value == mended


@pytest.mark.parametrize("region", [None, "us-east-1", "ap-southeast-2"])
@pytest.mark.parametrize(
    "name", ["customer-data-imports", "YOUR_BUCKET_NAME", "bucket-one", "bucket-two"]
)
def test_the_guides_names_are_only_a_warning(name: str, region: str | None) -> None:
    (problem,) = check_bucket(name, region=region).problems
    assert problem.severity is Severity.WARNING


def test_an_address_tells_the_region_by_which_its_name_is_judged() -> None:
    checked = check_bucket("https://s3.eu-west-1.amazonaws.com/MyBucket/")
    assert codes_of(checked.errors) == ["bucket.capitals"]


@pytest.mark.parametrize(
    ("region", "account", "codes"),
    [
        ("us-west-2", "120456789013", []),
        (None, None, []),
        ("eu-west-1", None, ["bucket.other-region"]),
        ("us-west-2", "120456789014", ["bucket.other-account"]),
    ],
)
def test_a_name_in_its_accounts_namespace(
    region: str | None, account: str | None, codes: list[str]
) -> None:
    name = "data-120456789013-us-west-2-an"
    checked = check_bucket(name, region=region, account_id=account)
    assert codes_of(checked.problems) == [*codes, "bucket.account-regional"]
    assert checked.value == name


@pytest.mark.parametrize(
    "text",
    [
        "x.s3.amazonaws.com.s3.amazonaws.com",
        "s3://acme.s3.eu-west-1.amazonaws.com/x/",
        "arn:aws:s3:::arn:aws:s3:::acme",
        "s3://" * 5000 + "acme",
        "arn:aws:s3:::" * 5000 + "acme",
        "acme" + ".s3.amazonaws.com" * 500,
    ],
    ids=lambda text: text[:40],
)
def test_an_address_within_an_address_ends_in_a_plain_name(text: str) -> None:
    value = check_bucket(text).value
    assert value is None or check_bucket(value).value == value


PARTS = (
    "s3:// s3a:// https:// arn:aws:s3::: acme . .. / // s3 s3- .amazonaws.com amazonaws.com "
    "us-west-2 .dualstack -website console.aws.amazon.com /s3/buckets/ /s3/object/ ? # & = % "
    "prefix= region= %2F %FF * : @ bucket/ --x-s3 -an A _ é \u200b \ud800"
)
ADDRESS_PARTS = st.lists(
    st.sampled_from(PARTS.split(" ")),
    max_size=12,
)


@settings(deadline=None)
@given(ADDRESS_PARTS)
def test_any_mixture_of_address_parts_is_read_or_refused(parts: list[str]) -> None:
    checked = check_bucket("".join(parts))
    assert (checked.value is None) == bool(checked.errors)
    assert all(problem_text(problem) for problem in checked.problems)
    if checked.value is not None:
        assert check_bucket(checked.value).value == checked.value
