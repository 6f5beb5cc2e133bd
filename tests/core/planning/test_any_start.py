"""What holds for every starting point, whatever it is."""

from collections.abc import Mapping
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.change import ChangeKind
from app.core.changes.applied import after_changes, value_at
from app.core.choices import Choice, Choices
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.additions import KEY_SIDS, TAGGING_SID
from app.core.documents.external_ids import is_placeholder
from app.core.documents.gone_principals import gone_in, living
from app.core.documents.statements import statements_in
from app.core.documents.ubiquity_trust import REVOKED_SID, other_databases
from app.core.draft import Draft
from app.core.formats.plan_json import plan_to_json
from app.core.planning.entries import granted_folders
from app.core.planning.plan import plan
from app.core.planning.trust import is_ubiquitys
from app.core.report import Finding, Weight
from app.core.wording.change_words import change_sentence
from app.core.wording.offer_words import offer_words
from app.core.wording.plan_words import left_alone_sentence, obstacle_sentence
from tests.core.planning.any_start import WISHES, mendable, starts
from tests.core.planning.inverse import taken_back, what_counts
from tests.helpers.snapshots import World

EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOTHING: Final = st.just(Choices())
OURS: Final = KEY_SIDS


def blockers(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Return the blockers among ``findings``, by code and bucket."""
    found = (f for f in findings if CATALOGUE[f.code].weight is Weight.BLOCKER)
    return sorted((finding.code, finding.bucket or "") for finding in found)


@EXAMPLES
@given(starts(), NOTHING | WISHES)
def test_once_applied_just_what_was_said_is_still_wrong(world: World, choices: Choices) -> None:
    draft, start = world.read()
    wanted = plan(draft, start, choices)
    end = after_changes(start, wanted.changes)
    found = (o.finding for o in wanted.cannot_mend if o.finding is not None)
    said = [finding for finding in found if not finding.code.startswith("change.")]
    assert blockers(tuple(said)) == blockers(diagnose(draft, end).findings)
    again = plan(draft, end, choices)
    assert again.changes == ()
    if Choice.REPLACE_POLICY not in choices.chosen:
        # The choices that were made are made. (Replacing would take an addition out again.)
        assert {offer.choice for offer in again.offers}.isdisjoint(choices.chosen)


@EXAMPLES
@given(starts(), NOTHING | WISHES)
def test_each_change_says_what_is_there_before_it(world: World, choices: Choices) -> None:
    draft, state = world.read()
    for change in plan(draft, state, choices).changes:
        if change.kind is not ChangeKind.DELETE_POLICY_VERSION:
            assert value_at(state, change) == change.before
            assert change.before != change.after
        state = after_changes(state, (change,))
        assert value_at(state, change) == change.after


@EXAMPLES
@given(starts(), NOTHING | WISHES)
def test_taken_back_all_is_as_it_was(world: World, choices: Choices) -> None:
    draft, start = world.read()
    changes = plan(draft, start, choices).changes
    back = after_changes(start, (*changes, *taken_back(start, changes)))
    assert what_counts(back) == what_counts(after_changes(start, ()))


@EXAMPLES
@given(mendable(), NOTHING | WISHES.filter(lambda choices: choices.permissions_boundary is None))
def test_where_nothing_of_others_is_in_the_way_all_is_mended(
    world: World, choices: Choices
) -> None:
    draft, start = world.read()
    wanted = plan(draft, start, choices)
    assert wanted.cannot_mend == ()
    assert blockers(diagnose(draft, after_changes(start, wanted.changes)).findings) == []


@EXAMPLES
@given(starts() | mendable(), NOTHING | WISHES)
def test_what_others_wrote_stays_to_the_letter(world: World, choices: Choices) -> None:
    draft, start = world.read()
    for change in plan(draft, start, choices).changes:
        if not isinstance(change.before, Mapping) or not isinstance(change.after, Mapping):
            continue
        if change.kind is ChangeKind.UPDATE_TRUST_POLICY:
            trust_is_kept(draft, change.before, change.after, choices)
        elif change.kind is ChangeKind.PUT_KEY_POLICY:
            of_others = [s for s in lasting(change.before) if _sid(s) not in OURS]
            after = statements_in(change.after)
            assert [s for s in after if s in of_others] == of_others
            assert {**change.after, "Statement": 0} == {**change.before, "Statement": 0}
        elif (
            change.kind is ChangeKind.CREATE_POLICY_VERSION
            and Choice.REPLACE_POLICY not in choices.chosen
        ):
            permissions_are_kept(draft, change.before, change.after)


def lasting(document: object) -> list[object]:
    """Return the statements without whoever no longer exists: AWS takes no policy with them."""
    return living(statements_in(document))


def trust_is_kept(
    draft: Draft, before: Mapping[str, object], after: Mapping[str, object], choices: Choices
) -> None:
    if Choice.REPLACE_TRUST in choices.chosen:
        return
    of_others = [s for s in lasting(before) if not is_ubiquitys(s) and _sid(s) != REVOKED_SID]
    assert [s for s in statements_in(after) if s in of_others] == of_others
    assert {**after, "Statement": 0} == {**before, "Statement": 0}
    lost = set(other_databases(before, draft.database_id)) - set(
        other_databases(after, draft.database_id)
    )
    assert not {value for value in lost if not is_placeholder(value)}


def permissions_are_kept(
    draft: Draft, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    old, new = (granted_folders(document, draft.bucket_names) for document in (before, after))
    if old is not None and new is not None:
        assert new.covers(old)
        return
    of_others = [s for s in statements_in(before) if _sid(s) != TAGGING_SID]
    assert [s for s in statements_in(after) if s in of_others] == of_others


def _sid(statement: object) -> object:
    return statement.get("Sid") if isinstance(statement, Mapping) else None


@EXAMPLES
@given(starts() | mendable(), NOTHING | WISHES)
def test_nobody_who_is_gone_is_named_anew(world: World, choices: Choices) -> None:
    draft, start = world.read()
    wanted = plan(draft, start, choices)
    told = {part.target for part in wanted.left_alone if part.code == "gone-principals"}
    for change in wanted.changes:
        if change.kind in (ChangeKind.UPDATE_TRUST_POLICY, ChangeKind.PUT_KEY_POLICY):
            assert gone_in(change.after) == ()
            names_gone = bool(gone_in(change.before))
            assert change.reversible is not names_gone
            assert not names_gone or change.target in told


@EXAMPLES
@given(starts(tried=True), NOTHING | WISHES)
def test_every_plan_can_be_said(world: World, choices: Choices) -> None:
    wanted = plan(*world.read(), choices)
    sentences = [
        *map(change_sentence, wanted.changes),
        *map(obstacle_sentence, wanted.cannot_mend),
        *map(left_alone_sentence, wanted.left_alone),
        *(offer_words(offer).detail for offer in wanted.offers),
    ]
    for sentence in sentences:
        assert sentence.template.format_map(sentence.values)
    written = plan_to_json(wanted)
    assert written["cannot_mend"] == list(dict.fromkeys(o.code for o in wanted.cannot_mend))


@EXAMPLES
@given(starts(tried=True))
def test_what_ubiquity_was_refused_before_says_nothing_of_the_plan(world: World) -> None:
    draft, start = world.read()
    others = [o for o in world.snapshot["observations"] if o["as"] == "customer"]
    untried = World(world.draft, {**world.snapshot, "observations": others}).read()[1]
    assert plan(draft, start) == plan(draft, untried)


@EXAMPLES
@given(starts(), st.sampled_from(["123456789013", "049579744830"]))
def test_nothing_is_changed_by_a_sign_in_of_another_account(world: World, account: str) -> None:
    world.snapshot["caller"] = {"arn": f"arn:aws:iam::{account}:root", "account": account}
    wanted = plan(*world.read())
    assert wanted.changes == ()
    assert "signin.wrong-account" in {obstacle.code for obstacle in wanted.cannot_mend}
