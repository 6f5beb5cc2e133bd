"""The words of a report beside its findings: verdict, severity, evidence, who, and the links."""

from collections.abc import Mapping
from typing import Final

from app.core.diagnosis.codes.catalogue import Link
from app.core.i18n import mark
from app.core.report import Evidence, Verdict, Weight, Who

VERDICT_WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.READY: mark("Ready"),
    Verdict.BLOCKED: mark("Blocked"),
    Verdict.INCOMPLETE: mark("Not certain"),
}

VERDICT_SENTENCES: Final[Mapping[Verdict, str]] = {
    Verdict.READY: mark("As far as can be told from here, UbiQuity can use the bucket."),
    Verdict.BLOCKED: mark("Something keeps UbiQuity from using the bucket."),
    Verdict.INCOMPLETE: mark(
        "Nothing was found that keeps UbiQuity out, but not everything could be told from here."
    ),
}

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
    Evidence.VERIFIED: mark("UbiQuity itself did it, or told so in its Test Connection."),
    Evidence.OBSERVED: mark("It was read or tried in AWS with your sign-in."),
    Evidence.PREDICTED: mark("It was worked out from what the policies say."),
}

WHO_WORDS: Final[Mapping[Who, str]] = {
    Who.AWS_ADMIN: mark("Your AWS administrator"),
    Who.BUCKET_OWNER: mark("The person who looks after the bucket"),
    Who.KEY_ADMIN: mark("The person who looks after the key"),
    Who.ORGANIZATION_ADMIN: mark("The person who looks after your AWS organisation"),
    Who.YOU: mark("You"),
    Who.UBIQUITY: mark("UbiQuity’s support"),
}

LINK_WORDS: Final[Mapping[Link, str]] = {
    Link.CALLER: mark("UbiQuity"),
    Link.ROLE: mark("Role"),
    Link.TRUST: mark("Trust"),
    Link.PERMISSIONS: mark("Permissions"),
    Link.BUCKET: mark("Bucket"),
    Link.KEY: mark("Key"),
    Link.FILES: mark("Files"),
    Link.BEYOND: mark("Beyond the account"),
    Link.CHANGES: mark("Changes"),
}
"""The cards of the chain, and the two rooms outside of it."""
