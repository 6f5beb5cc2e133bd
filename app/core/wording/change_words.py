"""What one change does, in words that name what is added and what is taken away."""

from collections.abc import Callable, Mapping
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.diagnosis.s3_patterns import s3_patterns
from app.core.documents.additions import KEY_SIDS
from app.core.documents.gone_principals import living
from app.core.documents.statements import statements_of
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.i18n import tr
from app.core.iam.json_text import strings
from app.core.wording.trust_words import trust_sentence
from app.core.wording.value_sentence import ValueSentence, filled, only_in


def change_sentence(change: Change) -> ValueSentence:
    """Return what a change does, in words: no full stop at its end."""
    return _WORDS[change.kind](change)


def _name(arn: object, otherwise: str) -> str:
    """Return the last part of an ARN: the name of a role or a policy."""
    text = arn if isinstance(arn, str) else ""
    return text.rpartition("/")[2] or otherwise


def _role(change: Change) -> str:
    return _name(change.target, ROLE_NAME)


def _policy(change: Change) -> str:
    return _name(change.target, POLICY_NAME)


def _text(value: object, key: str) -> str:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, str) else ""


# The role


def _create_role(change: Change) -> ValueSentence:
    boundary = change.settings.get("permissions_boundary")
    if isinstance(boundary, str):
        template = tr(
            "Create the role {role} with its trust policy and the permissions boundary {boundary}"
        )
        return filled(template, role=_role(change), boundary=_name(boundary, boundary))
    return filled(tr("Create the role {role} with its trust policy"), role=_role(change))


def _delete_role(change: Change) -> ValueSentence:
    return filled(tr("Delete the role {role}"), role=change.target.partition(":role/")[2])


def _boundary(change: Change) -> ValueSentence:
    wanted = _text(change.after, "policy_arn")
    if not wanted:
        template = tr("Take the permissions boundary {boundary} off the role {role}")
        wanted = _text(change.before, "policy_arn")
    else:
        template = tr("Set the permissions boundary of the role {role} to {boundary}")
    return filled(template, role=_role(change), boundary=_name(wanted, wanted))


def _tag_role(change: Change) -> ValueSentence:
    tags = change.after if isinstance(change.after, Mapping) else {}
    if not tags:
        return filled(tr("Take tags off the role {role}"), role=_role(change))
    pairs = (f"{key} = {value}" for key, value in tags.items())
    return filled(tr("Tag the role {role}: {tags}"), role=_role(change), tags=pairs)


def _put_role_policy(change: Change) -> ValueSentence:
    if change.after is None:
        template = tr("Delete the policy {name} inside the role {role}")
    else:
        template = tr("Save the policy {name} inside the role {role}")
    name = _text(change.after, "name") or _text(change.before, "name")
    return filled(template, name=name, role=_role(change))


# Managed policies


def _create_policy(change: Change) -> ValueSentence:
    buckets = _buckets(change.after)
    template = tr("Create the policy {policy} for {buckets}")
    if not buckets:
        template = tr("Create the policy {policy}")
    return filled(template, policy=_policy(change), buckets=buckets)


def _create_version(change: Change) -> ValueSentence:
    before, after = _buckets(change.before), _buckets(change.after)
    added, removed = only_in(after, before), only_in(before, after)
    if change.addition:
        template = tr("Let the policy {policy} allow the tags of files, in a new version")
    elif added and removed:
        template = tr(
            "Put {added} in the place of {removed} in the policy {policy}, in a new version"
        )
    elif removed:
        template = tr("Take {removed} out of the policy {policy}, in a new version")
    elif added:
        template = tr("Add {added} to the policy {policy}, in a new version")
    else:
        template = tr("Save a new version of the policy {policy}")
    return filled(template, policy=_policy(change), added=added, removed=removed)


def _buckets(document: object) -> list[str]:
    """Return the names (or patterns) of the buckets that statements which allow are about."""
    allowing = (s for s in statements_of(document) if s.get("Effect") == "Allow")
    patterns = (p for s in allowing for p in s3_patterns(strings(s.get("Resource")) or ()))
    return list(dict.fromkeys(pattern.bucket for pattern in patterns))


def _delete_version(change: Change) -> ValueSentence:
    version = _text(change.before, "version")
    if change.settings.get("makes_room"):
        template = tr(
            "Delete {version}, the oldest version of the policy {policy}: AWS keeps five versions "
            "at most, and a new one is needed"
        )
    elif version:
        template = tr("Delete {version}, a version of the policy {policy} that is not in use")
    else:
        template = tr("Delete an old version of the policy {policy}")
    return filled(template, policy=_policy(change), version=version)


def _set_default(change: Change) -> ValueSentence:
    template = tr("Make {version} of the policy {policy} its current version again")
    return filled(template, policy=_policy(change), version=_text(change.after, "version"))


def _delete_policy(change: Change) -> ValueSentence:
    return filled(tr("Delete the policy {policy}"), policy=_policy(change))


def _attach(change: Change) -> ValueSentence:
    template, arn = tr("Attach the policy {policy} to the role {role}"), change.after
    policy = _name(_text(arn, "policy_arn"), POLICY_NAME)
    return filled(template, policy=policy, role=_role(change))


def _detach(change: Change) -> ValueSentence:
    template, arn = tr("Detach the policy {policy} from the role {role}"), change.before
    policy = _name(_text(arn, "policy_arn"), POLICY_NAME)
    return filled(template, policy=policy, role=_role(change))


# The key


def _about_keys(document: object) -> int:
    """Return how many statements there are, ours for the id of a deleted role among them."""
    ours = sum(statement.get("Sid") in KEY_SIDS for statement in statements_of(document))
    others = (s for s in statements_of(document) if s.get("Sid") not in KEY_SIDS)
    return ours + len(living(others))


def _put_key_policy(change: Change) -> ValueSentence:
    more = _about_keys(change.after) - _about_keys(change.before)
    if change.addition:
        template = tr(
            "Let the role write encrypted files, by one more statement in the policy of the KMS "
            "key {key}"
        )
    elif more > 0:
        template = tr("Add one statement to the policy of the KMS key {key}")
    elif more < 0:
        template = tr("Take UbiQuity’s part out of the policy of the KMS key {key}")
    else:
        template = tr("Mend UbiQuity’s statement in the policy of the KMS key {key}")
    return filled(template, key=change.target)


_WORDS: Final[Mapping[ChangeKind, Callable[[Change], ValueSentence]]] = {
    ChangeKind.CREATE_ROLE: _create_role,
    ChangeKind.DELETE_ROLE: _delete_role,
    ChangeKind.UPDATE_TRUST_POLICY: trust_sentence,
    ChangeKind.SET_PERMISSIONS_BOUNDARY: _boundary,
    ChangeKind.TAG_ROLE: _tag_role,
    ChangeKind.PUT_ROLE_POLICY: _put_role_policy,
    ChangeKind.CREATE_POLICY: _create_policy,
    ChangeKind.CREATE_POLICY_VERSION: _create_version,
    ChangeKind.DELETE_POLICY_VERSION: _delete_version,
    ChangeKind.SET_DEFAULT_POLICY_VERSION: _set_default,
    ChangeKind.DELETE_POLICY: _delete_policy,
    ChangeKind.ATTACH_POLICY: _attach,
    ChangeKind.DETACH_POLICY: _detach,
    ChangeKind.PUT_KEY_POLICY: _put_key_policy,
}
