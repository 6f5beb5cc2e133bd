"""How the words of a finding are written down: sentences with places, some under a condition.

A sentence is said only where each of its ``{places}`` has a value, so that a finding that knows
little says little.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from app.core.i18n import mark
from app.core.message import Message, texts_of_param

Params = Mapping[str, object]
"""A finding's values, as in the report."""


class Line(NamedTuple):
    """A sentence that is said only where ``when`` holds for the finding's values."""

    message: Message
    when: Callable[[Params], bool]


Sentence = Message | Line


class Wording(NamedTuple):
    """The words of one code: of the titles the first that fits, of the rest all that fit.

    The last title, one sentence of the detail and one step of the fix need no value at all.
    """

    title: tuple[Sentence, ...]
    detail: tuple[Sentence, ...]
    fix: tuple[Sentence, ...]


def has(name: str, message: Message) -> Line:
    """Say ``message`` where the value ``name`` is there, is not empty and is not false."""
    return Line(message, lambda params: bool(params.get(name)))


def knows(name: str, message: Message) -> Line:
    """Say ``message`` where the value ``name`` was looked for, be it empty."""
    return Line(message, lambda params: params.get(name) is not None)


def lacks(name: str, message: Message) -> Line:
    """Say ``message`` where the value ``name`` is absent, empty or false."""
    return Line(message, lambda params: not params.get(name))


def equals(name: str, value: object, message: Message) -> Line:
    """Say ``message`` where the value ``name`` is ``value``."""
    return Line(message, lambda params: params.get(name) == value)


NAMED: Final = mark("The statement is “{sid}”.")
TURNS_ON: Final = mark("Whether it applies depends on {turns_on}.")
FIND_QUOTED: Final = has("statement", mark("Find the statement that is quoted with this finding."))
FIND_DENY: Final = lacks("statement", mark('Find each statement with "Effect": "Deny".'))
CHECK_AGAIN: Final = mark("Then check again.")
SIGN_IN_AGAIN: Final = mark("Then sign in again.")


def _mistake(mistake: str, message: Message) -> Line:
    """Say ``message`` where a Deny has that ``mistake`` (``diagnosis.deny_advice.Mistake``)."""
    return Line(message, lambda params: mistake in texts_of_param(params, "mistakes"))


MISTAKES: Final = (
    _mistake(
        "session-arn",
        mark(
            "The condition names a session (assumed-role): aws:PrincipalArn is always the ARN of "
            "the role itself, never the session’s."
        ),
    ),
    _mistake(
        "user-id",
        mark(
            "aws:userid is the role’s id, a colon and the session’s name: without "
            "“:*” at the end, no id matches."
        ),
    ),
    _mistake("other-id", mark("The id that it leaves out is not this role’s.")),
    _mistake("user-name", mark("Only IAM users have aws:username: a role has none.")),
    _mistake(
        "not-principal",
        mark(
            "“NotPrincipal” with a Deny may catch a role that it names: AWS advises "
            '"Principal": "*" with ArnNotEquals on aws:PrincipalArn instead.'
        ),
    ),
    _mistake(
        "letter-case",
        mark("The role’s name is written there with other capital letters, and they count."),
    ),
    _mistake(
        "wildcard",
        mark(
            "StringNotEquals takes “*” and “?” literally: a pattern needs "
            "StringNotLike or ArnNotLike."
        ),
    ),
    _mistake("other-account", mark("The role that it leaves out is in another account.")),
    _mistake("path", mark("The role that it leaves out has a path, and this one has none.")),
    _mistake(
        "ubiquitys-account",
        mark(
            "The rule leaves out UbiQuity’s account. But UbiQuity comes as the role {role_name} of "
            "your own account."
        ),
    ),
    _mistake(
        "account-root",
        mark("The account’s root (…:root) there means the root user alone, not a role."),
    ),
    _mistake(
        "external-id",
        mark(
            "The External ID is sent when the role is assumed, never when files are "
            "read or written."
        ),
    ),
    _mistake(
        "positive",
        mark(
            "The rule applies only to those it names. To leave somebody out, use "
            "ArnNotEquals or StringNotLike."
        ),
    ),
)
"""Why a Deny that is to leave somebody out does not leave out the role."""


def by_not_principal(params: Params) -> bool:
    """Tell whether it is a Deny that names by NotPrincipal whom it leaves out."""
    return "not-principal" in texts_of_param(params, "mistakes")


OUT_WITH_NOT_PRINCIPAL: Final = Line(
    mark("Remove “NotPrincipal” from it: “Principal” takes its place."),
    lambda params: "paste" in params and by_not_principal(params),
)
LEAVE_OUT_THE_ROLE: Final = (
    has(
        "paste",
        mark(
            "If it is not needed, delete it. If it is, replace that part of it with "
            "what is shown here: it then leaves out the role {role_name} as well."
        ),
    ),
    OUT_WITH_NOT_PRINCIPAL,
)
"""How a Deny is mended where it is known what to put into it."""
