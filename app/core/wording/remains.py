"""The words of what a revocation leaves behind, and of what nobody looked at."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.change import Change, Obstacle
from app.core.diagnosis.direct_access import DirectAccess
from app.core.i18n import mark, tr
from app.core.revoking.proof import Blind, NotLookedAt, Proof
from app.core.wording.change_words import change_sentence
from app.core.wording.facts import fact_words
from app.core.wording.revoking import revoke_obstacle_sentence
from app.core.wording.value_sentence import ValueSentence, filled

_NOT_LOOKED_AT: Final = {
    Blind.POINTS: mark("access points of the buckets, which have policies of their own"),
    Blind.S3_GRANTS: mark("S3 Access Grants"),
    Blind.ACLS: mark("access control lists (ACLs) of the buckets and their files"),
    Blind.OTHER_BUCKETS: mark(
        "buckets and KMS keys that neither the details nor the policies of the role name"
    ),
    Blind.BUCKET: mark("the bucket {what}, which could not be read"),
    Blind.CANONICAL: mark(
        "the account that the policy of {what} names by a canonical user ID, "
        "which does not show whose it is"
    ),
    Blind.KEY_GRANTS: mark("the grants of the KMS key {what}, which could not be listed"),
    Blind.UNREAD: mark("{what} (could not be read)"),
}


def what_is_left(part: Change | Obstacle) -> str:
    """Return the thing in AWS that something of UbiQuity's is left in."""
    return part.target


def why_it_is_left(part: Change | Obstacle) -> ValueSentence:
    """Return why it is left, and what to do."""
    if isinstance(part, Obstacle):
        return revoke_obstacle_sentence(part)
    change = change_sentence(part)
    template = tr("This was not done: {change}. Revoke again to do it.")
    return ValueSentence(template.replace("{change}", change.template), change.values)


def not_looked_at_words(spot: NotLookedAt) -> ValueSentence:
    """Return what was not looked at."""
    what = fact_words(spot.what) if spot.code is Blind.UNREAD else spot.what
    return filled(tr(_NOT_LOOKED_AT[spot.code]), what=what)


def direct_words(way: DirectAccess) -> ValueSentence:
    """Return what lets UbiQuity's account in past the role."""
    if way.grant is not None:
        template = tr("a grant of the KMS key {where}, for {who}")
    else:
        template = tr("a statement in the policy of {where}, for {who}")
    return filled(template, where=way.where, who=way.who)


def remains_sentence(proof: Proof) -> ValueSentence:
    """Return in lines what still lets UbiQuity in, what is left and what was not looked at.

    Each value has a place of its own, to be masked there.
    """
    lines = list(_lines(proof))
    template = "\n".join(_numbered(line, number) for number, line in enumerate(lines))
    values = {
        f"{name}{number}": value
        for number, line in enumerate(lines)
        for name, value in line.values.items()
    }
    return ValueSentence(template, values)


def _lines(proof: Proof) -> Iterator[ValueSentence]:
    yield from _listed(
        tr("UbiQuity’s account can still get in without the role, through:"),
        map(direct_words, proof.direct),
    )
    yield from _listed(tr("Left behind:"), map(why_it_is_left, proof.left))
    yield from _listed(tr("Not looked at:"), map(not_looked_at_words, proof.not_looked_at))


def _listed(heading: str, lines: Iterable[ValueSentence]) -> Iterator[ValueSentence]:
    for number, line in enumerate(lines):
        if number == 0:
            yield ValueSentence(heading)
        yield ValueSentence(f"  - {line.template}", line.values)


def _numbered(line: ValueSentence, number: int) -> str:
    """Return the template with ``number`` at the end of each place's name."""
    return line.template.format_map({name: f"{{{name}{number}}}" for name in line.values})
