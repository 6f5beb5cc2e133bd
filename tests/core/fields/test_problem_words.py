"""Every problem has words, and every word has a problem."""

from collections.abc import Iterator
from dataclasses import replace
from gettext import NullTranslations
from string import Formatter

import pytest

from app.core import i18n
from app.core.documents.policy_size import size_problems
from app.core.draft import BucketEntry, Draft
from app.core.fields.bucket_name import check_bucket
from app.core.fields.bucket_set import check_buckets
from app.core.fields.details import check_details
from app.core.fields.form import BucketForm, DetailsForm, EncryptionChoice
from app.core.fields.prefix import check_prefix, folder_problem
from app.core.fields.region import check_region
from app.core.fields.requirements import check_boundary, check_description, check_tags
from app.core.fields.role_answer import check_role_answer
from app.core.fields.template_address import check_template_address
from app.core.message import Message, Plural
from app.core.problem import Correction, Problem
from app.core.wording.problem_words import NUMBER_WORDS, PROBLEM_WORDS
from app.core.wording.problems import correction_text, problem_text
from tests.core.fields.test_any_text import CHECKS, PASTES
from tests.core.fields.test_aws_settings import BESIDE
from tests.core.fields.test_bucket_name import REFUSED
from tests.core.fields.test_region import KNOWN, OTHER_CLOUDS
from tests.core.fields.test_requirements import BOUNDARIES, TAGS
from tests.core.fields.test_role_answer import ANSWERS
from tests.core.fields.test_template_address import REFUSED as REFUSED_TEMPLATES
from tests.core.formats.test_sent_receipt import said
from tests.core.pasted.test_without_secrets import SECRET

ENTRY = BucketEntry("acme-imports", "ap-southeast-2")
FOLDER = replace(ENTRY, prefix="imports/", restrict_to_prefix=True)
KEY = "arn:aws:kms:ap-southeast-2:120456789013:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def everything_said() -> Iterator[Problem]:
    """Yield the problems of all the tables' rows, in every field, and of whole drafts."""
    for check in CHECKS.values():
        for text in PASTES:
            yield from check(text).problems
    for text, _ in REFUSED:
        yield from check_bucket(text).problems
    for text, _ in OTHER_CLOUDS:
        yield from check_region(text, KNOWN).problems
    yield from check_bucket("a-120456789013-us-west-2-an", account_id="120456789014").problems
    yield from check_prefix("acme/a/", restricted=False, bucket="acme").problems
    yield from filter(None, [folder_problem(" a/", restricted=False, field="buckets[0].prefix")])
    for other in (ENTRY, replace(ENTRY, prefix="imports/", kms_key_arn=KEY)):
        yield from check_buckets([FOLDER, replace(FOLDER, region="eu-west-1"), ENTRY, other])
    yield from check_buckets([])
    many = tuple(replace(ENTRY, prefix=f"{n}/" * 9, restrict_to_prefix=True) for n in range(99))
    yield from size_problems(Draft("120456789013", "a" * 2000, many))
    for text, _, _ in BOUNDARIES:
        yield from check_boundary(text, "120456789013").problems
    for text, _, _ in TAGS:
        yield from check_tags(text).problems
    yield from check_description("x" * 1001).problems
    for text, _ in REFUSED_TEMPLATES:
        yield from check_template_address(text).problems
    for row in BESIDE:
        yield from row.said.problems if row.said else ()
    yield from _of_answers()
    client = EncryptionChoice.CLIENT
    form = DetailsForm(buckets=(BucketForm(prefix=f"a/{SECRET}/", encryption=client),))
    yield from check_details(form, KNOWN).errors


def _of_answers() -> Iterator[Problem]:
    """Yield what is wrong with what administrators send back."""
    for text, _ in ANSWERS:
        yield from filter(None, [check_role_answer(text, "123456789012")])
    yield from said()


SAID = list(everything_said())


def forms_of(message: Message) -> tuple[str, ...]:
    return (message.singular, message.plural) if isinstance(message, Plural) else (message,)


def places_in(sentence: str) -> set[str]:
    return {place for _, place, _, _ in Formatter().parse(sentence) if place}


_OFFERS = {Correction("").code, "offer.confirm", "offer.empty"} | {
    row.said.offer.code for row in BESIDE if row.said and row.said.offer
}


def test_every_code_is_produced_and_has_words() -> None:
    assert {problem.code for problem in SAID} == set(PROBLEM_WORDS) - _OFFERS


@pytest.mark.parametrize("code", PROBLEM_WORDS)
def test_a_code_is_in_small_letters_and_its_words_are_a_sentence(code: str) -> None:
    area, _, rest = code.partition(".")
    assert area.isalpha()
    assert rest.replace("-", "").isalpha()
    assert code == code.lower()
    for form in forms_of(PROBLEM_WORDS[code]):
        assert code.startswith("offer.") or form.endswith((".", "?"))
        assert form[0].isupper() or form.startswith(("*", "“", "{"))
        assert code not in form
        assert len(form) <= 200


def test_both_forms_of_a_plural_have_the_same_places_but_the_count() -> None:
    counts = {"count", "number"}
    for message in PROBLEM_WORDS.values():
        if isinstance(message, Plural):
            assert message.by in counts
            assert places_in(message.singular) - counts == places_in(message.plural) - counts


def test_all_that_is_said_can_be_said() -> None:
    for problem in SAID:
        assert problem_text(problem)
        for place in places_in(forms_of(PROBLEM_WORDS[problem.code])[0]) - {"number"}:
            assert str(problem.params[place]) in problem_text(problem)


class _Loud(NullTranslations):
    """A language in which every sentence is in capitals and every place is kept."""

    def gettext(self, message: str) -> str:
        return "".join(
            text.upper() + (f"{{{place}}}" if place else "")
            for text, place, _, _ in Formatter().parse(message)
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def test_sentences_are_translated_when_they_are_shown() -> None:
    (problem,) = check_bucket("ab").errors
    (note,) = CHECKS["account"](" 120456789013 ").problems
    i18n.install(_Loud())
    try:
        assert problem_text(problem) == "A BUCKET NAME HAS AT LEAST 3 CHARACTERS; THIS HAS 2."
        assert problem_text(note) == "TWO SPACES WERE REMOVED."
        assert correction_text(Correction("imports/")) == "USE “imports/”"
    finally:
        i18n.install(NullTranslations())


def test_small_counts_are_words_and_large_ones_digits() -> None:
    assert sorted(NUMBER_WORDS) == list(range(2, 10))
