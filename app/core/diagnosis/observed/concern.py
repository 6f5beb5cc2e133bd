"""Which findings are about a call that was seen to work, or to be refused."""

from typing import Final

from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink
from app.core.diagnosis.view.connector import DECRYPT
from app.core.diagnosis.view.setup import ASSUME
from app.core.observation import Observation
from app.core.report import Finding

_OPEN: Final = ("trust.external-id-not-required", "trust.too-open")
"""These let others in besides UbiQuity."""

_ON_OBJECTS: Final = ("s3:getobject", "s3:putobject", "s3:deleteobject")
_PAST_THE_ROLE: Final = ("bucket.direct-grant", "kms.direct-grant")
"""These stop nothing, whatever actions they name."""

_OF_SOME_FILES: Final = ("policy.prefix-mismatch",)

_BY_CODE: Final = {
    "policy.bucket-not-covered": ("s3:listbucket",),
    "bucket.object-ownership": (),
    "policy.too-broad": (),
    "kms.key-differs": (),
    "kms.other-account": (),
    "kms.describe-denied": ("kms:describekey",),
    "kms.write-denied": ("kms:generatedatakey", "s3:putobject"),
}
_ROOMS: Final = (ChainLink.PERMISSIONS, ChainLink.BUCKET, ChainLink.KEY)


def concerns(finding: Finding, observation: Observation) -> bool:
    """Tell whether ``finding`` says why the call of ``observation`` does not work, or may not."""
    if observation.action.lower() == ASSUME.lower():
        return _concerns_assuming(finding)
    if finding.bucket not in (None, observation.bucket) and observation.bucket is not None:
        return False
    return observation.action.lower() in actions_of(finding)


def refutes(observation: Observation, finding: Finding) -> bool:
    """Tell whether a call that worked shows that what ``finding`` predicted of it is not so.

    One file that could be read or written is not every file. Where a part of them, or another
    folder, is what the finding is about, it says nothing of that; and which key it is under only
    the key's own use tells, which S3 reports with the file.
    """
    if not concerns(finding, observation):
        return False
    action = observation.action.lower()
    if CATALOGUE[finding.code].link is ChainLink.KEY:
        is_its_own = finding.params.get("key") in (None, observation.resource)
        return action.startswith("kms:") and is_its_own
    is_of_some = finding.code in _OF_SOME_FILES or bool(finding.params.get("part"))
    return not (is_of_some and action in _ON_OBJECTS)


def _concerns_assuming(finding: Finding) -> bool:
    if finding.code == "organization.denies":
        return ASSUME.lower() in actions_of(finding)
    link = CATALOGUE[finding.code].link
    return link in (ChainLink.ROLE, ChainLink.TRUST) and finding.code not in (
        *_OPEN,
        "role.boundary",
    )


def actions_of(finding: Finding) -> frozenset[str]:
    """Return the actions on bucket and key that ``finding`` is about, in lower case."""
    row = CATALOGUE[finding.code]
    if finding.code in _PAST_THE_ROLE:
        return frozenset()
    if finding.code not in ("role.boundary", "organization.denies") and row.link not in _ROOMS:
        return frozenset()
    told_actions = finding.params.get("actions")
    if isinstance(told_actions, list):
        actions = {str(action).lower() for action in told_actions}
        # A file of an encrypted bucket is read with the key.
        return frozenset(actions | ({"s3:getobject"} if DECRYPT.lower() in actions else set()))
    if finding.code in _BY_CODE:
        return frozenset(_BY_CODE[finding.code])
    if row.link is ChainLink.KEY:
        return frozenset((DECRYPT.lower(), "s3:getobject"))
    return frozenset(("s3:listbucket", *_ON_OBJECTS))
