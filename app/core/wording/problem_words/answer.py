"""The words of what is wrong with what an administrator sent back."""

from typing import Final

from app.core.i18n import mark
from app.core.message import Message, Plural

ANSWER_PROBLEM_WORDS: Final[dict[str, Message]] = {
    "answer.account": mark(
        "This role is in the AWS account {found}, and your details name {account}. Ask for it "
        "to be made there, or correct the account in your details."
    ),
    "answer.path": mark(
        "This role lies under the path {path}. UbiQuity can use it only without a path: "
        "{expected}. A role can’t be moved: ask for a new one."
    ),
    "answer.letter": mark(
        "This role is called {name}, almost as it should be. The name has to be exactly {role}."
        " A role can’t be renamed: ask for a new one."
    ),
    "answer.name": mark(
        "This role is called {name}. UbiQuity can use only one that is called {role}. Ask for a "
        "role to be made with exactly that name."
    ),
    "answer.partition": mark(
        "This role is in China, GovCloud or the European Sovereign Cloud: {arn}. UbiQuity can "
        "connect only to accounts of the standard AWS cloud."
    ),
    "answer.policy": mark(
        "This is the ARN of a policy: {arn}. Ask for the ARN of the role that it is attached to."
    ),
    "answer.user": mark(
        "This is the ARN of a user: {arn}. UbiQuity needs a role. Ask for the role’s ARN."
    ),
    "answer.session": mark(
        "This is the ARN of a session, of somebody who uses a role: {arn}. Ask for the ARN of "
        "the role that was made for UbiQuity."
    ),
    "answer.other-arn": mark("This is not the ARN of a role: {arn}. Ask for the role’s ARN."),
    "answer.several": Plural(
        mark("This holds {count} role. Leave only the one that was made for UbiQuity."),
        mark("This holds {count} roles. Leave only the one that was made for UbiQuity."),
        by="count",
    ),
    "answer.console-role": mark(
        "This is the address of the role’s page in the AWS console, and its name is right. Ask "
        "for the ARN on that page: it tells the account too."
    ),
    "answer.console": mark(
        "This is the address of a page in the AWS console, of a role that is called {name}. Ask"
        " for the ARN of the role that was made for UbiQuity."
    ),
    "answer.console-page": mark(
        "This is the address of a page in the AWS console. Ask for the role’s ARN: it stands on "
        "the role’s page, under “ARN”."
    ),
    "answer.name-alone": mark(
        "This is the role’s name, and it is right. Ask for the whole ARN: it tells the account too."
    ),
    "answer.none": mark(
        "There is no role’s ARN in this. It begins with “arn:aws:iam::”. Ask your AWS "
        "administrator for it."
    ),
    "answer.receipt-account": mark(
        "This receipt is of the AWS account {found}, and your details name {account}. Ask for "
        "it to be done there, or correct the account in your details."
    ),
    "answer.receipt-practice": mark(
        "This receipt is of the practice AWS, where nothing is real. Ask for it to be done in "
        "the account {account}."
    ),
    "answer.receipt-revoked": mark(
        "This receipt says that UbiQuity’s access was taken away, and not that it was given. "
        "Ask your AWS administrator what is meant."
    ),
    "answer.receipt-unfinished": mark(
        "This receipt says that not everything was done. Ask your AWS administrator to go on: "
        "the program offers it at its next start."
    ),
    "answer.receipt-undone": mark(
        "This receipt says that what was done was taken back. Ask your AWS administrator to do "
        "it once more."
    ),
}
