"""The words of a decision's grounds: why it is what it is, naming the statements it turns on."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.core.conventions import paragraph
from app.core.i18n import mark, tr
from app.core.report import DecidingStatement, Grounds, GroundsCode, PolicyPlace
from app.core.wording.facts import condition_words, fact_words, listed

_SENTENCES: Final[Mapping[GroundsCode, str]] = {
    GroundsCode.ROLE_UNREADABLE: mark("The role could not be read."),
    GroundsCode.ROLE_MISSING: mark("There is no such role."),
    GroundsCode.ANOTHER_ROLE: mark("The role’s ARN is another one: {arn}."),
    GroundsCode.GRANTED: mark("Allowed by: {statements}."),
    GroundsCode.EXPLICIT_DENY: mark("Denied by: {statements}."),
    GroundsCode.ORGANIZATION: mark("The organisation denies it: {kinds}."),
    GroundsCode.BOUNDARY: mark("The permissions boundary {name} does not allow it."),
    GroundsCode.NOT_TRUSTED: mark("No statement of the trust policy allows it."),
    GroundsCode.KEY_NOT_GRANTED: mark("Neither the key policy nor a policy of the role allows it."),
    GroundsCode.NOT_GRANTED: mark("No policy of the role or of the bucket allows it."),
    GroundsCode.UNDECIDED: mark("It could not be worked out."),
}

_POLICIES: Final[Mapping[PolicyPlace, str]] = {
    PolicyPlace.ROLE: mark("the policy {name}"),
    PolicyPlace.BOUNDARY: mark("the permissions boundary {name}"),
    PolicyPlace.TRUST: mark("the trust policy"),
    PolicyPlace.BUCKET: mark("the bucket policy"),
    PolicyPlace.KEY: mark("the key policy"),
}


def grounds_words(grounds: Grounds) -> str:
    """Return the sentence or sentences that say why AWS decides as it does."""
    doubts = paragraph(*_doubts(grounds)) if grounds.code is GroundsCode.UNDECIDED else ""
    return doubts or tr(_SENTENCES[grounds.code]).format(
        arn=grounds.arn,
        name=grounds.arn,
        statements=listed(map(_statement_words, grounds.statements)),
        kinds=listed(grounds.denied_by),
    )


def _doubts(grounds: Grounds) -> Iterator[str]:
    """Yield a sentence for each thing that leaves the decision open."""
    if grounds.unread:
        facts = listed(dict.fromkeys(map(fact_words, grounds.unread)))
        yield tr("This could not be read: {facts}.").format(facts=facts)
    if grounds.statements:
        statements = listed(map(_statement_words, grounds.statements))
        yield tr("It depends on: {statements}.").format(statements=statements)
    if grounds.unknown_keys and grounds.statements:
        keys = listed(condition_words({"": dict.fromkeys(grounds.unknown_keys)}))
        yield tr("This program cannot know {keys}.").format(keys=keys)
    if grounds.may_spare:
        yield tr("AWS’s documents do not say whether its “NotPrincipal” leaves the role out.")


def _statement_words(statement: DecidingStatement) -> str:
    """Return which statement of which policy it is."""
    policy = tr(_POLICIES[statement.place]).format(name=statement.policy)
    if statement.sid:
        return tr("statement “{sid}” ({policy})").format(sid=statement.sid, policy=policy)
    return tr("statement {number} ({policy})").format(number=statement.number, policy=policy)
