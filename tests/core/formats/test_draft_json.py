"""The draft's file, to the letter of its format. Each error is then mended and the file read."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.draft import BucketEntry, Draft
from app.core.formats.draft_json import DraftFile, draft_to_json, read_draft
from app.core.formats.reading import InputProblem
from app.core.guide import EXAMPLE_ACCOUNT_ID, EXAMPLE_BUCKET, EXAMPLE_DATABASE_ID, UBIQUITY_ACCOUNT
from tests.core.pasted.test_without_secrets import SECRET
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    PLAIN,
    REGION,
    dump_draft,
)
from tests.helpers.golden import golden_text

File = dict[str, Any]  # JSON that a test takes apart

FILE: Final[File] = json.loads(dump_draft(ENCRYPTED))
SOURCE: Final = "/home/jo/draft.json"


def read(file: File) -> DraftFile:
    """Read a file that must be right."""
    draft_file = read_draft(json.dumps(file), SOURCE)
    assert isinstance(draft_file, DraftFile), draft_file
    return draft_file


def refused(file: object) -> str:
    """Return the sentence with which a file is refused."""
    problem = read_draft(json.dumps(file), SOURCE)
    assert isinstance(problem, InputProblem)
    assert problem.text.startswith(f"{SOURCE}: ")
    assert len(problem.text.splitlines()) <= 6
    return problem.text.removeprefix(f"{SOURCE}: ")


def changed(**fields: object) -> File:
    """Return the file with other values at the top."""
    return {**deepcopy(FILE), **fields}


def with_bucket(**fields: object) -> File:
    """Return the file with other values in its bucket."""
    return changed(buckets=[{**FILE["buckets"][0], **fields}])


def without(*place: str | int) -> File:
    """Return the file without the key at ``place``."""
    file = deepcopy(FILE)
    inner: Any = file
    for key in place[:-1]:
        inner = inner[key]
    del inner[place[-1]]
    return file


def test_the_example_of_the_format() -> None:
    draft_file = read_draft(golden_text("formats-draft.json"), SOURCE)
    assert isinstance(draft_file, DraftFile)
    entry = BucketEntry(EXAMPLE_BUCKET, "ap-southeast-2", "imports/")
    assert draft_file.draft == Draft(EXAMPLE_ACCOUNT_ID, EXAMPLE_DATABASE_ID, (entry,))
    # The guide's own values are at most unusual.
    fields = {warning.field for warning in draft_file.warnings}
    assert fields == {"account_id", "database_id", "buckets[0].name"}
    assert json.loads(dump_draft(draft_file.draft)) == json.loads(golden_text("formats-draft.json"))


@pytest.mark.parametrize("draft", [PLAIN, ENCRYPTED])
def test_what_was_written_is_read(draft: Draft) -> None:
    assert read(json.loads(dump_draft(draft))) == DraftFile(draft)


@pytest.mark.parametrize(
    ("place", "named"),
    [
        (("version",), "version"),
        (("account_id",), "account_id"),
        (("database_id",), "database_id"),
        (("buckets",), "buckets"),
        (("buckets", 0, "name"), "buckets[0].name"),
        (("buckets", 0, "region"), "buckets[0].region"),
    ],
)
def test_a_missing_key(place: tuple[str | int, ...], named: str) -> None:
    assert refused(without(*place)) == f"“{named}” is missing."
    assert read(FILE).draft == ENCRYPTED


def test_a_file_that_is_none_of_ours() -> None:
    words = "this is no file of this program, or “format” is missing in it."
    assert refused(without("format")) == words
    assert read(FILE).draft == ENCRYPTED


@pytest.mark.parametrize("key", ["prefix", "restrict_to_prefix", "kms_key_arn"])
def test_what_need_not_be_said(key: str) -> None:
    (entry,) = read(without("buckets", 0, key)).draft.buckets
    assert getattr(entry, key) == getattr(BucketEntry("", ""), key)


@pytest.mark.parametrize(
    ("file", "expected_sentence"),
    [
        (changed(format="ubiquity-s3-setup/snapshot"), "“format” should be “ubiquity-s3-setup/dra"),
        (
            changed(version=2),
            (
                "this program reads version 1 of this file, and this is 2. "
                "Use the newest version of this program."
            ),
        ),
        (changed(version="1"), "“version” should be a whole number, and is text."),
        (changed(account_id=120456789013), "“account_id” should be text, and is a number."),
        (changed(database_id=None), "“database_id” should be text, and is nothing (null)."),
        (changed(buckets={}), "“buckets” should be a list, and is an object."),
        (changed(buckets=None), "“buckets” should be a list, and is nothing (null)."),
        (changed(buckets=[]), "“buckets” should hold at least one bucket, and is empty."),
        (
            changed(buckets=[FILE["buckets"][0]] * 1001),
            "“buckets” should hold at most 1000 buckets and folders, and holds 1001.",
        ),
        (changed(buckets=["acme"]), "“buckets[0]” should be an object, and is text."),
        (with_bucket(name=1), "“buckets[0].name” should be text, and is a number."),
        (with_bucket(prefix=None), "“buckets[0].prefix” should be text, and is nothing (null)."),
        (
            with_bucket(restrict_to_prefix="yes"),
            "“buckets[0].restrict_to_prefix” should be true or false, and is text.",
        ),
        (with_bucket(kms_key_arn=False), "“buckets[0].kms_key_arn” should be text, and is true or"),
        (with_bucket(kms_key_arn=""), "“buckets[0].kms_key_arn”: Enter the key’s ARN."),
        ([FILE], "the file should hold an object, and holds a list."),
    ],
)
def test_a_wrong_type_format_or_version(file: object, expected_sentence: str) -> None:
    assert refused(file).startswith(expected_sentence)
    assert read(FILE).draft == ENCRYPTED


@pytest.mark.parametrize(
    ("file", "place", "note"),
    [
        (changed(account_id=f" {ACCOUNT}"), "account_id", "One space was removed."),
        (changed(account_id="1204-5678-9013"), "account_id", "Two hyphens were removed."),
        (
            changed(account_id=f"arn:aws:iam::{ACCOUNT}:root"),
            "account_id",
            "The account ID was taken from the ARN.",
        ),
        (changed(database_id=f"{DATABASE_ID}\n"), "database_id", "One line break was removed."),
        (
            changed(database_id=f'"{DATABASE_ID}"'),
            "database_id",
            "Two quotation marks were removed.",
        ),
        (with_bucket(name=f"{BUCKET} "), "buckets[0].name", "One space was removed."),
        (
            with_bucket(name=f"arn:aws:s3:::{BUCKET}"),
            "buckets[0].name",
            "The bucket’s name was taken from what you entered.",
        ),
        (
            with_bucket(region="AP-SOUTHEAST-2"),
            "buckets[0].region",
            "The region’s code is ap-south",
        ),
        (with_bucket(prefix=" imports/"), "buckets[0].prefix", "One space was removed."),
        (
            with_bucket(prefix="s3://acme-imports/imports/"),
            "buckets[0].prefix",
            "The prefix imports/ was taken from the address.",
        ),
        (
            with_bucket(kms_key_arn=KEY_ARN.upper()),
            "buckets[0].kms_key_arn",
            "The ARN was written in small letters, as AWS does.",
        ),
    ],
)
def test_only_final_values(file: File, place: str, note: str) -> None:
    sentence = refused(file)
    assert sentence.startswith(f"“{place}” should be the final value alone. {note}")
    assert read(FILE).draft == ENCRYPTED


TWO: Final = [{"name": "one", "region": REGION}, {"name": "two", "region": REGION}]


@pytest.mark.parametrize(
    ("file", "expected_sentence"),
    [
        (
            changed(account_id="12045678901"),
            "“account_id”: An AWS account ID has 12 digits; this has 11.",
        ),
        (changed(account_id=UBIQUITY_ACCOUNT), "“account_id”: This is UbiQuity’s own AWS account."),
        (changed(database_id="a*b"), "“database_id”: A UbiQuity Account ID can’t contain “*”."),
        (with_bucket(name="acme imports"), "“buckets[0].name”: "),
        (
            with_bucket(region="cn-north-1", kms_key_arn=None),
            "“buckets[0].region”: This region is in",
        ),
        (with_bucket(region="Sydney", kms_key_arn=None), "“buckets[0].region”: "),
        (with_bucket(prefix="a\nb/"), "“buckets[0].prefix”: A prefix can’t contain line breaks"),
        (with_bucket(prefix="a\x00b/"), "“buckets[0].prefix”: A prefix can’t contain U+0000."),
        (
            with_bucket(prefix="imports", restrict_to_prefix=True),
            "“buckets[0].prefix”: Put a / at the end",
        ),
        (
            with_bucket(prefix="", restrict_to_prefix=True),
            "“buckets[0].prefix”: Enter the folder that access is limited to",
        ),
        (
            with_bucket(prefix="\u4e2d/", restrict_to_prefix=True),
            "“buckets[0].prefix”: AWS policies can’t contain “\u4e2d” (U+4E2D).",
        ),
        (
            with_bucket(kms_key_arn=KEY_ARN.replace(REGION, "us-east-1")),
            "“buckets[0].kms_key_arn”: This key is in us-east-1 but the bucket is in",
        ),
        (
            changed(buckets=[*TWO, *TWO[:1]]),
            "“buckets[2].prefix”: The bucket one is already in the list without a prefix.",
        ),
        (
            changed(buckets=[{**TWO[0], "prefix": "a/"}, {**TWO[0], "prefix": "a/"}]),
            "“buckets[1].prefix”: The bucket one is already in the list with the prefix a/.",
        ),
        (
            changed(buckets=[TWO[0], {**TWO[0], "prefix": "a/", "region": "us-east-1"}]),
            "“buckets[1].region”: A bucket is in one region, but one is in the list with both",
        ),
        (
            changed(buckets=[{"name": f"bucket-{n:03}", "region": REGION} for n in range(200)]),
            "“buckets”: One policy has no room for 200 buckets",
        ),
    ],
)
def test_a_value_that_cannot_be_used(file: File, expected_sentence: str) -> None:
    assert refused(file).startswith(expected_sentence)
    assert read(FILE).draft == ENCRYPTED


def test_the_same_bucket_with_another_prefix() -> None:
    entries = [{**TWO[0], "prefix": prefix} for prefix in ("", "a/", "A/", "a/b/")]
    assert len(read(changed(buckets=entries)).draft.buckets) == 4


def test_any_characters_in_a_prefix_that_no_policy_carries() -> None:
    (entry,) = read(with_bucket(prefix="\u4e2d \U0001f600/*?$/")).draft.buckets
    assert entry.prefix == "\u4e2d \U0001f600/*?$/"


def test_a_region_that_nobody_knows_yet() -> None:
    assert read(with_bucket(region="ap-southeast-99", kms_key_arn=None)).draft.buckets[0].region


def test_unknown_keys_are_ignored() -> None:
    assert read(changed(comment="x")).draft == ENCRYPTED
    assert read(with_bucket(comment={"x": [1]})).draft == ENCRYPTED


def test_a_byte_order_mark() -> None:
    read_it = read_draft(f"\ufeff{dump_draft(PLAIN)}", SOURCE)
    assert read_it == DraftFile(PLAIN)


@pytest.mark.parametrize(
    ("text", "expected_sentence"),
    [
        ("", "this is not JSON"),
        ("account_id: 1", "this is not JSON"),
        (dump_draft(PLAIN)[:-3], "this is not JSON"),
        (f'{{"buckets": {"[" * 300}1{"]" * 300}}}', "nested too deep"),
    ],
)
def test_no_json(text: str, expected_sentence: str) -> None:
    problem = read_draft(text, SOURCE)
    assert isinstance(problem, InputProblem)
    assert expected_sentence in problem.text
    assert read_draft(dump_draft(PLAIN), SOURCE) == DraftFile(PLAIN)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
PLACES: Final[list[Callable[[object], File]]] = [
    *(lambda value, key=key: changed(**{key: value}) for key in FILE),
    *(lambda value, key=key: with_bucket(**{key: value}) for key in FILE["buckets"][0]),
]


@given(st.sampled_from(PLACES), JSON)
def test_any_value_anywhere(place: Callable[[object], File], value: object) -> None:
    file = place(value)
    answer = read_draft(json.dumps(file), SOURCE)
    if isinstance(answer, InputProblem):
        assert answer.text == f"{SOURCE}: {refused(file)}"
    else:
        assert read(json.loads(dump_draft(answer.draft))).draft == answer.draft


NAMES = st.from_regex(r"[a-z0-9]([a-z0-9-]{1,20})[a-z0-9]", fullmatch=True)
FOLDERS = st.lists(st.text("abcXYZ09 _*?$ü", min_size=1).map(str.strip).filter(bool), max_size=3)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Return drafts whose entries differ, each of them right by itself."""
    places = draw(st.lists(st.tuples(NAMES, FOLDERS), min_size=1, max_size=4, unique_by=str))
    regions = {name: draw(st.sampled_from([REGION, "us-east-1"])) for name, _ in places}
    entries = []
    for name, folders in places:
        prefix = "".join(f"{folder}/" for folder in folders)
        restricted = bool(prefix) and draw(st.booleans())
        entries.append(BucketEntry(name, regions[name], prefix, restricted))
    return Draft(draw(st.from_regex("[1-9][0-9]{11}", fullmatch=True)), DATABASE_ID, tuple(entries))


@given(drafts())
def test_any_draft_comes_back(draft: Draft) -> None:
    answer = read_draft(dump_draft(draft), SOURCE)
    if isinstance(answer, DraftFile):
        assert answer.draft == draft
    else:  # a name that S3 reserves, say; the words are the fields' own
        assert "“buckets[" in answer.text or "“account_id”" in answer.text


def test_the_file_as_it_is_written() -> None:
    limited = BucketEntry(
        "acme", REGION, "Übersicht/", restrict_to_prefix=True, kms_key_arn=KEY_ARN
    )
    draft = Draft("001456789013", DATABASE_ID, (limited, BucketEntry("whole", REGION)))
    text = dump_draft(draft)
    assert text.endswith("}\n")
    assert "Übersicht/" in text
    assert json.loads(text) == draft_to_json(draft)
    assert draft_to_json(draft) == {
        "format": "ubiquity-s3-setup/draft",
        "version": 1,
        "account_id": "001456789013",
        "database_id": DATABASE_ID,
        "buckets": [
            {
                "name": "acme",
                "region": REGION,
                "prefix": "Übersicht/",
                "restrict_to_prefix": True,
                "kms_key_arn": KEY_ARN,
            },
            {
                "name": "whole",
                "region": REGION,
                "prefix": "",
                "restrict_to_prefix": False,
                "kms_key_arn": None,
            },
        ],
    }


@pytest.mark.parametrize("key", ["name", "prefix", "region"])
def test_a_draft_holds_no_credential(key: str) -> None:
    file = json.loads(golden_text("formats-draft.json"))
    right, file["buckets"][0][key] = file["buckets"][0][key], SECRET
    problem = read_draft(json.dumps(file), "draft.json")
    assert isinstance(problem, InputProblem)
    assert f"“buckets[0].{key}”" in problem.text
    assert SECRET[:20] not in problem.text
    file["buckets"][0][key] = right
    assert isinstance(read_draft(json.dumps(file), "draft.json"), DraftFile)
