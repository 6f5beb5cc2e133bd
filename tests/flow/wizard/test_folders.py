"""Looking around in a bucket for folders, and what choosing some makes of the details."""

import asyncio
from dataclasses import replace
from typing import Final

import pytest

from app.core.draft import BucketEntry
from app.core.fields.aws_settings import BucketSettings
from app.core.fields.form import BucketForm, form_of
from app.core.wording.problems import problem_text
from app.flow.ports.aws import FolderPage
from app.flow.wizard.details_state import Offers, Source
from app.flow.wizard.folders import FolderBrowser
from app.flow.wizard.store import SetupStore
from tests.helpers.drafts import ACCOUNT, BUCKET, PLAIN, REGION
from tests.helpers.fakes import NOT_LISTED, FakeCustomer, Gate, signed_in

TOP: Final = {
    ("", None): FolderPage(("a/", "b/"), 1, "1"),
    ("", "1"): FolderPage(("c/",), 0),
    ("b/", None): FolderPage(("b/one/", "b/Two/"), 3),
}


class Scene:
    """A browser over a store with somebody signed in."""

    def __init__(self) -> None:
        self.store = SetupStore(practice=False)
        self.store.fill(form_of(PLAIN))
        self.sign_in()
        self.browser = FolderBrowser(self.store)
        self.browser.begin(BUCKET)

    def sign_in(self) -> None:
        self.aws = FakeCustomer()
        self.aws.folders = dict(TOP)
        aws = signed_in(self.aws, account=ACCOUNT)
        self.store.change(lambda state: replace(state, signed_in=aws))

    def read(self) -> None:
        asyncio.run(self.browser.read())

    @property
    def shown(self) -> list[str]:
        return list(self.browser.state.shown)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_pages_come_one_by_one(scene: Scene) -> None:
    scene.read()
    level = scene.browser.state.level
    assert (level.folders, level.files, level.is_whole) == (("a/", "b/"), 1, False)
    scene.read()
    level = scene.browser.state.level
    assert (level.folders, level.files, level.is_whole) == (("a/", "b/", "c/"), 1, True)
    scene.read()
    assert [token for *_, token in scene.aws.listed] == [None, "1"]


def test_in_the_buckets_own_region_where_aws_told_it(scene: Scene) -> None:
    settings = {BUCKET: BucketSettings(region="eu-west-1")}
    scene.store.take_offers(Offers(settings=settings))
    scene.browser.begin(BUCKET)
    scene.read()
    assert scene.aws.listed == [(BUCKET, "eu-west-1", "", None)]


def test_down_up_and_the_filter(scene: Scene) -> None:
    scene.read()
    scene.browser.filter_by("B")
    assert scene.shown == ["b/"]
    scene.browser.go_to("b/")
    scene.read()
    assert scene.shown == ["b/one/", "b/Two/"]
    scene.browser.filter_by("two")
    assert scene.shown == ["b/Two/"]
    scene.browser.filter_by("b/")  # of the folder's own name alone
    assert scene.shown == []
    scene.browser.go_up()
    assert (scene.browser.state.at, scene.shown) == ("", ["a/", "b/"])
    scene.browser.go_up()
    assert scene.browser.state.at == ""
    assert len(scene.aws.listed) == 2  # what was read is still there


@pytest.mark.parametrize(
    ("at", "above"), [("a/b/", "a/"), ("a/", ""), ("//", "/"), ("/", ""), ("a//b/", "a//")]
)
def test_up_is_the_folder_that_holds_it(scene: Scene, at: str, above: str) -> None:
    scene.browser.go_to(at)
    scene.browser.go_up()
    assert scene.browser.state.at == above


def test_it_goes_on_where_it_was_left_and_elsewhere_at_the_top(scene: Scene) -> None:
    scene.browser.go_to("b/")
    scene.browser.tick("b/one/", on=True)
    scene.browser.begin("another")
    assert scene.browser.state.at == ""
    scene.browser.begin(BUCKET)
    assert (scene.browser.state.at, scene.browser.state.ticked) == ("b/", ())
    scene.sign_in()
    scene.browser.begin(BUCKET)
    assert scene.browser.state.at == ""


def test_pages_of_files_alone_are_passed_over_but_not_for_ever(scene: Scene) -> None:
    scene.aws.folders = {
        ("", str(n) if n else None): FolderPage((), 1000, str(n + 1)) for n in range(20)
    }
    scene.read()
    level = scene.browser.state.level
    assert (level.files, level.folders, level.next_token) == (5000, (), "5")
    scene.aws.folders["", "6"] = FolderPage(("x/",), 10, "7")
    scene.read()
    level = scene.browser.state.level
    assert (level.files, level.folders, level.next_token) == (6010, ("x/",), "7")


def test_a_failure_is_said_and_what_was_read_stays(scene: Scene) -> None:
    scene.read()
    scene.aws.folders["", "1"] = NOT_LISTED
    scene.read()
    state = scene.browser.state
    assert (state.failure, state.shown, state.is_reading) == (NOT_LISTED, ("a/", "b/"), False)
    scene.aws.folders = dict(TOP)
    scene.read()
    assert (scene.browser.state.failure, len(scene.shown)) == (None, 3)


def test_whoever_cancels_or_goes_elsewhere_keeps_what_was_read(scene: Scene) -> None:
    async def walk() -> None:
        await scene.browser.read()
        scene.aws.gate = Gate()
        reading = asyncio.create_task(scene.browser.read())
        await scene.aws.gate.arrival()
        assert scene.browser.state.is_reading
        scene.browser.go_to("b/")
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        scene.aws.gate = None

    asyncio.run(walk())
    assert not scene.browser.state.is_reading
    scene.browser.go_up()
    assert scene.shown == ["a/", "b/"]


# What is chosen


def chosen(scene: Scene, *folders: str, index: int = 0) -> tuple[BucketForm, ...]:
    scene.store.take_folders(index, folders)
    return scene.store.state.details.form.buckets


def test_each_folder_is_a_line_of_its_own(scene: Scene) -> None:
    scene.store.add_bucket()
    scene.store.edit("buckets[1].name", "another")
    scene.store.edit("buckets[1].region", "us-east-1")
    buckets = chosen(scene, "b/", "a/")
    own = scene.store.state.details.form.buckets[0]
    assert buckets == (
        replace_prefix(own, "b/"),
        replace_prefix(own, "a/"),
        BucketForm("another", "us-east-1"),
    )
    draft = scene.store.state.draft
    assert draft is not None
    assert draft.buckets[:2] == (
        BucketEntry(BUCKET, REGION, "b/"),
        BucketEntry(BUCKET, REGION, "a/"),
    )
    sources = scene.store.state.details.sources
    assert sources["buckets[2].region"] is Source.PERSON
    assert sources["buckets[1].region"] is sources["buckets[0].region"]


def replace_prefix(bucket: BucketForm, prefix: str) -> BucketForm:
    return BucketForm(bucket.name, bucket.region, prefix)


def test_what_another_line_has_is_not_added_again(scene: Scene) -> None:
    chosen(scene, "a/", "b/")
    assert [bucket.prefix for bucket in chosen(scene, "b/", "c/", "c/")] == ["c/", "b/"]
    assert [bucket.prefix for bucket in chosen(scene, "b/")] == ["c/", "b/"]
    assert [bucket.prefix for bucket in chosen(scene)] == ["c/", "b/"]
    assert scene.store.state.details.check.errors == ()


def test_a_chosen_folder_is_checked_as_a_typed_one(scene: Scene) -> None:
    chosen(scene, "/odd/")
    details = scene.store.state.details
    assert "buckets[0].prefix" in details.touched
    (warning, *_) = details.check.problems("buckets[0].prefix")
    assert "starts with /" in problem_text(warning)
