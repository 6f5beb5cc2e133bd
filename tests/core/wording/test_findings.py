"""The words of every finding: whole with all values and with none, plain, and translatable."""

import re
from collections.abc import Iterator
from gettext import NullTranslations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import i18n
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.codes.parameters import PARAMETERS, ParameterKind
from app.core.guide import POLICY_NAME, ROLE_NAME, UBIQUITY_ROOT_ARN
from app.core.report import Evidence, Finding
from app.core.wording.findings import title, words
from app.core.wording.value_sentence import ValueSentence
from tests.core.wording.finding_samples import (
    ACCOUNT,
    BUCKET,
    ID,
    KEY,
    SAMPLES,
    STATEMENT,
)

BARE = tuple(Finding(code, Evidence.OBSERVED) for code in CATALOGUE)
EVERY = pytest.mark.parametrize("finding", [*SAMPLES, *BARE], ids=lambda finding: finding.code)


def texts(finding: Finding) -> Iterator[ValueSentence]:
    finding_words = words(finding)
    yield finding_words.title
    yield finding_words.detail
    yield from finding_words.fix


def whole(finding: Finding) -> str:
    return "\n".join(text.text for text in texts(finding))


def one(code: str, bucket: str | None = None, **params: object) -> Finding:
    return Finding(code, Evidence.PREDICTED, bucket, params)


def test_every_code_has_a_sample() -> None:
    assert [sample.code for sample in SAMPLES] == list(CATALOGUE)


@EVERY
def test_says_title_detail_and_fix(finding: Finding) -> None:
    finding_words = words(finding)
    assert finding_words.title.text
    assert finding_words.detail.text
    assert finding_words.fix
    assert title(finding) == finding_words.title.text


@EVERY
def test_leaves_no_place_open_and_says_no_none(finding: Finding) -> None:
    assert not re.search(r"[{}]|\bNone\b|\bTrue\b|\bFalse\b", whole(finding))


@EVERY
def test_no_code_stands_in_a_sentence(finding: Finding) -> None:
    assert not [code for code in CATALOGUE if code in whole(finding)]


@EVERY
def test_a_title_is_short_and_has_no_full_stop(finding: Finding) -> None:
    template = words(finding).title.template
    assert len(template) <= 80
    assert not template.endswith(".")


@EVERY
def test_sentences_end_as_sentences(finding: Finding) -> None:
    finding_words = words(finding)
    assert all(text.template[-1] in ".:”" for text in (finding_words.detail, *finding_words.fix))
    assert "  " not in whole(finding)
    assert "'" not in whole(finding)


PUBLIC = (POLICY_NAME, "*")
"""The guide's own name, and a pattern that tells nothing of anyone."""


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.code)
def test_the_customers_values_stand_apart_from_the_words(sample: Finding) -> None:
    private = [sample.bucket or BUCKET]
    for param in PARAMETERS[sample.code]:
        value = sample.params.get(param.name)
        if param.kind is ParameterKind.ID and isinstance(value, str):
            private.append(value)
        if param.kind is ParameterKind.IDS and isinstance(value, list):
            private.extend(value)
    for text in texts(sample):
        assert not [value for value in private if value in text.template and value not in PUBLIC]
        assert text.values.keys() == set(re.findall(r"\{(\w+)\}", text.template))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.code)
def test_every_value_that_can_be_said_is_said(sample: Finding) -> None:
    for param in PARAMETERS[sample.code]:
        value = sample.params.get(param.name)
        if (
            param.kind in {ParameterKind.ID, ParameterKind.WORD}
            and param.name not in _SAID_OTHERWISE
        ):
            assert str(value) in whole(sample), param.name


_SAID_OTHERWISE = {"what", "limit", "found", "role", "decision", "mistake"}
"""In words, with invisible characters made visible, or only where it matters."""


class Marked(NullTranslations):
    """Marks each text that went through translation."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


@pytest.fixture
def marked() -> Iterator[None]:
    i18n.install(Marked())
    yield
    i18n.install(NullTranslations())


def outside_of_marks(text: str) -> str:
    shorter = re.sub(r"«[^«»]*»", "", text)
    return text if shorter == text else outside_of_marks(shorter)


@pytest.mark.usefixtures("marked")
@EVERY
def test_every_sentence_is_translated(finding: Finding) -> None:
    for text in texts(finding):
        assert outside_of_marks(text.text).strip() == ""


def test_a_value_with_braces_is_left_as_it_is() -> None:
    policy = "${aws:PrincipalTag/team} {found} {}"
    finding_words = words(one("policy.not-attached", policy=policy))
    assert policy in finding_words.detail.text


def test_each_value_of_a_list_can_be_masked_by_itself() -> None:
    detail = words(one("trust.principal-wrong", found=["a-one", "b-two", "c-three"])).detail
    assert set(detail.values.values()) == {"a-one", "b-two", "c-three"}
    assert "a-one, b-two and c-three" in detail.text


def test_says_may_where_nobody_here_can_decide() -> None:
    certain = one("trust.condition-blocks", statement=STATEMENT, certain=True)
    open_ = one("trust.condition-blocks", statement=STATEMENT, certain=False)
    assert " may " not in title(certain)
    assert " may " in title(open_)


def test_an_error_that_tells_nothing_more_makes_no_certain_title() -> None:
    for code in ("role.missing", "trust.external-id-mismatch", "policy.not-attached"):
        assert " may " in title(one(code))


def test_the_steps_name_the_places_of_the_console() -> None:
    fix = words(one("trust.principal-wrong", found=[])).fix
    place = f"IAM > Roles > {ROLE_NAME} > Trust relationships > Edit trust policy"
    assert place in fix[0].text
    assert UBIQUITY_ROOT_ARN in words(one("trust.principal-wrong", found=[])).detail.text


def test_a_damaged_external_id_is_replaced_and_anothers_is_kept() -> None:
    damaged = whole(one("trust.external-id-mismatch", expected=ID, found=f"{ID}=="))
    anothers = whole(one("trust.external-id-mismatch", expected=ID, found="A1b2C3d4E5f6G7h8I9j0Kw"))
    assert "in place of the value" in damaged
    assert "keep it and add yours beside it" not in damaged
    assert "keep it and add yours beside it" in anothers
    assert f'["A1b2C3d4E5f6G7h8I9j0Kw", "{ID}"]' in anothers


def test_what_cannot_be_seen_in_an_external_id_is_made_visible() -> None:
    detail = words(one("trust.external-id-mismatch", expected=ID, found=f"{ID}\n")).detail.text
    assert f"{ID}¶" in detail
    assert "spaces or line breaks" in detail


def test_a_role_that_differs_in_case_must_be_deleted_first() -> None:
    fix = words(one("role.misnamed", account=ACCOUNT, found=ROLE_NAME.title())).fix
    assert "choose Delete" in fix[0].text
    other = words(one("role.misnamed", found="ubiquity-connector-s3-access-role")).fix
    assert "choose Delete" not in other[0].text


def test_a_connector_without_a_prefix_is_said_so() -> None:
    detail = words(
        one("policy.prefix-mismatch", actions=["s3:ListBucket"], expected="", found=["imports/*"])
    ).detail.text
    assert "has no prefix" in detail


def test_a_key_of_another_account_needs_the_role_as_well() -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/{ROLE_NAME}"
    far = KEY.replace(ACCOUNT, "210987654321")
    assert "Create inline policy" in whole(one("kms.decrypt-denied", key=far, role=role))
    assert "Create inline policy" not in whole(one("kms.decrypt-denied", key=KEY, role=role))


def test_the_statement_that_ubiquity_publishes_is_said_to_lack_writing() -> None:
    shown_text = whole(one("kms.write-denied", key=KEY))
    assert "kms:GenerateDataKey" in shown_text
    assert "publishes does not grant it" in shown_text


@pytest.mark.parametrize("params", [{}, {"mfa_device": f"arn:aws:iam::{ACCOUNT}:mfa/jo"}])
def test_to_sign_in_again_is_said_once(params: dict[str, str]) -> None:
    steps = [step.text for step in words(one("signin.expired", profile="acme", **params)).fix]
    assert sum("again" in step for step in steps) == 1, steps


def test_verification_is_never_to_be_switched_off() -> None:
    fix = [step.text for step in words(one("env.tls-intercepted")).fix]
    assert any("AWS_CA_BUNDLE" in step for step in fix)
    assert any(step.startswith("Do not switch certificate checking off") for step in fix)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda value: st.lists(value, max_size=3) | st.dictionaries(st.text(max_size=5), value),
    max_leaves=5,
)


@given(st.sampled_from(sorted(CATALOGUE)), st.data())
def test_any_values_make_words(code: str, data: st.DataObject) -> None:
    names = sorted({param.name for param in PARAMETERS[code]})
    params = {name: data.draw(VALUES, name) for name in names}
    finding = Finding(code, Evidence.PREDICTED, params=params)
    assert all(isinstance(text.text, str) for text in texts(finding))
