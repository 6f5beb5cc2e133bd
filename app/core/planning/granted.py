"""What the policies, read whole, really grant, by the diagnosis's own machinery.

Allow statements alone count: a Deny, a boundary and the organisation are nothing that a plan
of ours could mend, nor is what an unread policy may deny.
"""

from collections.abc import Iterable, Mapping

from app.core.diagnosis.view.question import Question, Rule, grants
from app.core.frozen import replace
from app.core.iam.decision import Decision
from app.core.iam.elements import PolicyKind
from app.core.iam.policies import Policy, parse_policy
from app.core.iam.statements import Effect


def granted(question: Question) -> Decision:
    """Return whether the role is granted what is asked: unknown where that hangs on the unread.

    A grant under a condition that nobody here can decide is none. Another account's bucket or
    key has to allow it as well, which is its owner's business: the role's own part counts here.
    A bucket policy that was not read is no reason to wait: the guide grants it in the role.
    """
    question = _within_the_account(question)
    as_read = _as_read(question)
    if grants(as_read).decision is Decision.ALLOWED:
        return Decision.ALLOWED
    unread = tuple(policy for policy in question.identity if not policy.is_read)
    if not unread:
        return Decision.DENIED
    # An unread policy of the role may grant it, unless the key's own hands nothing on to the role.
    at_best = grants(replace(as_read, identity=(*as_read.identity, *unread))).decision
    return Decision.DENIED if at_best is Decision.DENIED else Decision.UNKNOWN


def _within_the_account(question: Question) -> Question:
    match question.rule:
        case Rule.CROSS_ACCOUNT:
            return replace(question, rule=Rule.SAME_ACCOUNT, resource=None)
        case Rule.OWNER_UNKNOWN:
            return replace(question, rule=Rule.SAME_ACCOUNT)
        case _:
            return question


def _as_read(question: Question) -> Question:
    """Return the question with the Allow statements that were read, and nothing else."""
    resource = question.resource
    return replace(
        question,
        identity=tuple(_allowing(policy) for policy in question.identity if policy.is_read),
        resource=_allowing(resource) if resource else None,
    )


def _allowing(policy: Policy) -> Policy:
    allowing = tuple(s for s in policy.statements if s.effect is Effect.ALLOW)
    return replace(policy, statements=allowing if policy.is_read else ())


def granted_by(question: Question, document: Mapping[str, object], kind: PolicyKind) -> bool:
    """Tell whether it is granted with ``document`` as the policy of what is asked for."""
    policy = parse_policy(document, kind, kind)
    as_read = _as_read(replace(question, resource=policy))
    return grants(as_read).decision is Decision.ALLOWED


def are_granted(questions: Iterable[Question]) -> Decision:
    """Return whether all of it is granted: denied where any is, else unknown where any is."""
    decisions = {granted(question) for question in questions}
    order = (Decision.DENIED, Decision.UNKNOWN)
    return next((decision for decision in order if decision in decisions), Decision.ALLOWED)
