"""The words of findings about the sign-in to AWS."""

from typing import Final

from app.core.i18n import mark
from app.core.wording.finding_words.lines import (
    CHECK_AGAIN,
    SIGN_IN_AGAIN,
    Line,
    Params,
    Wording,
    has,
    lacks,
)

NO_TEXT_EDITOR: Final = ("folder", "forbidden", "too-large", "file-name", "variable")
"""Mistakes in the settings (``MISTAKE_WORDS``) that no text editor mends."""


def _has_no_words(params: Params) -> bool:
    """Tell whether nothing exacter is known of broken settings than that they are."""
    return not params.get("mistake") and not params.get("address")


def _ended_by_time(params: Params) -> bool:
    """Tell whether nothing else is known to have ended the sign-in."""
    return not params.get("mfa_device") and not params.get("password_changed")


SIGN_IN_WORDS: Final[dict[str, Wording]] = {
    "signin.none": Wording(
        title=(mark("No AWS sign-in was found"),),
        detail=(
            mark("The profile {profile} holds no sign-in that can be used."),
            mark("AWS tells a program nothing until it has signed in."),
        ),
        fix=(
            mark("Sign in to AWS, or choose a profile of this computer that works."),
            mark("If you have no sign-in, ask your AWS administrator for one."),
            SIGN_IN_AGAIN,
        ),
    ),
    "signin.profile-missing": Wording(
        title=(
            mark("There is no AWS profile named {profile}"),
            mark("The AWS profile does not exist"),
        ),
        detail=(
            mark("The AWS settings of this computer have no profile of that name."),
            mark("There is one named {like}."),
        ),
        fix=(
            mark("Choose a profile from the list, or correct the name."),
            mark("If AWS_PROFILE is set on this computer, check the name in it too."),
            SIGN_IN_AGAIN,
        ),
    ),
    "signin.expired": Wording(
        title=(
            has("mfa_device", mark("The MFA code is missing, or AWS did not accept it")),
            mark("The AWS sign-in has expired"),
        ),
        detail=(
            mark("The profile {profile} needs the code of the MFA device {mfa_device}."),
            lacks("mfa_device", mark("The sign-in of the profile {profile} is no longer valid.")),
            mark("The program that signs in said: “{answer}”"),
            has("answer", mark("That program is named in line {line} of {file}.")),
            has(
                "password_changed",
                mark("Your password was changed since you signed in, so AWS ended this sign-in."),
            ),
            Line(
                mark("AWS sign-ins end after some hours, and a new one is needed."), _ended_by_time
            ),
        ),
        fix=(
            has(
                "mfa_device",
                mark("Sign in again, and enter the code that your MFA device shows at that time."),
            ),
            lacks(
                "mfa_device",
                mark("Sign in to AWS again, in your browser."),
            ),
            lacks(
                "mfa_device",
                mark("If you pasted temporary credentials, copy fresh ones and paste them."),
            ),
        ),
    ),
    "signin.invalid": Wording(
        title=(
            has("answer", mark("The program that signs in to AWS did not succeed")),
            mark("AWS does not accept the sign-in"),
        ),
        detail=(
            mark("The sign-in was refused for the profile {profile}."),
            mark("The program that signs in said: “{answer}”"),
            has("answer", mark("That program is named in line {line} of {file}.")),
            lacks(
                "answer",
                mark(
                    "The access key may be mistyped, switched off or deleted, or the secret key "
                    "may belong to another one."
                ),
            ),
        ),
        fix=(
            has(
                "answer",
                mark(
                    "Run that program in a terminal: it may ask for something there. It has to "
                    "print one JSON object with Version, AccessKeyId and SecretAccessKey."
                ),
            ),
            has(
                "answer",
                mark(
                    "Ask the person who set that program up on this computer what it needs, or "
                    "sign in another way."
                ),
            ),
            lacks(
                "answer",
                mark("Copy the access key and the secret key again, both from the same place."),
            ),
            lacks(
                "answer",
                mark(
                    "Or ask your AWS administrator to look in IAM > Users > your name > Security "
                    "credentials whether the access key is active."
                ),
            ),
            SIGN_IN_AGAIN,
        ),
    ),
    "signin.config-broken": Wording(
        title=(mark("The AWS settings of this computer cannot be used"),),
        detail=(
            mark("The file is {file}."),
            mark("The mistake is in line {line}."),
            mark("The setting {setting} of the profile holds a value that AWS does not accept."),
            mark("{what_is_wrong}"),
            mark("The AWS tools say: “{said}”"),
            mark(
                "The settings name {address}, which is not encrypted, so anybody on the way could "
                "read and change what is sent. Nothing was sent there."
            ),
            Line(
                mark(
                    "An AWS config or credentials file is incomplete or not written as it "
                    "should be, or a setting such as AWS_ENDPOINT_URL holds a value that "
                    "cannot be used."
                ),
                _has_no_words,
            ),
        ),
        fix=(
            Line(
                mark("Open {file} in a text editor."),
                lambda params: params.get("mistake") not in NO_TEXT_EDITOR,
            ),
            mark("{how_to_mend}"),
            has(
                "address",
                mark(
                    "Change the address to https:// where it is set, in AWS_ENDPOINT_URL or "
                    "as endpoint_url in the AWS config file, or remove it there."
                ),
            ),
            Line(
                mark("Open the files config and credentials in the folder .aws of your home."),
                lambda params: not params.get("file") and _has_no_words(params),
            ),
            Line(
                mark(
                    "Each profile starts with its name in square brackets, followed by lines such "
                    "as “region = ap-southeast-2”. Correct what is different, and save."
                ),
                _has_no_words,
            ),
            SIGN_IN_AGAIN,
        ),
    ),
    "signin.region-disabled": Wording(
        title=(
            mark("The region {region} is not switched on for the account"),
            mark("The region may not be switched on for the account"),
        ),
        detail=(
            mark("AWS accepts no sign-in for a region that is not switched on for the account."),
        ),
        fix=(
            mark("In the AWS console, open the account menu (top right) > Account > AWS Regions."),
            mark("Select {region} and choose Enable. It can take some minutes, rarely hours."),
            lacks("region", mark("Select the bucket’s region and choose Enable.")),
            mark(
                "If it is enabled there, open IAM > Account settings and make sure that the "
                "Security Token Service (STS) is active for it."
            ),
        ),
    ),
    "signin.wrong-account": Wording(
        title=(mark("The sign-in belongs to another AWS account"),),
        detail=(
            mark("You are signed in to account {found}, and your details say {expected}."),
            mark("So nothing there can be checked."),
        ),
        fix=(
            mark("If {expected} is right, sign in to that account."),
            mark("If {found} is right, correct the AWS account ID in your details."),
            lacks("found", mark("Sign in to the account that your details name.")),
            SIGN_IN_AGAIN,
        ),
    ),
    "signin.wrong-partition": Wording(
        title=(mark("The sign-in belongs to a part of AWS that UbiQuity cannot reach"),),
        detail=(
            mark("AWS calls this part {partition}."),
            mark(
                "China, GovCloud and the European Sovereign Cloud are kept apart from the rest "
                "of AWS, where UbiQuity’s account is. A role cannot be shared between them."
            ),
        ),
        fix=(
            mark("Use a bucket in an ordinary AWS account, if you have one."),
            mark("Otherwise write to {support_email} and ask what UbiQuity can offer."),
        ),
    ),
    "signin.other-endpoint": Wording(
        title=(mark("This is not AWS: the answers come from another address"),),
        detail=(
            mark("The address is {endpoint}."),
            mark(
                "So this report is about what is there, such as an emulator for tests, "
                "and says nothing about the account in AWS."
            ),
        ),
        fix=(
            mark("If that is what you want, there is nothing to do."),
            mark(
                "Otherwise remove the address: it is in AWS_ENDPOINT_URL, in a variable "
                "whose name begins with that, or in endpoint_url in the AWS config file."
            ),
            SIGN_IN_AGAIN,
        ),
    ),
    "signin.not-allowed": Wording(
        title=(mark("The AWS sign-in may not do all that is needed"),),
        detail=(
            mark("The sign-in lacks permission for {actions}."),
            lacks("actions", mark("AWS refused an action that the sign-in has no permission for.")),
        ),
        fix=(
            mark("Ask your AWS administrator to allow {actions} for your sign-in."),
            lacks("actions", mark("Ask your AWS administrator to allow it for your sign-in.")),
            mark("Or ask your AWS administrator to do this setup."),
            has("actions", CHECK_AGAIN),
        ),
    ),
}
