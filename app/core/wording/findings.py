"""The words of a finding: title, detail and fix, made from its code and values.

The words stand in ``finding_words``; here the sentences that fit are chosen and filled in.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from app.core.conventions import paragraph
from app.core.message import Message, Plural, translated
from app.core.report import Finding
from app.core.wording.characters import marked
from app.core.wording.finding_values import WordedValue, values_of
from app.core.wording.finding_words import wording_of
from app.core.wording.finding_words.lines import Line, Params, Sentence
from app.core.wording.value_sentence import PLACE, ValueSentence

if TYPE_CHECKING:
    # A check of a snapshot file explains nothing, and has to start fast.
    from app.core.explain.explanation import Explanation


class FindingWords(NamedTuple):
    """A finding in words: what is wrong, why, and numbered steps that mend it."""

    title: ValueSentence
    detail: ValueSentence
    fix: tuple[ValueSentence, ...]


def words(finding: Finding) -> FindingWords:
    """Return the words of ``finding`` in the installed language."""
    wording = wording_of(finding.code)
    values = values_of(finding)
    params: Params = {"bucket": finding.bucket, **finding.params}

    def filled(sentences: Sequence[Sentence]) -> Iterator[ValueSentence]:
        fitting = (message for s in sentences if (message := _fitting(s, params)) is not None)
        return (_filled(m, params, values) for m in fitting if _places(m) <= values.keys())

    return FindingWords(
        title=next(filled(wording.title)),
        detail=_joined(tuple(filled(wording.detail))),
        fix=tuple(filled(wording.fix)),
    )


def title(finding: Finding) -> str:
    """Return what is wrong, in a few words."""
    return words(finding).title.text


def cause_title(cause: "Explanation") -> str:
    """Return what names a cause: its title as the catalogue has it, without a value."""
    return marked(title(Finding(cause.finding.code, cause.finding.evidence)))


def _fitting(sentence: Sentence, params: Params) -> Message | None:
    if isinstance(sentence, Line):
        return sentence.message if sentence.when(params) else None
    return sentence


def _places(message: Message) -> set[str]:
    template = message.plural if isinstance(message, Plural) else message
    return set(PLACE.findall(template))


def _filled(message: Message, params: Params, values: Mapping[str, WordedValue]) -> ValueSentence:
    template = translated(message, params)
    used = [values[place] for place in PLACE.findall(template) if place in values]
    return ValueSentence(
        PLACE.sub(lambda m: values[m[1]].text if m[1] in values else m[0], template),
        {place: text for value in used for place, text in value.hidden.items()},
    )


def _joined(texts: Sequence[ValueSentence]) -> ValueSentence:
    values = {place: value for text in texts for place, value in text.values.items()}
    return ValueSentence(paragraph(*(text.template for text in texts)), values)
