"""The block: whatever happens to a copied text on its way, it is read whole or refused."""

import base64
import hashlib
import json
import quopri
import re
import textwrap
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_block import (
    BEGIN,
    END,
    LARGEST,
    LINE,
    block_of,
    holds_block,
    read_block,
)
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.snapshot import Caller, Snapshot
from tests.helpers.golden import golden_text

NAME: Final = "the block"
_READ = read_snapshot(golden_text("formats-snapshot.json"), NAME)
assert isinstance(_READ, Snapshot)
SNAPSHOT: Final = _READ
BLOCK: Final = block_of(SNAPSHOT)
LATER: Final = replace(SNAPSHOT, captured_at=SNAPSHOT.captured_at + timedelta(minutes=5))
ELSEWHERE: Final = replace(
    LATER, caller=Caller("arn:aws:iam::210987654321:user/jo", "210987654321")
)
PROMPT: Final = "\x1b[1m[cloudshell-user@ip-10-2-34-56 ~]$\x1b[0m "


def digits_of(block: str) -> str:
    return "".join(block.splitlines()[1:-1])


def framed(packed: bytes) -> str:
    """Return a block of any bytes."""
    return "\n".join([BEGIN, *textwrap.wrap(base64.b64encode(packed).decode(), LINE), END, ""])


def refused(text: str) -> str:
    """Return the one sentence with which ``text`` is refused."""
    problem = read_block(text, NAME)
    assert isinstance(problem, InputProblem)
    assert problem.text.startswith(f"{NAME}: ")
    assert len(problem.text.splitlines()) == 1
    return problem.text


def test_the_block_is_as_its_format_says() -> None:
    first, *lines, last = BLOCK.splitlines()
    assert first == "-----BEGIN UBIQUITY S3 SNAPSHOT-----"
    assert last == "-----END UBIQUITY S3 SNAPSHOT-----"
    assert all(0 < len(line) <= 76 for line in lines)
    packed = base64.b64decode("".join(lines), validate=True)
    text = zlib.decompress(packed[32:])
    assert packed[:32] == hashlib.sha256(text).digest()
    assert text.decode() == dump_snapshot(SNAPSHOT)


def _quoted(block: str) -> str:
    return "On Monday Jo wrote:\n" + "".join(f"> > {line}\n" for line in block.splitlines())


def _rewrapped(block: str, width: int) -> str:
    return "\n".join([BEGIN, *textwrap.wrap(digits_of(block), width), END])


ON_THE_WAY: Final[dict[str, Callable[[str], str]]] = {
    "as it is": lambda block: block,
    "Windows line ends": lambda block: block.replace("\n", "\r\n"),
    "line ends twice": lambda block: block.replace("\n", "\n\n"),
    "on one line": lambda block: block.replace("\n", " "),
    "without any space": lambda block: re.sub(r"\s", "", block),
    "no-break spaces": lambda block: block.replace(" ", "\xa0"),
    "quoted in a reply": _quoted,
    "quoted with initials": lambda block: "".join(f"JB> {x}\n" for x in block.splitlines()),
    "in a code fence": lambda block: f"```\n{block}```\n",
    "indented": lambda block: textwrap.indent(block, "    \t"),
    "around it a terminal": lambda block: f"{PROMPT}bash s3.sh\nReading…\n{block}{PROMPT}exit\n",
    "after the prompt": lambda block: f"{PROMPT}{block}",
    "a prompt at each line": lambda block: "".join(f"{PROMPT}{x}\n" for x in block.splitlines()),
    "in colour": lambda block: "".join(
        f"\x1b[38;5;12m{x}\x1b[0m\x1b[K\n" for x in block.splitlines()
    ),
    "with a terminal's title": lambda block: f"\x1b]0;cloudshell\x07{block}",
    "dashes exchanged": lambda block: block.replace("--", "—"),
    "one dash for all": lambda block: block.replace("-----", "–"),
    "soft hyphens and joiners": lambda block: "\u200b".join(block.splitlines(keepends=True)),
    "a byte order mark": lambda block: f"\ufeff{block}",
    "in a mail's file": lambda block: quopri.encodestring(
        f"{_rewrapped(block, 4000)}\n".encode()
    ).decode(),
    "pasted twice": lambda block: block + block,
    "wrapped in its marks": lambda block: block.replace("UBIQUITY S3", "UBIQUITY\n> S3").replace(
        "> S3", "S3"
    ),
}


@pytest.mark.parametrize("way", ON_THE_WAY.values(), ids=ON_THE_WAY)
def test_what_happens_on_the_way_is_passed_over(way: Callable[[str], str]) -> None:
    assert read_block(way(BLOCK), NAME) == SNAPSHOT
    assert holds_block(way(BLOCK))


@given(width=st.integers(1, 400))
@settings(max_examples=25)
def test_it_may_be_wrapped_at_any_width(width: int) -> None:
    assert read_block(_rewrapped(BLOCK, width), NAME) == SNAPSHOT


@given(text=st.text(max_size=40))
@settings(max_examples=15)
@example("\ud800 half a character")
def test_a_snapshot_comes_back_as_it_was(text: str) -> None:
    snapshot = replace(SNAPSHOT, caller=Caller(text, "123456789012"))
    again = read_block(block_of(snapshot), NAME)
    assert isinstance(again, Snapshot)
    assert again.caller is not None
    assert again.caller.arn == text


@given(around=st.tuples(st.text(max_size=60), st.text(max_size=60)))
@settings(max_examples=50)
def test_any_text_may_stand_around(around: tuple[str, str]) -> None:
    before, after = around
    assert read_block(f"{before}\n{BLOCK}\n{after}", NAME) == SNAPSHOT


def test_of_two_runs_the_later_counts_wherever_it_stands() -> None:
    assert read_block(BLOCK + block_of(LATER), NAME) == LATER
    assert read_block(block_of(LATER) + _quoted(BLOCK), NAME) == LATER


def test_blocks_of_two_accounts_are_not_chosen_between() -> None:
    sentence = refused(BLOCK + block_of(ELSEWHERE))
    assert "123456789012" in sentence
    assert "210987654321" in sentence
    assert read_block(block_of(ELSEWHERE), NAME) == ELSEWHERE


def test_a_later_block_that_is_cut_short_is_not_passed_over_for_an_older_one() -> None:
    assert "cut short" in refused(BLOCK + block_of(LATER)[:300])
    tail = block_of(LATER)[300:]
    assert read_block(tail + BLOCK, NAME) == SNAPSHOT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no block"),
        ("{}", "there is no block"),
        ("-" * 200_000, "there is no block"),
        (f"{BEGIN}\n{END}\n", "altered"),
        (BLOCK.removeprefix(BEGIN), f"its first line “{BEGIN}” is missing"),
        (BLOCK[100:], f"its first line “{BEGIN}” is missing"),
        (BLOCK.replace(END, ""), f"its last line “{END}” is missing"),
        (BLOCK[:200], f"its last line “{END}” is missing"),
        ("\n".join(BLOCK.splitlines()[:3] + BLOCK.splitlines()[4:]), "altered"),
        (framed(b"short"), "altered"),
        (framed(hashlib.sha256(b"").digest() + zlib.compress(b"")), "this is not JSON"),
        (framed(hashlib.sha256(b"{}").digest() + zlib.compress(b"{}")), "no file of this program"),
        (framed(hashlib.sha256(b"\xff").digest() + zlib.compress(b"\xff")), "this is not JSON"),
        (framed(hashlib.sha256(b"{}").digest() + zlib.compress(b"{}")[:-2]), "altered"),
        (framed(hashlib.sha256(b"{}").digest() + zlib.compress(b"{}") + b"more"), "altered"),
    ],
)
def test_what_is_no_block_is_refused_in_a_sentence(text: str, said: str) -> None:
    assert said in refused(text)


def test_every_changed_digit_is_told() -> None:
    start, end = len(BEGIN) + 1, BLOCK.index(END) - 1
    for place in range(start, end):
        digit = BLOCK[place]
        if digit == "\n":
            continue
        other = "A" if digit != "A" else "B"
        for swapped in (other, "", digit * 2, "!"):
            altered = BLOCK[:place] + swapped + BLOCK[place + 1 :]
            # Bits after the end of what is compressed say nothing: the snapshot is the same.
            again = read_block(altered, NAME)
            assert again == SNAPSHOT or "altered" in getattr(again, "text", ""), place


@given(place=st.integers(0, len(BLOCK) - 1), other=st.characters())
@settings(max_examples=150)
def test_a_changed_character_gives_the_same_snapshot_or_a_sentence(place: int, other: str) -> None:
    again = read_block(BLOCK[:place] + other + BLOCK[place + 1 :], NAME)
    assert again == SNAPSHOT or isinstance(again, InputProblem)


def test_a_block_cut_anywhere_is_told_as_cut_short() -> None:
    whole = len(BLOCK.rstrip()) - 4  # up to the first dash after the last mark
    for place in range(len(BEGIN), whole):
        assert "cut short" in refused(BLOCK[:place])
    for place in range(12, whole - len(END)):
        assert "cut short" in refused(BLOCK[place:])


@pytest.mark.parametrize("size", [LARGEST + 1, 9 * LARGEST])
def test_a_bomb_is_refused_in_bounded_memory(size: int) -> None:
    packer = zlib.compressobj(9)
    piece = b" " * 1_000_000
    packed = b"".join(packer.compress(piece) for _ in range(size // len(piece) + 1))
    bomb = framed(bytes(32) + packed + packer.flush())
    tracemalloc.start()
    sentence = refused(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "larger than 10 MB" in sentence
    assert peak < 5 * LARGEST


def test_a_large_snapshot_is_still_read() -> None:
    rows = json.loads(dump_snapshot(SNAPSHOT))
    rows["similar_roles"] = [{"name": f"role-{n}", "arn": f"arn:{n}"} for n in range(20_000)]
    many = read_snapshot(json.dumps(rows), NAME)
    assert isinstance(many, Snapshot)
    assert read_block(block_of(many), NAME) == many
