"""The words of what is wrong with what an administrator sent back.

What is wrong is said to both: to whoever got the answer, and in the message to the administrator.
What to ask for is said only to the first.
"""

from typing import Final

from app.core.i18n import mark
from app.core.message import Message, Plural

ANSWER_PROBLEM_WORDS: Final[dict[str, Message]] = {
    "answer.account": mark(
        "This role is in the AWS account {found}, and it has to be in {account}."
    ),
    "answer.path": mark(
        "This role lies under the path {path}. UbiQuity can use it only without a path: "
        "{expected}. A role can’t be moved: it takes a new one."
    ),
    "answer.letter": mark(
        "This role is called {name}, almost as it should be. The name has to be exactly {role}."
        " A role can’t be renamed: it takes a new one."
    ),
    "answer.name": mark(
        "This role is called {name}. UbiQuity can use only one that is called {role}."
    ),
    "answer.partition": mark(
        "This role is in China, GovCloud or the European Sovereign Cloud: {arn}. UbiQuity can "
        "connect only to accounts of the standard AWS cloud."
    ),
    "answer.policy": mark("This is the ARN of a policy: {arn}."),
    "answer.user": mark("This is the ARN of a user: {arn}. UbiQuity needs a role."),
    "answer.session": mark("This is the ARN of a session, of somebody who uses a role: {arn}."),
    "answer.other-arn": mark("This is not the ARN of a role: {arn}."),
    "answer.several": Plural(
        "This holds {count} role.",
        "This holds {count} roles, and none is the right one.",
        by="count",
    ),
    "answer.console-role": mark(
        "This is the address of the role’s page in the AWS console, and its name is right. The "
        "account is missing from it."
    ),
    "answer.console": mark(
        "This is the address of a page in the AWS console, of a role that is called {name}."
    ),
    "answer.console-page": mark("This is the address of a page in the AWS console."),
    "answer.name-alone": mark(
        "This is the role’s name, and it is right. The account is missing from it."
    ),
    "answer.none": mark("There is no role’s ARN in this. It begins with “arn:aws:iam::”."),
    "answer.receipt-account": mark(
        "This receipt is of the AWS account {found}, and it has to be of {account}."
    ),
    "answer.receipt-practice": mark(
        "This receipt is of the practice AWS, where nothing is real. It has to be of the account "
        "{account}."
    ),
    "answer.receipt-revoked": mark(
        "This receipt says that UbiQuity’s access was taken away, and not that it was given."
    ),
    "answer.receipt-unfinished": mark(
        "This receipt says that not everything was done. The program offers to go on, at its next "
        "start."
    ),
    "answer.receipt-undone": mark("This receipt says that what was done was taken back."),
}
"""What is wrong, by the problem's code."""

_ROLE: Final = mark("Ask for the ARN of the role that was made for UbiQuity.")
_NEW_ROLE: Final = mark("Ask for one to be made.")
_WHOLE: Final = mark("Ask for the whole ARN: it stands on the role’s page, under “ARN”.")

ANSWER_REQUESTS: Final[dict[str, str]] = {
    "answer.account": mark("Ask for it to be made there, or correct the account in your details."),
    "answer.path": _NEW_ROLE,
    "answer.letter": _NEW_ROLE,
    "answer.name": mark("Ask for a role to be made with exactly that name."),
    "answer.policy": mark("Ask for the ARN of the role that it is attached to."),
    "answer.user": _ROLE,
    "answer.session": _ROLE,
    "answer.other-arn": _ROLE,
    "answer.several": mark("Leave only the one that was made for UbiQuity."),
    "answer.console-role": _WHOLE,
    "answer.console": _ROLE,
    "answer.console-page": _WHOLE,
    "answer.name-alone": _WHOLE,
    "answer.none": mark("Ask your AWS administrator for it."),
    "answer.receipt-account": mark(
        "Ask for it to be done there, or correct the account in your details."
    ),
    "answer.receipt-practice": mark("Ask for it to be done there."),
    "answer.receipt-revoked": mark("Ask your AWS administrator what is meant."),
    "answer.receipt-unfinished": mark("Ask your AWS administrator to go on."),
    "answer.receipt-undone": mark("Ask your AWS administrator to do it once more."),
}
"""What whoever got the answer can do about it, by the problem's code; nothing where no code is."""
