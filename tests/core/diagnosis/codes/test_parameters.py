"""The values of each finding: what they are, and what is said of those that don't fit."""

import json
from dataclasses import replace

import pytest

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.codes.parameters import PARAMETERS
from app.core.report import Evidence, Finding
from tests.core.wording.finding_samples import SAMPLES
from tests.helpers.misfits import misfits


def test_every_code_of_the_catalogue_has_its_values() -> None:
    assert PARAMETERS.keys() == CATALOGUE.keys()


@pytest.mark.parametrize("code", PARAMETERS)
def test_names_are_used_once_and_each_has_a_meaning(code: str) -> None:
    names = [param.name for param in PARAMETERS[code]]
    assert len(names) == len(set(names))
    assert "bucket" not in names
    assert all(param.meaning for param in PARAMETERS[code])


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.code)
def test_a_full_sample_fits_and_is_plain_json(sample: Finding) -> None:
    assert misfits(sample) == ()
    assert json.loads(json.dumps(dict(sample.params))) == dict(sample.params)


WRONG = (
    ("role.path", {"found": "arn"}, ("path: missing",)),
    ("role.path", {"found": 1, "path": "/x/"}, ("found: wrong kind",)),
    ("role.path", {"found": "a", "path": "/", "who": "me"}, ("who: not a value of it",)),
    ("policy.action-missing", {"actions": "s3:GetObject"}, ("actions: wrong kind",)),
    ("policy.action-missing", {"actions": [1]}, ("actions: wrong kind",)),
    ("files.sse-c", {"count": True}, ("count: wrong kind",)),
    ("files.archived", {"count": 1, "classes": {"GLACIER": "1"}}, ("classes: wrong kind",)),
    ("trust.too-open", {"external_id_required": "yes"}, ("external_id_required: wrong kind",)),
    ("trust.explicit-deny", {"statement": "Deny"}, ("statement: wrong kind",)),
)


@pytest.mark.parametrize(("code", "params", "said"), WRONG)
def test_says_what_does_not_fit(
    code: str, params: dict[str, object], said: tuple[str, ...]
) -> None:
    assert misfits(Finding(code, Evidence.PREDICTED, params=params)) == said


def test_an_optional_value_may_be_null_or_absent() -> None:
    sample = Finding("kms.key-differs", Evidence.OBSERVED, params={"expected": None, "found": "k"})
    assert misfits(sample) == misfits(replace(sample, params={"found": "k"})) == ()
