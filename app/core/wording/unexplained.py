"""The words for a pasted error that leads to no cause: what it is about, and what to do."""

from typing import Final

from app.core.explain.unexplained import Unexplained, Why
from app.core.i18n import mark, tr

_WORDS: Final = {
    Why.ANOTHER_PRODUCT: mark(
        "This is an error of {name}, not of AWS. It says nothing about UbiQuity’s access to S3; "
        "look for help with {name}."
    ),
    Why.OTHER_STORAGE: mark(
        "This error comes from storage that is like S3 but is not Amazon’s. UbiQuity connects to "
        "Amazon S3; check the address that was called."
    ),
    Why.NOT_OF_AWS: mark(
        "Nothing in this message shows that it comes from AWS. If it does, paste more of it: the "
        "lines before and after often name the service."
    ),
    Why.OTHER_CALL: mark(
        "This message comes from AWS, but it is about {name}, which neither "
        "UbiQuity’s connector nor this program calls. Ask the person who runs "
        "the program that printed it."
    ),
    Why.WEB_IDENTITY: mark(
        "This is a sign-in to AWS through another identity provider (OIDC or "
        "SAML). UbiQuity does not sign in that way, and no External ID is part "
        "of it. Ask the person who set it up."
    ),
    Why.ROOT: mark(
        "AWS lets no root user assume a role, whatever the role’s policies say. Sign in as a user "
        "or through IAM Identity Center. The role needs no change."
    ),
    Why.NOT_NEEDED_BY_ROLE: mark(
        "The role was refused {name}. UbiQuity’s connector does not need it, so the role lacks "
        "nothing. If the connection fails, the cause is another one."
    ),
    Why.NOT_NEEDED: mark(
        "AWS refused {name}. Neither UbiQuity’s connector nor this program needs it. If the "
        "connection fails, the cause is another one."
    ),
    Why.LOCKED: mark(
        "The file is protected by S3 Object Lock. It can be deleted or replaced once the lock "
        "ends; no change to the role or its policies helps."
    ),
    Why.MFA_DELETE: mark(
        "The bucket asks for an MFA code before a file is deleted for good (MFA delete). UbiQuity "
        "deletes no versions, so this is about what somebody else did."
    ),
    Why.LINK_EXPIRED: mark(
        "This link to a file has expired. UbiQuity uses no such links; ask for a "
        "new one where you got it."
    ),
    Why.SESSION_POLICY: mark(
        "A session policy refused it. It is set by the program that opens the "
        "session, not by the role or the bucket. Look at the program that "
        "assumed the role."
    ),
    Why.ENDPOINT_POLICY: mark(
        "The policy of a VPC endpoint refused it. That is set in the network "
        "that the request came from, not in the role or the bucket. Ask the "
        "person who runs that network."
    ),
    Why.SAYS_WHY: mark(
        "The message says in AWS’s own words what is wrong. It is not one of the "
        "causes that this program knows."
    ),
}

_WITHOUT_NAME: Final = {
    Why.OTHER_CALL: mark(
        "This message comes from AWS, but it is about a call that neither "
        "UbiQuity’s connector nor this program makes. Ask the person who runs "
        "the program that printed it."
    ),
}


def unexplained_words(unexplained: Unexplained) -> str | None:
    """Return what a text without a cause is about; None where that is not known either."""
    nameless = None if unexplained.name else _WITHOUT_NAME.get(unexplained.why)
    words = nameless or _WORDS.get(unexplained.why)
    return tr(words).format(name=unexplained.name) if words else None
