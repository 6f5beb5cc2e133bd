"""Pseudonyms: nothing of an External ID is left, and the files still say the same."""

import base64
import html
import json
import uuid
from typing import Final
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.diagnosis.diagnose import diagnose
from app.core.documents.damage import damage_in, is_damaged_form
from app.core.fields.database_id import check_database_id
from app.core.formats.draft_json import draft_to_json, read_draft
from app.core.formats.pseudonyms import Pseudonyms, pseudonyms
from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot, snapshot_to_json
from app.core.formats.writing import file_text
from tests.core.planning.any_start import EXTERNAL_IDS, starts
from tests.helpers.snapshots import DATABASE_ID, World, codes_of

ID: Final = "pWq/Blwfj+OUcQjd5gt7vA"
SEED: Final = b"one seed"


def hiding(*ids: str, seed: bytes = SEED) -> Pseudonyms:
    return pseudonyms(ids[0], [{"sts:ExternalId": list(ids)}], seed)


def runs(text: str, length: int = 8) -> set[str]:
    return {text[at : at + length] for at in range(len(text) - length + 1)}


@pytest.mark.parametrize(
    "text",
    [
        "{id}",
        "The External ID {id} is not known",
        "database={id}&more",
        "arn:aws:iam::123456789012:role/x-{id}",
        "“{id}”",
        "{cut}…",
        "{small}",
        "{wrapped}",
        "{percent}",
        "{escaped}",
        '{{\\"sts:ExternalId\\": \\"{id}\\"}}',
    ],
)
def test_no_eight_characters_of_an_id_are_left_in_any_text(text: str) -> None:
    forms = {
        "id": ID,
        "cut": ID[:15],
        "small": ID.lower(),
        "wrapped": f"{ID[:9]}\n > {ID[9:]}".replace(" > ", "  "),
        "percent": ID.replace("/", "%2F").replace("+", "%2b"),
        "escaped": ID.replace("/", "\\/").replace("+", "\\u002b"),
    }
    found = text.format(**forms)
    hidden = hiding(ID).in_text(found)
    plain = "".join(hidden.split()).replace("%2F", "/").replace("%2b", "+")
    plain = plain.replace("\\/", "/").replace("\\u002b", "+").lower()
    assert not runs(ID.lower()) & runs(plain)
    assert len(hidden) == len(found)
    assert hidden.startswith(text.partition("{")[0])


@pytest.mark.parametrize(
    "text",
    [
        "{other}",
        "database={other}&more",
        "{other}==",
        "{small}",
        "https://example.org/?id={percent}",
        "{tag}",
        "{tag_in_hex}",
    ],
)
@pytest.mark.parametrize("database_id", [ID, ID.replace("/", "_").replace("+", "-")])
def test_an_id_is_found_in_the_other_alphabet_of_base64_and_as_web_pages_write_it(
    text: str, database_id: str
) -> None:
    other = database_id.translate(str.maketrans("+/-_", "-_+/"))
    forms = {
        "other": other,
        "small": other.lower(),
        "percent": other.replace("/", "%2F").replace("_", "%5f").replace("+", "%2B"),
        "tag": "".join(f"&#{ord(char)};" for char in database_id),
        "tag_in_hex": database_id.replace("/", "&#x2F;").replace("_", "&#X5f;"),
    }
    found = text.format(**forms)
    hidden = hiding(database_id).in_text(found)
    plain = html.unescape(unquote(hidden)).lower().translate(str.maketrans("-_", "+/"))
    assert not runs(ID.lower(), 5) & runs(plain, 5)
    assert hidden.startswith(text.partition("{")[0])


def test_what_an_id_is_when_it_is_written_as_something_else_is_left_out() -> None:
    raw = base64.b64decode(f"{ID}==")
    forms = [
        raw.hex(),
        raw.hex().upper(),
        str(uuid.UUID(bytes=raw)),
        str(uuid.UUID(bytes_le=raw)).upper(),
        ID.encode().hex(),
        *(base64.b64encode(f"{before}{ID};".encode()).decode() for before in ("", "i", "id")),
    ]
    exchange = hiding(ID)
    for form in forms:
        hidden = exchange.in_text(f"tenant/{form}/x.csv")
        assert not runs(form.lower(), 10) & runs(hidden.lower(), 10)
        assert hidden.startswith("tenant/")
        assert hidden.endswith("/x.csv")
    assert exchange.in_text(raw.hex()[:12]) == raw.hex()[:12]


def test_what_is_no_id_stays() -> None:
    """Our role's name, AWS's words and the customer's bucket say what they said."""
    words = [
        "arn:aws:iam::123456789012:role/ubiquity-connectors-s3-access-role",
        "customer-data-imports",
        "User: arn:aws:sts::1:assumed-role/Admin/jo is not authorized to perform: s3:ListBucket",
    ]
    for database_id in (ID, "ubiquity", "AcmeImports2024Prod"):
        exchange = hiding(database_id)
        assert [exchange.in_text(text) for text in words] == words
        value = {"as": "ubiquity", "Effect": "Allow", "external_id": "right", "n": [1, None, True]}
        assert exchange.in_json(value) == value
    assert hiding("ubiquity").in_text("It is ubiquity.") != "It is ubiquity."
    assert hiding("AcmeImports2024Prod").in_text("for AcmeImports2024Prod") != (
        "for AcmeImports2024Prod"
    )


def test_an_id_that_begins_with_a_word_hides_no_bucket_of_that_word() -> None:
    for database_id in ("PracticeOnly4f7kQxT9vA", "4f7kQxT9vAonlypractice"):
        exchange = hiding(database_id)
        assert exchange.in_text("arn:aws:s3:::practice-data") == "arn:aws:s3:::practice-data"
        assert exchange.in_text(f"for {database_id}.") == f"for {exchange.of(database_id)}."


@pytest.mark.parametrize(
    "external_id",
    ["*", "?", "YOUR_UBIQUITY_ACCOUNT_ID", " <your_ubiquity_account_id> ", "${aws:userid}", ""],
)
def test_what_stands_for_no_id_stays_what_it_is(external_id: str) -> None:
    assert hiding(ID).of(external_id) == external_id


def in_base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def is_final(text: str) -> bool:
    checked = check_database_id(text)
    return not checked.errors and checked.value == text


IDS: Final = st.one_of(
    st.binary(min_size=16, max_size=16).map(in_base64),
    st.text("abcXYZ0189+=,.@:/_-", min_size=2, max_size=40).filter(is_final),
)


@settings(max_examples=40, deadline=None)
@given(IDS, st.binary(min_size=1, max_size=8), st.data())
def test_how_two_ids_differ_is_how_their_pseudonyms_do(
    database_id: str, seed: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(database_id)))
    other = data.draw(
        st.sampled_from(
            [
                f" {database_id}\n",
                database_id.lower(),
                f"{database_id}==",
                f"“{database_id}”",
                database_id.replace("+", "-").replace("/", "_"),
                database_id.replace("/", "%2F").replace("A", "%41"),
                database_id[:at] + "x" + database_id[at:],
                database_id[:at] + database_id[at + 1 :],
                f"{database_id[:at]}\u200b{database_id[at:]}",
            ]
        )
    )
    exchange = hiding(database_id, other, seed=seed)
    name, other_name = exchange.of(database_id), exchange.of(other)
    assert (name == other_name) is (database_id == other)
    assert is_damaged_form(name, other_name) is is_damaged_form(database_id, other)
    assert damage_in(name, other_name) == damage_in(database_id, other)
    if any(map(str.isalnum, database_id)):
        assert name != database_id
    assert codes_about(name) == codes_about(database_id)


def codes_about(database_id: str) -> list[str]:
    return [problem.code for problem in check_database_id(database_id).problems]


def exchanged(world: World, seed: bytes) -> World:
    draft, snapshot = world.read()
    before = [draft_to_json(draft), snapshot_to_json(snapshot)]
    exchange = pseudonyms(draft.database_id, before, seed)
    texts = [file_text(exchange.in_json(value)) for value in before]  # type: ignore[arg-type]
    for text in texts:
        for external_id in EXTERNAL_IDS:
            if len(external_id) > 7 and not external_id.startswith("YOUR"):
                assert not runs(external_id.strip().lower()) & runs(text.lower())
    return World(json.loads(texts[0]), json.loads(texts[1]))


@settings(max_examples=8, deadline=None)  # 800 were run when it was made
@given(starts(tried=True), st.binary(min_size=1, max_size=4))
def test_the_replay_says_what_the_customer_was_told(world: World, seed: bytes) -> None:
    draft, snapshot = world.read()
    other = exchanged(world, seed)
    hidden_draft = read_draft(json.dumps(other.draft), "draft.json")
    hidden = read_snapshot(json.dumps(other.snapshot), "snapshot.json")
    assert not isinstance(hidden_draft, InputProblem)
    assert not isinstance(hidden, InputProblem)
    told, replayed = diagnose(draft, snapshot), diagnose(hidden_draft.draft, hidden)
    assert (replayed.verdict, codes_of(replayed)) == (told.verdict, codes_of(told))
    assert [a.decision for a in replayed.access] == [a.decision for a in told.access]
    assert read_snapshot(dump_snapshot(hidden), "again") == hidden


def test_a_strangers_id_of_words_gives_no_letter_of_the_exchange_away() -> None:
    words = "marketing-platform-production"
    exchange = hiding(DATABASE_ID, words, f"{DATABASE_ID[:12]}*", DATABASE_ID.lower())
    of_words = dict(zip(words, exchange.of(words), strict=True))
    small = dict(zip(DATABASE_ID.lower(), exchange.of(DATABASE_ID.lower()), strict=True))
    shared = set(of_words) & set(small)
    assert len(shared) > 3
    assert sum(of_words[char] == small[char] for char in shared) < len(shared) / 2
    assert exchange.of(f"{DATABASE_ID[:12]}*") == f"{exchange.of(DATABASE_ID)[:12]}*"


def test_the_same_seed_gives_the_same_and_another_gives_another() -> None:
    assert hiding(DATABASE_ID).of(DATABASE_ID) == hiding(DATABASE_ID).of(DATABASE_ID)
    others = {hiding(DATABASE_ID, seed=bytes([n])).of(DATABASE_ID) for n in range(20)}
    assert len(others) == 20
