"""The values in a finding's words: as it carries them, or worked out from what it carries."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from app.core.diagnosis.codes.parameters import PARAMETERS, Param, ParameterKind
from app.core.guide import (
    DATABASE_ID_PLACE,
    KMS_STATEMENT_SID,
    POLICY_NAME,
    ROLE_NAME,
    SUPPORT_EMAIL,
    UBIQUITY_ROOT_ARN,
)
from app.core.i18n import mark, ntr, tr
from app.core.report import Finding
from app.core.wording.facts import (
    condition_words,
    deeds,
    either,
    fact_words,
    listed,
    or_empty,
    unpasted_words,
)
from app.core.wording.finding_words.lines import Params

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class WordedValue(NamedTuple):
    """What stands in a place: ``text``, in which the ``hidden`` values have places of their own.

    Hidden is what people wrote, as accounts, names, paths and ARNs, which a shared screen masks.
    """

    text: str
    hidden: Mapping[str, str] = _NOTHING


CONSTANTS: Final[Mapping[str, WordedValue]] = {
    "role_name": WordedValue(ROLE_NAME),
    "policy_name": WordedValue(POLICY_NAME),
    "ubiquity_root": WordedValue(UBIQUITY_ROOT_ARN),
    "kms_sid": WordedValue(KMS_STATEMENT_SID),
    "database_id_place": WordedValue(DATABASE_ID_PLACE),
    "support_email": WordedValue(SUPPORT_EMAIL),
}

LIMIT_WORDS: Final[Mapping[str, str]] = {
    "policy-versions": mark("the number of versions of a policy"),
    "policies-per-role": mark("the number of policies attached to a role"),
    "policy-size": mark("the size of a policy"),
    "trust-policy-size": mark("the size of a trust policy"),
    "key-policy-size": mark("the size of a key policy"),
    "inline-policy-size": mark("the size of all inline policies of a role together"),
    "bucket-policy-size": mark("the size of a bucket policy"),
    "tags": mark("the number of tags of a role or policy"),
    "roles": mark("the number of roles in the account"),
    "policies": mark("the number of policies in the account"),
}
"""The limits that AWS sets, by the value ``limit`` of the finding ("IAM and AWS STS quotas")."""

OWNERSHIP_WORDS: Final[Mapping[str, str]] = {
    "ObjectWriter": mark("Object writer"),
    "BucketOwnerPreferred": mark("Bucket owner preferred"),
}
"""The setting as the S3 console writes it."""


def values_of(finding: Finding) -> dict[str, WordedValue]:
    """Return a value for each place that the words of ``finding`` can have."""
    values = {**CONSTANTS, **dict(_own(finding)), **dict(_worked_out(finding.params))}
    if finding.bucket:
        values["bucket"] = hidden("bucket", finding.bucket)
    if finding.code == "trust.external-id-mismatch":
        values |= dict(_external_ids(finding.params))
    if finding.params.get("not_pasted") or finding.params.get("not_said"):
        values["fact"] = WordedValue(unpasted_words(str(finding.params.get("what"))))
    if finding.params.get("mistake"):
        values |= dict(_mistake(finding.params))
    return values


def hidden(name: str, text: str) -> WordedValue:
    """Return a value that is nothing but one of the customer's own, in the place ``name``."""
    return WordedValue(f"{{{name}}}", {name: or_empty(text)})


def _own(finding: Finding) -> Iterator[tuple[str, WordedValue]]:
    for param in PARAMETERS[finding.code]:
        value = finding.params.get(param.name)
        if value or isinstance(value, int):
            yield param.name, _value(param, value)


def _value(param: Param, value: object) -> WordedValue:
    match param.kind, value:
        case ParameterKind.ID, str():
            return hidden(param.name, value)
        case ParameterKind.IDS, list() | tuple():
            return _hidden_list(param.name, value)
        case ParameterKind.WORDS, list() | tuple():
            return WordedValue(listed(str(item) for item in value))
        case ParameterKind.COUNTS, Mapping():
            return WordedValue(listed(f"{name} ({count})" for name, count in value.items()))
        case _:
            return WordedValue(str(value))


def _hidden_list(name: str, items: Sequence[object]) -> WordedValue:
    texts = {f"{name}_{number}": or_empty(str(item)) for number, item in enumerate(items, start=1)}
    return WordedValue(listed(f"{{{place}}}" for place in texts), texts)


def _external_ids(params: Params) -> Iterator[tuple[str, WordedValue]]:
    from app.core.wording.characters import visible
    from app.core.wording.external_id import describe_difference

    database_id, external_id = params.get("expected"), params.get("found")
    if isinstance(external_id, str):
        yield "found", hidden("found", visible(external_id))
        if isinstance(database_id, str):
            yield "difference", WordedValue(describe_difference(database_id, external_id).sentence)


def _mistake(params: Params) -> Iterator[tuple[str, WordedValue]]:
    # Late: a check of a file starts without these words.
    from app.core.wording.settings_words import mistake_words

    words = mistake_words(params)
    if words is not None:
        yield "what_is_wrong", WordedValue(words.what.template, words.what.values)
        yield "how_to_mend", WordedValue(words.mend.template, words.mend.values)


def _worked_out(params: Params) -> Iterator[tuple[str, WordedValue]]:
    for name, place, worked_out in _WORKED_OUT:
        if params.get(name):
            yield place, worked_out(params[name])


def _deeds(actions: object) -> WordedValue:
    names = actions if isinstance(actions, list | tuple) else ()
    return WordedValue(either(deeds([str(name) for name in names])))


def _turns_on(condition: object) -> WordedValue:
    return WordedValue(listed(condition_words(condition if isinstance(condition, Mapping) else {})))


def _key_id(arn: object) -> WordedValue:
    return hidden("key_id", str(arn).rpartition("/")[2])


def _duration(seconds: object) -> WordedValue:
    whole = seconds if isinstance(seconds, int) else 0
    if whole < _MINUTE:
        return WordedValue(ntr("{count} second", "{count} seconds", whole).format(count=whole))
    minutes = round(whole / _MINUTE)
    return WordedValue(ntr("{count} minute", "{count} minutes", minutes).format(count=minutes))


def _words_from(table: Mapping[str, str], place: str) -> Callable[[object], WordedValue]:
    """Return what words a code of ``table``; another text is AWS's sentence, and may name all."""
    return lambda key: (
        WordedValue(tr(table[str(key)])) if str(key) in table else hidden(place, str(key))
    )


_MINUTE: Final = 60

_WORKED_OUT: Final[tuple[tuple[str, str, Callable[[object], WordedValue]], ...]] = (
    ("actions", "deeds", _deeds),
    ("uncertain", "unsure", _deeds),
    ("condition", "turns_on", _turns_on),
    ("key", "key_id", _key_id),
    ("seconds", "duration", _duration),
    ("what", "fact", lambda path: WordedValue(fact_words(str(path)))),
    ("limit", "limit_words", _words_from(LIMIT_WORDS, "limit_words")),
    ("found", "ownership", _words_from(OWNERSHIP_WORDS, "ownership")),
)
"""The value that a finding carries, the place that it gives, and how."""
