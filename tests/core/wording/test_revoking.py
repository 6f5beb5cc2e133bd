"""The words of revoking."""

from string import Formatter

import pytest

from app.core.change import Change, ChangeKind, LeftAlone, Obstacle, Offer, Plan
from app.core.choices import Choice, RevokeWay
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.report import Evidence, Grounds, GroundsCode
from app.core.revoking.proof import Proof
from app.core.wording.revoking import (
    _LEFT_ALONE,
    _OBSTACLES,
    effect_sentence,
    left_alone_sentence,
    losing_sentence,
    nothing_sentence,
    offer_sentence,
    proof_sentence,
    revoke_obstacle_sentence,
    way_words,
)
from app.core.wording.value_sentence import ValueSentence
from tests.helpers.drafts import ROLE_ARN

GROUNDS = Grounds(GroundsCode.NOT_TRUSTED)


def text_of(sentence: ValueSentence) -> str:
    places = {field for _, field, _, _ in Formatter().parse(sentence.template) if field}
    assert places == set(sentence.values)
    return sentence.template.format_map(sentence.values)


def test_each_way_says_what_it_does_to_open_sessions() -> None:
    ways = [way_words(how) for how in (*RevokeWay, None)]
    assert len({way.title for way in ways}) == 3
    assert "at once" in way_words(RevokeWay.DELETE_ROLE).sessions
    assert "hour" in way_words(RevokeWay.CHANGE_TRUST).sessions
    assert "1 to 12 hours" in way_words(RevokeWay.CHANGE_TRUST).sessions
    assert "asks for one hour" in way_words(None).sessions
    assert "Database > Connectors" in way_words(None).does


@pytest.mark.parametrize("code", sorted({*_LEFT_ALONE, "gone-principals"}))
def test_what_stays_is_named(code: str) -> None:
    text = text_of(left_alone_sentence(LeftAlone(code, ROLE_ARN, {"names": ["one", "two"]})))
    assert code not in text
    assert text.endswith(".")


@pytest.mark.parametrize("code", sorted(_OBSTACLES))
def test_every_obstacle_names_its_thing_and_has_a_row(code: str) -> None:
    assert "the-thing" in text_of(revoke_obstacle_sentence(Obstacle(code, "the-thing")))
    assert code in CATALOGUE


def test_the_choices_say_what_they_do_to_others() -> None:
    one = offer_sentence(Offer(Choice.EVERYONE, ROLE_ARN, {"external_ids": ["aBc"]}))
    two = offer_sentence(Offer(Choice.EVERYONE, ROLE_ARN, {"external_ids": ["aBc", "dEf"]}))
    assert "aBc loses" in text_of(one)
    assert "aBc, dEf lose" in text_of(two)
    assert "including those of others" in text_of(offer_sentence(Offer(Choice.END_SESSIONS, "x")))


def test_how_many_lose_access() -> None:
    assert losing_sentence(1) == "1 UbiQuity database loses access."
    assert losing_sentence(3) == "3 UbiQuity databases lose access."


def test_an_empty_plan_claims_no_more_than_it_knows() -> None:
    unread = Plan((), (Obstacle("check.unreadable", ROLE_ARN),))
    assert nothing_sentence(Plan(())) != nothing_sentence(unread)


def test_the_proof() -> None:
    sentences = {
        decision: text_of(proof_sentence(Proof(decision, GROUNDS, Evidence.PREDICTED)))
        for decision in ("denied", "allowed", "unknown")
    }
    assert "refuses" in sentences["denied"]
    assert "can still" in sentences["allowed"]
    assert "not certain" in sentences["unknown"]


def test_the_proof_claims_no_more_than_the_end_of_one_database_where_others_go_on() -> None:
    sentence = text_of(
        proof_sentence(Proof("denied", GROUNDS, Evidence.PREDICTED, others_go_on=True))
    )
    assert "your UbiQuity database" in sentence
    assert "refuses UbiQuity:" not in sentence
    assert "still can" in sentence
    allowed = Proof("allowed", GROUNDS, Evidence.PREDICTED, others_go_on=True)
    assert "UbiQuity can still use" in text_of(proof_sentence(allowed))


def test_what_is_said_of_sessions_follows_from_what_is_done() -> None:
    def effect(how: RevokeWay, *kinds: ChangeKind, left_alone: tuple[LeftAlone, ...] = ()) -> str:
        changes = tuple(Change(kind, ROLE_ARN, {}, None, reversible=True) for kind in kinds)
        return text_of(effect_sentence(Plan(changes, left_alone=left_alone), how, 3600))

    change, delete = ChangeKind.UPDATE_TRUST_POLICY, ChangeKind.DELETE_ROLE
    assert "end at once" in effect(RevokeWay.DELETE_ROLE, ChangeKind.DETACH_POLICY, delete)
    others = (LeftAlone("others-trusted", ROLE_ARN, {"names": ["x"]}),)
    stays = effect(RevokeWay.DELETE_ROLE, change, left_alone=others)
    assert "stays" in stays
    assert "at once" not in stays
    shared = (LeftAlone("other-external-ids", ROLE_ARN, {"names": ["x"]}),)
    for how in RevokeWay:
        assert "Others that share it still can" in effect(how, change, left_alone=shared)
    for goes_on in (effect(RevokeWay.CHANGE_TRUST, change), stays):
        assert "may go on for 1 hour, as long as the role allows" in goes_on
    assert "There is no role" in effect(RevokeWay.DELETE_ROLE, ChangeKind.DELETE_POLICY)
    # What is done to a role tells that there is one.
    assert "There is no role" not in effect(RevokeWay.DELETE_ROLE, ChangeKind.PUT_ROLE_POLICY)
    for code in ("policy-elsewhere", "gone-principals"):
        kept_for_others = (LeftAlone(code, ROLE_ARN, {"names": ["x"]}),)
        key = ChangeKind.PUT_KEY_POLICY
        assert "There is no role" in effect(RevokeWay.DELETE_ROLE, key, left_alone=kept_for_others)
