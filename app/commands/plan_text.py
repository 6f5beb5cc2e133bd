"""A plan as text for people: each change with what was there and what will be, and the rest."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from app.core.change import Change, LeftAlone, Obstacle, Offer, Plan
from app.core.choices import Choice
from app.core.conventions import as_sentence, paragraph
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.documents.document_text import document_text
from app.core.frozen import frozen, replace
from app.core.i18n import tr
from app.core.wording import findings, plan_words, revoking
from app.core.wording.change_words import change_sentence
from app.core.wording.characters import escaped_json
from app.core.wording.offer_words import offer_words
from app.core.wording.report_terms import WHO_WORDS
from app.core.wording.value_sentence import ValueSentence

_OPTIONS: Final[Mapping[Choice, str]] = {Choice.END_SESSIONS: "--end-sessions"}
"""The option of the command line that makes a choice; the others are made in the wizard."""


@frozen
class _Sentences:
    """How what stays, and what can't be mended, is said: setting up and revoking differ."""

    obstacle: Callable[[Obstacle], ValueSentence]
    left_alone: Callable[[LeftAlone], ValueSentence]
    offer: Callable[[Offer], ValueSentence]


def setup_lines(plan: Plan) -> list[str]:
    """Return a plan that sets up as lines of text."""
    lines = _plan_lines(plan, _SETTING_UP)
    if plan.changes:
        return lines
    if plan.cannot_mend:
        nothing = tr("There is nothing that can be changed from here.")
    else:
        nothing = tr("AWS already is as your details say: nothing needs doing.")
    return [nothing, "", *lines] if lines else [nothing]


def revoke_lines(plan: Plan, chosen: Collection[Choice] = ()) -> list[str]:
    """Return a plan that takes access away as lines of text; none where it is empty.

    What is ``chosen`` already is not offered.
    """
    offers = tuple(offer for offer in plan.offers if offer.choice not in chosen)
    return _plan_lines(replace(plan, offers=offers), _REVOKING)


def _plan_lines(plan: Plan, sentences: _Sentences) -> list[str]:
    lines = [
        *changes_lines(plan.changes),
        *_listed(
            tr("This stays as it is:"),
            (sentences.left_alone(part).text for part in plan.left_alone),
        ),
        *_listed(
            tr("This can’t be done from here:"),
            (_obstacle(obstacle, sentences) for obstacle in plan.cannot_mend),
        ),
        *_listed(
            tr("These options of the command line do more:"),
            (
                f"{_OPTIONS[offer.choice]}  {sentences.offer(offer).text}"
                for offer in plan.offers
                if offer.choice in _OPTIONS
            ),
        ),
        *_listed(
            tr("The wizard also offers these choices, and the command line does not:"),
            (sentences.offer(offer).text for offer in plan.offers if offer.choice not in _OPTIONS),
        ),
    ]
    return lines[1:]  # each part has an empty line before it


def changes_lines(all_changes: Iterable[Change], *, marked: bool = True) -> Iterator[str]:
    """Yield each change in words, numbered, with the text before and after.

    Where ``marked``, it is said of each whether it can be undone.
    """
    for number, change in enumerate(all_changes, start=1):
        mark = tr("can be undone") if change.reversible else tr("can’t be undone")
        yield ""
        words = change_sentence(change).text
        yield f"{number}. {words}" + (f"  [{mark}]" if marked else "")
        yield f"   {change.target}"
        yield from _side(tr("Before:"), change.before)
        yield from _side(tr("After:"), change.after)


def _side(heading: str, value: object) -> Iterator[str]:
    if value is None:
        nothing = tr("nothing")
        yield f"   {heading} {nothing}"
        return
    yield f"   {heading}"
    # Copied from here it is the same document: what can't be seen is escaped as JSON does it.
    text = escaped_json(document_text(value))
    yield from (f"     {line}" for line in text.split("\n"))


def _listed(heading: str, sentences: Iterable[str]) -> Iterator[str]:
    lines = list(sentences)
    if lines:
        yield ""
        yield heading
        yield from (f"  - {line}" for line in lines)


def _obstacle(obstacle: Obstacle, sentences: _Sentences) -> str:
    if obstacle.finding is None:
        sentence = paragraph(*sentences.obstacle(obstacle).lines)
    else:
        wording = findings.words(obstacle.finding)
        sentence = paragraph(as_sentence(wording.title.text), wording.detail.text)
    who = tr("Who can act: {who}.").format(who=tr(WHO_WORDS[CATALOGUE[obstacle.code].who]))
    return f"{sentence} {who}  ({obstacle.code})"


_SETTING_UP: Final = _Sentences(
    plan_words.obstacle_sentence,
    plan_words.left_alone_sentence,
    lambda offer: offer_words(offer).detail,
)
_REVOKING: Final = _Sentences(
    revoking.revoke_obstacle_sentence, revoking.left_alone_sentence, revoking.offer_sentence
)
