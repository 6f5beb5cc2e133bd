"""The words of a report beside its findings: verdict, severity, evidence, who, and the links."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink
from app.core.i18n import mark, tr
from app.core.report import Evidence, Finding, Report, Verdict, Weight, Who

if TYPE_CHECKING:
    from app.core.diagnosis.chain import LinkStatus

VERDICT_WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.READY: mark("Ready"),
    Verdict.BLOCKED: mark("Blocked"),
    Verdict.INCOMPLETE: mark("Not certain"),
}

VERDICT_SENTENCES: Final[Mapping[Verdict, str]] = {
    Verdict.READY: mark("As far as this program can tell, UbiQuity can use the bucket."),
    Verdict.BLOCKED: mark("Something keeps UbiQuity from using the bucket."),
    Verdict.INCOMPLETE: mark(
        "Nothing was found that keeps UbiQuity out, but not everything could be checked from here."
    ),
}

_NOT_CHECKED: Final = mark("Not checked")
_UNASKED: Final = {
    "signin": mark("The sign-in has to be mended first. The set-up could not be checked with it."),
    "env": mark("AWS could not be asked for everything, so the set-up could not be checked."),
}
"""By the room of the catalogue: what keeps the set-up from being looked at is no fault of it."""


def verdict_words(report: Report) -> tuple[str, str]:
    """Return the word for the whole of ``report``, and the sentence that goes with it."""
    codes = [finding.code for finding in report.findings]
    blockers = [code for code in codes if CATALOGUE[code].weight is Weight.BLOCKER]
    if blockers and all(CATALOGUE[code].link is ChainLink.CALLER for code in blockers):
        return tr(_NOT_CHECKED), tr(_UNASKED[blockers[0].partition(".")[0]])
    return tr(VERDICT_WORDS[report.verdict]), tr(VERDICT_SENTENCES[report.verdict])


WEIGHT_WORDS: Final[Mapping[Weight, str]] = {
    Weight.BLOCKER: mark("Must be mended"),
    Weight.WARNING: mark("Worth a look"),
    Weight.NOTE: mark("Good to know"),
}

EVIDENCE_WORDS: Final[Mapping[Evidence, str]] = {
    Evidence.VERIFIED: mark("Seen to work"),
    Evidence.OBSERVED: mark("Seen from your account"),
    Evidence.PREDICTED: mark("Worked out from the policies"),
}

EVIDENCE_SENTENCES: Final[Mapping[Evidence, str]] = {
    Evidence.VERIFIED: mark("UbiQuity tried it itself, or said so in its Test Connection."),
    Evidence.OBSERVED: mark("It was read or tried in AWS with your sign-in."),
    Evidence.PREDICTED: mark("It was worked out from what the policies say."),
}

_SEEN_FROM_HERE: Final = mark("Seen from this computer")
_SEEN_TO_FAIL: Final = mark("Seen to fail")
_SEEN_TO_HAPPEN: Final = mark("Seen to happen")


def evidence_word(
    evidence: Evidence, weight: Weight | None = None, link: ChainLink | None = None
) -> str:
    """Return how a thing is known, in words.

    ``weight`` is that of the finding that says so: what was seen is then no work well done. Before
    the chain (``link``) nothing of the account was seen yet.
    """
    if link is ChainLink.CALLER and evidence is Evidence.OBSERVED:
        return tr(_SEEN_FROM_HERE)
    if evidence is not Evidence.VERIFIED or weight is None:
        return tr(EVIDENCE_WORDS[evidence])
    return tr(_SEEN_TO_FAIL) if weight is Weight.BLOCKER else tr(_SEEN_TO_HAPPEN)


YOU_WITH_THIS_PROGRAM: Final = mark("You, with this program")


def who_words(finding: Finding, *, mends: bool) -> str:
    """Return who can act on ``finding``; ``mends`` where this program can, with the sign-in."""
    if mends:
        return tr(YOU_WITH_THIS_PROGRAM)
    return tr(WHO_WORDS[CATALOGUE[finding.code].who])


WHO_WORDS: Final[Mapping[Who, str]] = {
    Who.AWS_ADMIN: mark("Your AWS administrator"),
    Who.BUCKET_OWNER: mark("The person who looks after the bucket"),
    Who.KEY_ADMIN: mark("The person who looks after the key"),
    Who.ORGANIZATION_ADMIN: mark("The person who looks after your AWS organisation"),
    Who.YOU: mark("You"),
    Who.UBIQUITY: mark("UbiQuity’s support"),
}

LINK_WORDS: Final[Mapping[ChainLink, str]] = {
    ChainLink.UBIQUITY: mark("UbiQuity"),
    ChainLink.ROLE: mark("Role"),
    ChainLink.TRUST: mark("Trust"),
    ChainLink.PERMISSIONS: mark("Permissions"),
    ChainLink.BUCKET: mark("Bucket"),
    ChainLink.KEY: mark("Key"),
    ChainLink.FILES: mark("Files"),
    ChainLink.CALLER: mark("The way to AWS"),
    ChainLink.BEYOND: mark("Beyond the account"),
    ChainLink.CHANGES: mark("Changes"),
}
"""The cards of the chain, and the rooms outside of it."""

_YOUR_SIGN_IN: Final = mark("Your sign-in")


def link_name(status: "LinkStatus") -> str:
    """Return what the card of a link is called: who is asking by what is wrong with it."""
    findings = status.findings
    if status.link is ChainLink.CALLER and findings and findings[0].code.startswith("signin."):
        return tr(_YOUR_SIGN_IN)
    return tr(LINK_WORDS[status.link])
