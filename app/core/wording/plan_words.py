"""The words of a plan: what stands in its way, and what stays as others put it there."""

from collections.abc import Mapping
from typing import Final

from app.core.change import LeftAlone, Obstacle
from app.core.i18n import mark, tr
from app.core.message import texts_of_param
from app.core.report import Evidence, Finding
from app.core.wording.characters import escaped
from app.core.wording.findings import words
from app.core.wording.value_sentence import ValueSentence, filled

_OBSTACLES: Final = {
    "change.conflict": mark(
        "Somebody changed this in the meantime, or it already existed with other contents: "
        "{target}. It is left untouched. Read the account again to see what is there now."
    ),
    "change.refused": mark(
        "The policy of {target} has a rule for everybody except a user or role "
        "that no longer exists. AWS accepts no policy that names them, so "
        "nothing in it can be changed. Ask your AWS administrator to rewrite "
        "that rule."
    ),
    "check.unreadable": mark(
        "This could not be read with this sign-in, or says more than this program can work out: "
        "{target}. Nothing is changed there. Use a sign-in that may read it, or ask your AWS "
        "administrator to look at it."
    ),
    "role.misnamed": mark(
        "The role {target} has almost the required name. AWS does not allow two roles "
        "whose names differ only in upper and lower case, so this one has to be "
        "deleted first. It is left untouched."
    ),
    "role.path": mark(
        "The role {target} has the required name but a path in front of it, so UbiQuity can’t use "
        "it. It has to be deleted before the right one can be made. It is left untouched."
    ),
    "kms.key-differs": mark(
        "The bucket uses the KMS key {target}, which is not the one in your "
        "details. Go back to “Your details” and enter this key."
    ),
    "kms.other-account": mark(
        "The KMS key {target} belongs to another AWS account. Its administrator has to add the "
        "statement from Step 3."
    ),
}

_BUCKET_WITHOUT_KEY: Final = mark(
    "The bucket {target} does not use the KMS key in your details: its default encryption uses no "
    "key. Go back to “Your details” and choose the encryption that the bucket has."
)

_GONE_FROM_KEY: Final = mark(
    "Left out of the policy of the KMS key {target}: {names}. Nobody loses "
    "access: these users or roles no longer exist, and AWS accepts no policy "
    "that names them."
)

_LEFT_ALONE: Final = {
    "others-trusted": mark("The role {target} may be used by others as well: {names}."),
    "other-external-ids": mark(
        "Other UbiQuity databases share the role {target}, by their External IDs: {names}."
    ),
    "other-policies": mark("The role {target} has further policies: {names}."),
    "other-buckets": mark("The policy {target} is about other buckets as well: {names}."),
    "key-statements": mark("The policy of the KMS key {target} has statements of others: {names}."),
    "policy-elsewhere": mark(
        "The policy {target} stays attached to others as well: {names}. A change "
        "to it applies to them too, and they also get what is added."
    ),
    "policy-elsewhere-unread": mark(
        "This sign-in could not read whether the policy {target} is attached to "
        "others as well. A change to it would apply to them too."
    ),
    "gone-principals": mark(
        "Left out of the trust policy of the role {target}: {names}. Nobody "
        "loses access: these users or roles no longer exist, and AWS accepts no "
        "policy that names them."
    ),
}


def obstacle_sentence(obstacle: Obstacle) -> ValueSentence:
    """Return why a thing is not mended, and what to do about it.

    Raises KeyError for a code that the catalogue lacks.
    """
    template = _OBSTACLES.get(obstacle.code)
    if obstacle.code == "kms.key-differs" and obstacle.target.startswith("arn:aws:s3:"):
        template = _BUCKET_WITHOUT_KEY
    if template is not None:
        return ValueSentence(tr(template), {"target": obstacle.target})
    if obstacle.finding is not None:
        return finding_sentence(obstacle.finding)
    params = {"target": obstacle.target} if obstacle.code.startswith("change.") else {}
    return finding_sentence(Finding(obstacle.code, Evidence.PREDICTED, params=params))


def obstacle_codes() -> frozenset[str]:
    """Return the codes that there are obstacle sentences for, beside those of the findings."""
    return frozenset(_OBSTACLES)


def finding_sentence(finding: Finding) -> ValueSentence:
    """Return a finding's title, detail and numbered steps as one text, a line for each."""
    finding_words = words(finding)
    steps = [f"{number}. {step.template}" for number, step in enumerate(finding_words.fix, start=1)]
    lines = [f"{finding_words.title.template}.", finding_words.detail.template, *steps]
    texts: tuple[ValueSentence, ...] = (
        finding_words.title,
        finding_words.detail,
        *finding_words.fix,
    )
    values: Mapping[str, str] = {k: v for text in texts for k, v in text.values.items()}
    # What others named stands in the words too, where no screen has to mask it.
    return ValueSentence("\n".join(escaped(line) for line in lines if line), values)


def left_alone_sentence(part: LeftAlone) -> ValueSentence:
    """Return what others put there and stays as it is. Raises KeyError for an unknown code."""
    short = part.target.rpartition("/")[2]
    is_key = part.code == "gone-principals" and part.target.startswith("arn:aws:kms:")
    template = _GONE_FROM_KEY if is_key else _LEFT_ALONE[part.code]
    return filled(tr(template), target=short, names=texts_of_param(part.params, "names"))
