"""The words of findings outside of the chain: the organisation, what can't be seen, changes."""

from typing import Final

from app.core.i18n import mark
from app.core.message import Plural
from app.core.wording.finding_words.lines import (
    CHECK_AGAIN,
    Line,
    Params,
    Wording,
    equals,
    has,
    lacks,
)

_NEVER_RAISED: Final = (
    "policy-versions",
    "policy-size",
    "inline-policy-size",
    "bucket-policy-size",
    "tags",
)
"""Limits that AWS raises for nobody (IAM User Guide, "IAM and AWS STS quotas")."""

_NOT_EVALUATED: Final = (
    "limit",
    "too_much",
    "no_policy",
    "not_pasted",
    "not_said",
    "signed_in_only",
)
_OR_NONE: Final = (".policy", ".permissions_boundary", ".encryption")
"""The ends of the paths of facts of which it can be said that there is none, or how it is."""


def _may_be_none(params: Params) -> bool:
    path = str(params.get("what"))
    is_of_key = ".kms_key" in path
    return bool(params.get("not_pasted")) and path.endswith(_OR_NONE) and not is_of_key


BEYOND_WORDS: Final[dict[str, Wording]] = {
    "organization.denies": Wording(
        title=(
            has("actions", mark("Your organisation’s rules in AWS refuse it")),
            mark("Your organisation’s rules in AWS may refuse it"),
        ),
        detail=(
            mark("A rule for the whole organisation ({by}) refuses {actions}."),
            mark("The policy is {policy}."),
            mark("Such a rule overrides everything that is set in the account itself."),
        ),
        fix=(
            mark(
                "Ask the person who looks after your AWS organisation to leave the role "
                "{role_name} out of the rule."
            ),
            mark("The rule is in the AWS console under AWS Organizations > Policies."),
            CHECK_AGAIN,
        ),
    ),
    "check.unreadable": Wording(
        title=(
            has("limit", mark("This is longer than AWS stores: {fact}")),
            has("too_much", mark("This is too much to work out here: {fact}")),
            has("no_policy", mark("This is not a policy that can be read: {fact}")),
            has("not_pasted", mark("Not pasted yet: {fact}")),
            has("not_said", mark("Not said yet: {fact}")),
            has("signed_in_only", mark("Only a sign-in can show it: {fact}")),
            mark("This could not be read: {fact}"),
            mark("Something could not be read"),
        ),
        detail=(
            mark("What is meant: {keys}."),
            mark("So this program cannot tell whether UbiQuity can {unsure}."),
            lacks("uncertain", mark("So a part of the setup could not be checked.")),
            lacks("organization", mark("The sign-in lacks the permission {permission}.")),
            has(
                "organization",
                mark("A rule for the whole organisation refuses {permission} to your sign-in."),
            ),
            mark("AWS stores at most {limit} characters of it, so it was not looked at."),
            has(
                "too_much",
                mark("The policies together are so large that it would take too long."),
            ),
            has("no_policy", mark("AWS did not give a JSON object for it.")),
            mark("It may still be right."),
        ),
        fix=(
            has("not_pasted", mark("Copy it from the AWS console, and paste it into this check.")),
            Line(mark("Or say there that there is none, where that is so."), _may_be_none),
            has("not_said", mark("Look in the AWS console, and say it in this check.")),
            has("signed_in_only", mark("Sign in to AWS to have it read, or look at it there.")),
            lacks(
                "organization",
                mark("Ask your AWS administrator to allow {permission} for your sign-in."),
            ),
            Line(
                mark("Or ask your AWS administrator to run this check."),
                lambda params: bool(params.get("permission")) and not params.get("organization"),
            ),
            has(
                "organization",
                mark(
                    "Ask the person who looks after your AWS organisation to leave {permission} "
                    "out of the rule. Nobody else can allow it."
                ),
            ),
            Line(
                mark("Ask your AWS administrator to run this check."),
                lambda params: not any(map(params.get, ("permission", *_NOT_EVALUATED))),
            ),
            has("limit", mark("Read the account again: the file was probably changed by hand.")),
            has("too_much", mark("Ask your AWS administrator to make the policies simpler.")),
            has("no_policy", mark("Ask your AWS administrator to rewrite that policy.")),
            CHECK_AGAIN,
        ),
    ),
    "connect.propagating": Wording(
        title=(mark("AWS is still spreading what was just created"),),
        detail=(
            Plural(
                "It has been {seconds} second so far.",
                "It has been {seconds} seconds so far.",
                by="seconds",
            ),
            mark("It takes seconds, rarely a minute, until all of AWS knows a new role."),
        ),
        fix=(mark("Wait a minute, then check again."),),
    ),
    "change.conflict": Wording(
        title=(mark("Someone else changed this in AWS"),),
        detail=(
            mark("What was changed: {target}."),
            mark("It was changed in the meantime, or it already exists with other contents."),
            mark("Nothing was overwritten."),
        ),
        fix=(
            mark("Check again, to see what is there now."),
            mark(
                "Ask your team who else works on it, so that you do not undo each other’s changes."
            ),
            mark("Then review the changes again and apply them."),
        ),
    ),
    "change.limit": Wording(
        title=(mark("An AWS limit has been reached"),),
        detail=(
            mark("The limit: {limit_words}."),
            mark("AWS allows {figure}."),
            mark("So {target} could not be changed."),
            lacks("target", mark("So the change could not be made.")),
        ),
        fix=(
            has("limit", mark("Remove what is no longer needed, to stay within the limit.")),
            lacks("limit", mark("Remove what is no longer needed in IAM, then try again.")),
            equals(
                "limit",
                "policies-per-role",
                mark(
                    "Or have this program write the permissions into the role itself: it offers "
                    "that with the changes."
                ),
            ),
            Line(
                mark(
                    "Or ask AWS for more in the console under Service Quotas > AWS services > AWS "
                    "Identity and Access Management (IAM), where the limit can be raised."
                ),
                lambda params: params.get("limit") not in _NEVER_RAISED,
            ),
        ),
    ),
    "change.refused": Wording(
        title=(mark("AWS refused the change"),),
        detail=(
            mark("What was to be changed: {target}."),
            mark("AWS says: “{message}”"),
            mark("A change that is refused leaves everything as it was."),
        ),
        fix=(
            mark("Check again, then review the changes."),
            mark("If it is refused again, send AWS’s answer to your AWS administrator."),
        ),
    ),
}
