"""What follows from the bucket that was named, and what stays as somebody answered it."""

import asyncio
from dataclasses import replace
from typing import Final

import pytest

from app.core.failure import AwsFailure
from app.core.fields.aws_settings import BucketSettings
from app.core.fields.form import BucketForm, EncryptionChoice, form_of
from app.flow.ports.aws import OfferedBucket
from app.flow.wizard.details_state import Offers, Source
from app.flow.wizard.following import aws_says
from app.flow.wizard.offer_actions import OfferActions
from app.flow.wizard.store import SetupStore
from tests.helpers.drafts import ACCOUNT, BUCKET, KEY_ARN, PLAIN, REGION
from tests.helpers.fakes import OFFLINE, FakeAccounts, FakeCustomer, signed_in

PLAIN_THERE: Final = BucketSettings(region="us-east-1", is_key_told=True)
LOCKED_HERE: Final = BucketSettings(region=REGION, is_key_told=True, key_arn=KEY_ARN)
OFFERS: Final = Offers(
    (OfferedBucket("acme-listed", "eu-west-1"),),
    read=True,
    settings={"acme-plain": PLAIN_THERE, "acme-locked": LOCKED_HERE},
)
KMS, DEFAULT = EncryptionChoice.KMS, EncryptionChoice.DEFAULT


def store_of(*buckets: BucketForm) -> SetupStore:
    """Return a store with somebody signed in, who was told of a few buckets."""
    store = SetupStore(practice=False)
    aws = signed_in(FakeCustomer(), account=ACCOUNT)
    store.change(lambda state: replace(state, signed_in=aws))
    if buckets:
        store.fill(replace(form_of(PLAIN), buckets=buckets))
    store.take_offers(OFFERS)
    return store


def bucket(store: SetupStore, index: int = 0) -> BucketForm:
    return store.state.details.form.buckets[index]


@pytest.mark.parametrize(
    ("names", "follows"),
    [
        (["acme-listed"], ("eu-west-1", DEFAULT, "")),
        (["acme-plain"], ("us-east-1", DEFAULT, "")),
        (["acme-locked"], (REGION, KMS, KEY_ARN)),
        ([" acme-locked "], (REGION, KMS, KEY_ARN)),
        (["acme-nowhere"], ("", DEFAULT, "")),
        (["acme-locked", "acme-plain"], ("us-east-1", DEFAULT, "")),
        (["acme-locked", "acme-listed"], ("eu-west-1", DEFAULT, "")),
        (["acme-locked", "acme-nowhere"], ("", DEFAULT, "")),
        (["acme-locked", "", "acme-locked"], (REGION, KMS, KEY_ARN)),
    ],
)
def test_region_and_key_go_with_the_bucket(
    names: list[str], follows: tuple[str, EncryptionChoice, str]
) -> None:
    store = store_of()
    for name in names:
        store.edit("buckets[0].name", name)
    assert bucket(store) == BucketForm(
        names[-1], follows[0], encryption=follows[1], kms_key_arn=follows[2]
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [("region", "us-east-2"), ("encryption", EncryptionChoice.CLIENT), ("kms_key_arn", "mine")],
)
def test_an_answer_stays_whatever_the_bucket(field: str, typed: str) -> None:
    store = store_of()
    store.edit(f"buckets[0].{field}", typed)
    for name in ("acme-locked", "acme-plain", "acme-nowhere"):
        store.edit("buckets[0].name", name)
        assert store.state.details.form.text_of(f"buckets[0].{field}") == typed


def test_what_was_filled_in_before_the_sign_in_is_not_overwritten() -> None:
    store = store_of(BucketForm("acme-locked", "us-east-1"))
    assert bucket(store) == BucketForm("acme-locked", "us-east-1")
    offers = {
        name: said.offer.value
        for name in ("region", "encryption")
        if (said := aws_says(store.state, f"buckets[0].{name}")) and said.offer
    }
    assert offers == {"region": REGION, "encryption": "kms"}
    store.take_from_aws("buckets[0].region")
    store.take_from_aws("buckets[0].encryption")
    assert bucket(store) == BucketForm("acme-locked", REGION, encryption=KMS, kms_key_arn=KEY_ARN)
    store.edit("buckets[0].name", "acme-plain")  # what was taken from AWS goes with the bucket
    assert bucket(store) == BucketForm("acme-plain", "us-east-1")


def test_a_region_left_empty_is_filled_in_again_and_not_while_it_is_typed() -> None:
    store = store_of()
    store.edit("buckets[0].name", "acme-listed")
    store.edit("buckets[0].region", "")
    assert bucket(store).region == ""
    store.leave("buckets[0].region")
    assert bucket(store).region == "eu-west-1"


def test_what_follows_moves_with_its_bucket() -> None:
    store = store_of()
    store.add_bucket()
    store.edit("buckets[1].name", "acme-locked")
    store.leave("buckets[1].prefix")
    store.remove_bucket(0)
    sources = store.state.details.sources
    assert sources["buckets[0].region"] is Source.AWS
    assert [name for name in sources if name.startswith("buckets[1]")] == []
    assert "buckets[0].prefix" in store.state.details.touched
    store.edit("buckets[0].name", "acme-nowhere")
    assert bucket(store) == BucketForm("acme-nowhere")


def test_the_account_follows_the_sign_in_until_somebody_types_one() -> None:
    store = SetupStore(practice=False)
    for account in ("111122223333", ACCOUNT):  # the first sign-in was to the wrong one
        store.take_account(account)
        assert store.state.details.form.account_id == account
    store.edit("account_id", "111122223333")
    store.take_account(ACCOUNT)
    assert store.state.details.form.account_id == "111122223333"


def test_nothing_is_said_while_nobody_is_signed_in() -> None:
    store = store_of(BucketForm("acme-locked", "us-east-1"))
    store.forget_sign_in()
    names = ("account_id", "buckets[0].region", "buckets[0].encryption")
    assert [aws_says(store.state, name) for name in names] == [None, None, None]
    store.edit("buckets[0].name", "acme-plain")
    store.edit("buckets[0].region", "")
    store.leave("buckets[0].region")
    assert bucket(store).region == ""


def test_each_bucket_is_asked_about_once_and_a_failure_again() -> None:
    aws = FakeCustomer()
    aws.settings = {BUCKET: OFFLINE, "acme-plain": PLAIN_THERE}
    aws.offered = AwsFailure("s3:ListAllMyBuckets", "AccessDenied", "no")
    store = SetupStore(practice=False)
    store.change(lambda state: replace(state, signed_in=signed_in(aws)))
    store.fill(replace(form_of(PLAIN), buckets=(BucketForm(BUCKET), BucketForm("acme-plain"))))
    actions = OfferActions(store, FakeAccounts())
    asyncio.run(actions.look())
    assert bucket(store, 1).region == "us-east-1"
    aws.settings[BUCKET] = LOCKED_HERE
    for _ in range(2):
        asyncio.run(actions.learn_all())
    assert bucket(store).region == REGION
    assert [name for name, _ in aws.asked_about] == [BUCKET, "acme-plain", BUCKET]


def _asked(store: SetupStore, told: BucketSettings | AwsFailure) -> FakeAccounts:
    """Let somebody who is not signed in ask where the first bucket is."""
    accounts = FakeAccounts()
    accounts.public[BUCKET] = told
    near = bucket(store).region or None
    asyncio.run(OfferActions(store, accounts).ask_without_sign_in(BUCKET, near))
    return accounts


def _unsigned(region: str = "") -> SetupStore:
    store = SetupStore(practice=False)
    store.fill(replace(form_of(PLAIN), buckets=(BucketForm(BUCKET, region),)))
    return store


def test_without_a_sign_in_the_region_is_filled_in_and_goes_with_the_bucket() -> None:
    store = _unsigned()
    assert _asked(store, BucketSettings(region="us-east-1")).asked_about == [(BUCKET, None)]
    assert bucket(store).region == "us-east-1"
    assert store.state.details.sources["buckets[0].region"] is Source.AWS
    store.edit("buckets[0].name", "acme-other")
    assert bucket(store).region == ""


def test_without_a_sign_in_another_region_is_questioned_and_can_be_taken() -> None:
    store = _unsigned("eu-west-1")
    _asked(store, BucketSettings(region="us-east-1"))
    said = aws_says(store.state, "buckets[0].region")
    assert bucket(store).region == "eu-west-1"
    assert said is not None
    assert [problem.code for problem in said.problems] == ["region.other-in-aws"]
    store.take_from_aws("buckets[0].region")
    assert bucket(store).region == "us-east-1"
    assert aws_says(store.state, "buckets[0].region") is None


def test_without_a_sign_in_a_bucket_that_is_not_there_is_said_and_a_failure_is_kept() -> None:
    store = _unsigned()
    _asked(store, OFFLINE)
    assert dict(store.state.inquiry.failed) == {BUCKET: OFFLINE}
    assert aws_says(store.state, "buckets[0].name") is None
    _asked(store, BucketSettings(is_there=False))
    said = aws_says(store.state, "buckets[0].name")
    assert not store.state.inquiry.failed
    assert said is not None
    assert [problem.code for problem in said.problems] == ["bucket.not-in-aws"]


def test_what_anybody_was_told_does_not_count_for_who_is_signed_in() -> None:
    store = _unsigned()
    _asked(store, BucketSettings(is_there=False))
    aws = signed_in(FakeCustomer(), account=ACCOUNT)
    store.change(lambda state: replace(state, signed_in=aws))
    assert aws_says(store.state, "buckets[0].name") is None
