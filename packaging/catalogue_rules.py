"""What a translation must keep of the words that it stands for, so that nothing breaks with it."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter
from typing import TYPE_CHECKING

from app.core.wording.console_labels import AWS_LABELS, UBIQUITY_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from babel.messages.catalog import Catalog, Message

_TAG = re.compile(r"</?[a-z]\w*(?:\s[^>]*)?>")
_MNEMONIC = re.compile(r"&(?=\w)")
_LITERAL = re.compile(
    r"(?:s3|iam|sts|kms|aws):[A-Z*][A-Za-z*]*|https?://[^\s)»”]+|(?<![\w-])--[a-z][a-z-]+"
)
"""What is typed or read by a machine: actions of AWS, addresses, options of the command line."""
_QUOTED = re.compile(
    "(?:“|> )(" + "|".join(sorted(AWS_LABELS | UBIQUITY_LABELS, key=len, reverse=True)) + r")\b"
)
"""What is looked for on a page of AWS or of UbiQuity, which shows it in English."""
_UNSEEN = re.compile("[\u00ad\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff]")


def faults(catalogue: Catalog, words: Catalog, counted: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a ``catalogue`` for these ``words`` of the code.

    ``counted`` is the place of the number that chooses between the forms, by the first of them.
    """
    for message in words:
        if not message.id:
            continue
        translated = catalogue.get(message.id)
        shown = repr(_forms(message.id)[0])
        if translated is None or not all(_forms(translated.string)):
            yield f"{shown} is not translated"
        elif translated.fuzzy:
            yield f"{shown} is marked as fuzzy"
        else:
            place = counted.get(_forms(message.id)[0], "")
            own_faults = _message_faults(translated, catalogue, place)
            yield from (f"{shown} {fault}" for fault in own_faults)
    for message in catalogue:
        if message.id and words.get(message.id) is None:
            yield f"{_forms(message.id)[0]!r} is no word of the program any more"


def same_words(one: Catalog, other: Catalog) -> bool:
    """Return whether both hold the same messages, with the same forms."""
    first, second = (
        {_forms(message.id) for message in each if message.id} for each in (one, other)
    )
    return first == second


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)


def _message_faults(message: Message, catalogue: Catalog, counted: str) -> Iterator[str]:
    originals, forms = _forms(message.id), _forms(message.string)
    needed = catalogue.num_plurals if len(originals) > 1 else 1
    if len(forms) != needed:
        yield f"has {len(forms)} forms, and needs {needed}"
    for form in forms:
        yield from (f"{fault}: {form!r}" for fault in text_faults(originals, form, counted))


def text_faults(originals: tuple[str, ...], form: str, counted: str = "") -> Iterator[str]:
    """Yield what ``form``, a translation of ``originals``, has lost or added.

    Of a message in two forms a form may have what either has, and leave out what one of them does
    without, and the ``counted`` number, which it may have in words ("one file").
    """
    last = originals[-1]
    own, all_of = Counter(places(form)), [Counter(places(original)) for original in originals]
    least, most = all_of[0] & all_of[-1], all_of[0] | all_of[-1]
    del least[counted]
    if not least <= own <= most:
        yield f"has the places {sorted(own.elements())}, and needs {sorted(most.elements())}"
    if sorted(_TAG.findall(form)) != sorted(_TAG.findall(last)):
        yield "has other tags"
    if len(_MNEMONIC.findall(form)) != len(_MNEMONIC.findall(last)):
        yield "has another number of letters after &"
    if _edges(form) != _edges(last):
        yield "begins or ends with other spaces"
    if form.count("\n") != last.count("\n"):
        yield "has another number of lines"
    if _UNSEEN.search(form) and not _UNSEEN.search(last):
        yield "holds characters that can't be seen"
    lacking = [each for each in _LITERAL.findall(last) if each.rstrip(".,:;") not in form]
    lacking += [each for each in _QUOTED.findall(last) if each not in form]
    if lacking:
        yield f"lacks {', '.join(lacking)}"


def places(text: str) -> list[str]:
    """Return the names of the places in braces, sorted; of a text with other braces, none."""
    try:
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return []


def _edges(text: str) -> tuple[str, str]:
    core = text.strip()
    if not core:
        return text, ""
    start, _, end = text.partition(core)
    return start, end
