"""Looking for a newer version: allowed, once a day, and only what is signed counts."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.formats.reading import InputProblem
from app.core.formats.update_json import (
    dump_look,
    dump_source,
    dump_statement,
    read_look,
    read_signed,
    read_source,
    read_statement,
)
from app.core.newer_version import Look, LookProblem, Standing
from app.core.wording.newer_version import standing_words
from tests.helpers.newer_version import NOW, Looking, Maker, nobody_to_ask, statement

MAKER: Final = Maker()
GOOD: Final = MAKER.answer(statement())


def _look(*answers: bytes | LookProblem, allowed: bool = True) -> Looking:
    looking = Looking(MAKER, list(answers))
    looking.permission.on = allowed
    asyncio.run(looking.looker().look_when_due())
    return looking


def _standing(looking: Looking) -> Standing:
    """Return what the next start has to tell, at the same moment."""
    looker = looking.looker()
    asyncio.run(looker.look_when_due())
    return looker.standing()


def test_a_newer_version_is_told_with_its_page() -> None:
    looking = _look(GOOD)
    standing = _standing(looking)
    assert standing.newer == statement()
    assert looking.asked == [MAKER.source.address]
    assert standing_words(standing) == "Version 1.2.0 is there since 2026-11-28."


def test_nobody_is_asked_before_it_is_allowed_nor_twice_a_day() -> None:
    looking = _look(GOOD, allowed=False)
    assert looking.asked == []
    assert looking.looker().standing() == Standing(allowed=False)
    looking.looker().allow(on=True)
    for hours, asked in ((0, 1), (1, 1), (23, 1), (24, 2), (25, 2)):
        looking.now = NOW + timedelta(hours=hours)
        asyncio.run(looking.looker().look_when_due())
        assert len(looking.asked) == asked
    looking.looker().allow(on=False)
    looking.now = NOW + timedelta(days=9)
    asyncio.run(looking.looker().look_when_due())
    assert len(looking.asked) == 2


def test_a_build_without_an_address_asks_nobody() -> None:
    looker = nobody_to_ask()
    assert not looker.can_look
    asyncio.run(looker.look_when_due())
    assert looker.standing() == Standing(allowed=False)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (LookProblem.UNREACHABLE, LookProblem.UNREACHABLE),
        (b"<html>Sign in to this network</html>", LookProblem.ANSWER),
        (b"\xff\xfe", LookProblem.ANSWER),
        (b"", LookProblem.ANSWER),
        (Maker().answer(statement()), LookProblem.SIGNATURE),
        (GOOD.replace(b"1.2.0", b"1.3.0"), LookProblem.SIGNATURE),
        (MAKER.signed("{}"), LookProblem.ANSWER),
        (MAKER.signed("\ud800".encode("utf-16", "surrogatepass").hex()), LookProblem.ANSWER),
        (MAKER.answer(statement(days=-1)), LookProblem.STALE),
        (MAKER.answer(statement(page="https://evil.example/")), LookProblem.ANSWER),
        (
            MAKER.answer(replace(statement(), published=NOW + timedelta(days=3))),
            LookProblem.CLOCK,
        ),
    ],
)
def test_what_does_not_count_is_kept_with_its_reason_and_mended_the_next_day(
    answer: bytes | LookProblem, problem: LookProblem
) -> None:
    looking = _look(answer, GOOD)
    standing = _standing(looking)
    assert (standing.last, standing.newer) == (Look(NOW, problem), None)
    words = standing_words(standing)
    assert words.startswith("On 2026-11-29 12:00 UTC a newer version could not be looked for. ")
    looking.now += timedelta(days=1)
    assert _standing(looking).newer == statement()


def test_an_old_answer_that_is_repeated_takes_nothing_back() -> None:
    later = replace(statement("1.3"), published=NOW)
    looking = _look(MAKER.answer(later), GOOD)
    looking.now += timedelta(days=1)
    standing = _standing(looking)
    assert standing.last == Look(looking.now, LookProblem.STALE, later)
    assert standing.newer == later
    assert standing_words(standing) == (
        "Version 1.3 is there since 2026-11-29. On 2026-11-30 12:00 UTC a newer version could "
        "not be looked for. The answer is out of date."
    )


def test_the_newest_version_is_told_to_be_it() -> None:
    standing = _standing(_look(MAKER.answer(statement("1.1"))))
    assert standing_words(standing) == "Looked on 2026-11-29 12:00 UTC: this version is the newest."
    assert standing_words(Standing(allowed=True)) == ""


@given(st.binary(max_size=200) | st.text(max_size=200).map(MAKER.signed))
@settings(max_examples=25)
def test_no_answer_but_a_statement_of_the_makers_is_news(answer: bytes) -> None:
    looking = _look(answer)
    assert looking.kept.look is not None
    assert looking.kept.look.problem in {LookProblem.ANSWER, LookProblem.SIGNATURE}


@given(st.data())
@settings(max_examples=60)
def test_a_byte_of_a_good_answer_that_is_other_is_no_statement_or_the_same(
    data: st.DataObject,
) -> None:
    place = data.draw(st.integers(0, len(GOOD) - 1))
    changed = GOOD[:place] + bytes([data.draw(st.integers(0, 255))]) + GOOD[place + 1 :]
    look = _look(changed).kept.look
    assert look is not None
    # JSON may be written in other words: then what was signed is the same.
    assert look.statement in (None, statement())


def test_the_files_are_read_as_they_are_written() -> None:
    told = statement()
    assert read_statement(dump_statement(told)) == told
    assert read_source(dump_source(MAKER.source), "a") == MAKER.source
    for look in (Look(NOW), Look(NOW, LookProblem.STALE), Look(NOW, None, told)):
        assert read_look(dump_look(look), "a") == look
    broken = dump_source(MAKER.source).replace("https:", "http:")
    for problem in (read_source(broken, "a"), read_signed("{}"), read_look("[]", "a")):
        assert isinstance(problem, InputProblem)
