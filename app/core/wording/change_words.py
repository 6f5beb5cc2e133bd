"""The words of the changes, a row for each kind: what it does, and what a receipt says of it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from app.core.change import Change, ChangeKind
from app.core.changes.aws_call import name_in
from app.core.changes.bucket_policy import bucket_in
from app.core.changes.kinds import typed
from app.core.changes.sides import (
    DocumentVersion,
    Grant,
    InlinePolicy,
    PolicyReference,
    StoredDocument,
    Tags,
    TypedChange,
)
from app.core.conventions import paragraph
from app.core.diagnosis.s3_patterns import s3_patterns
from app.core.documents.additions import KEY_SIDS
from app.core.documents.gone_principals import living
from app.core.documents.statements import statements_of
from app.core.frozen import frozen
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.i18n import mark, tr
from app.core.iam.json_text import strings
from app.core.wording.facts import or_empty
from app.core.wording.trust_words import trust_sentence
from app.core.wording.value_sentence import PLACE, ValueSentence, filled, only_in


def change_sentence(change: Change) -> ValueSentence:
    """Return what a change does, in words: no full stop at its end."""
    return WORDS[change.kind].sentence(typed(change))


def done_words(change: Change) -> str:
    """Return what was done, in the installed language."""
    return tr(WORDS[change.kind].done).format_map(_receipt_values(change))


def by_hand_words(change: Change) -> str:
    """Return the step by hand that does ``change``, one that takes another back."""
    return tr(WORDS[change.kind].by_hand).format_map(_receipt_values(change))


def remaining_words(change: Change) -> str | None:
    """Return what stays different once ``change`` is taken back; None where nothing does."""
    template = WORDS[change.kind].remains
    return tr(template).format_map(_receipt_values(change)) if template else None


def left_sentence(changes: Iterable[Change]) -> ValueSentence | None:
    """Return what stays, or returns changed, once ``changes`` are taken back; None for none.

    In the receipt's sentences, with their values apart.
    """
    left = [_with_own_places(change, number) for number, change in enumerate(changes)]
    values = {name: text for sentence in left for name, text in sentence.values.items()}
    return ValueSentence(paragraph(*(one.template for one in left)), values) if left else None


def _with_own_places(change: Change, number: int) -> ValueSentence:
    """Return the sentence of one change among several, its places told apart by ``number``."""
    words, values = WORDS[change.kind], _receipt_values(change)
    template = tr(words.remains) if words.remains else f"{tr(words.done)}."
    used = {place[1] for place in PLACE.finditer(template)}
    own = PLACE.sub(lambda place: f"{{{place[1]}{number}}}", template)
    return ValueSentence(own, {f"{name}{number}": values[name] for name in used})


def _receipt_values(change: Change) -> dict[str, str]:
    subject = typed(change).subject
    version = subject.version if isinstance(subject, DocumentVersion) else ""
    return {
        "name": name_in(change.target),
        "region": change.target.split(":")[3],
        "bucket": bucket_in(change.target),
        "policy": name_in(subject.arn) if isinstance(subject, PolicyReference) else "",
        "version": version or "?",  # AWS's answer was lost
        "inline": subject.name if isinstance(subject, InlinePolicy) else "",
    }


def _role(change: TypedChange[Any]) -> str:
    return name_in(change.target) or ROLE_NAME


def _policy(change: TypedChange[Any]) -> str:
    return name_in(change.target) or POLICY_NAME


def _short(arn: str) -> str:
    return name_in(arn) or arn


def _document(side: StoredDocument | None) -> object:
    return side.document if side else None


# The role


def _create_role(change: TypedChange[StoredDocument]) -> ValueSentence:
    boundary = change.settings.permissions_boundary
    if boundary is not None:
        template = tr(
            "Create the role {role} with its trust policy and the permissions boundary {boundary}"
        )
        return filled(template, role=_role(change), boundary=_short(boundary))
    return filled(tr("Create the role {role} with its trust policy"), role=_role(change))


def _delete_role(change: TypedChange[StoredDocument]) -> ValueSentence:
    return filled(tr("Delete the role {role}"), role=change.target.partition(":role/")[2])


def _boundary(change: TypedChange[PolicyReference]) -> ValueSentence:
    if change.after is None:
        template = tr("Take the permissions boundary {boundary} off the role {role}")
    else:
        template = tr("Set the permissions boundary of the role {role} to {boundary}")
    return filled(template, role=_role(change), boundary=_short(change.subject.arn))


def _tag_role(change: TypedChange[Tags]) -> ValueSentence:
    tags = change.after.values if change.after else {}
    if not tags:
        return filled(tr("Take tags off the role {role}"), role=_role(change))
    pairs = (f"{key} = {or_empty(value)}" for key, value in tags.items())
    return filled(tr("Tag the role {role}: {tags}"), role=_role(change), tags=pairs)


def _put_role_policy(change: TypedChange[InlinePolicy]) -> ValueSentence:
    if change.after is None:
        template = tr("Delete the policy {name} inside the role {role}")
    else:
        template = tr("Save the policy {name} inside the role {role}")
    return filled(template, name=change.subject.name, role=_role(change))


# Managed policies


def _create_policy(change: TypedChange[StoredDocument]) -> ValueSentence:
    buckets = _buckets(change.subject.document)
    template = tr("Create the policy {policy} for {buckets}")
    if not buckets:
        template = tr("Create the policy {policy}")
    return filled(template, policy=_policy(change), buckets=buckets)


def _create_version(change: TypedChange[StoredDocument]) -> ValueSentence:
    before, after = _buckets(_document(change.before)), _buckets(_document(change.after))
    added, removed = only_in(after, before), only_in(before, after)
    if change.addition:
        template = tr("Let the policy {policy} allow the tags of files, in a new version")
    elif added and removed:
        template = tr("Replace {removed} with {added} in the policy {policy}, in a new version")
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


def _delete_version(change: TypedChange[DocumentVersion]) -> ValueSentence:
    version = change.subject.version
    if change.settings.makes_room:
        template = tr(
            "Delete {version}, the oldest version of the policy {policy}: AWS keeps five versions "
            "at most, and a new one is needed"
        )
    elif version:
        template = tr("Delete {version}, a version of the policy {policy} that is not in use")
    else:
        template = tr("Delete an old version of the policy {policy}")
    return filled(template, policy=_policy(change), version=version)


def _set_default(change: TypedChange[DocumentVersion]) -> ValueSentence:
    template = tr("Make {version} of the policy {policy} its current version again")
    return filled(template, policy=_policy(change), version=change.subject.version)


def _delete_policy(change: TypedChange[StoredDocument]) -> ValueSentence:
    return filled(tr("Delete the policy {policy}"), policy=_policy(change))


def _attach(change: TypedChange[PolicyReference]) -> ValueSentence:
    template = tr("Attach the policy {policy} to the role {role}")
    policy = name_in(change.subject.arn) or POLICY_NAME
    return filled(template, policy=policy, role=_role(change))


def _detach(change: TypedChange[PolicyReference]) -> ValueSentence:
    template = tr("Detach the policy {policy} from the role {role}")
    policy = name_in(change.subject.arn) or POLICY_NAME
    return filled(template, policy=policy, role=_role(change))


# The key


def _about_keys(document: object) -> int:
    """Return how many statements there are, ours for the id of a deleted role among them."""
    ours = sum(statement.get("Sid") in KEY_SIDS for statement in statements_of(document))
    others = (s for s in statements_of(document) if s.get("Sid") not in KEY_SIDS)
    return ours + len(living(others))


def _put_key_policy(change: TypedChange[StoredDocument]) -> ValueSentence:
    more = _about_keys(_document(change.after)) - _about_keys(_document(change.before))
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


def _revoke_grant(change: TypedChange[Grant]) -> ValueSentence:
    template = tr("Revoke the grant by which {grantee} may use the KMS key {key}")
    return filled(template, grantee=change.subject.grantee, key=change.target)


# The bucket


def _put_bucket_policy(change: TypedChange[StoredDocument]) -> ValueSentence:
    before, after = _document(change.before), _document(change.after)
    fewer = len(statements_of(after)) < len(statements_of(before))
    if change.after is None:
        template = tr(
            "Delete the policy of the bucket {bucket}, which lets in only UbiQuity’s account"
        )
    elif fewer:
        template = tr("Take UbiQuity’s part out of the policy of the bucket {bucket}")
    else:
        template = tr("Put another policy on the bucket {bucket}")
    return filled(template, bucket=bucket_in(change.target))


@frozen
class ChangeWords:
    """The words of one kind of change.

    ``sentence`` says what the change does. The others are templates for a receipt: ``done`` says
    that it was done, ``by_hand`` how it is done by hand in the AWS console where it takes another
    one back, and ``remains`` what stays different once it is taken back, None where nothing does.
    The parts of AWS's console are named as the console names them.
    """

    sentence: Callable[[TypedChange[Any]], ValueSentence]
    done: str
    by_hand: str
    remains: str | None = None


WORDS: Final[Mapping[ChangeKind, ChangeWords]] = {
    ChangeKind.CREATE_ROLE: ChangeWords(
        sentence=_create_role,
        done=mark("The role {name} was created"),
        by_hand=mark(
            "Create the role {name} again, with the trust policy, tags and boundary it had (IAM, "
            "Roles, “Create role”)"
        ),
    ),
    ChangeKind.DELETE_ROLE: ChangeWords(
        sentence=_delete_role,
        done=mark("The role {name} was deleted"),
        by_hand=mark("Delete the role {name} (IAM, Roles)"),
        remains=mark(
            "The role {name} is created again. AWS gives it another unique id, so "
            "what others allowed the old one by its id is not restored."
        ),
    ),
    ChangeKind.UPDATE_TRUST_POLICY: ChangeWords(
        sentence=trust_sentence,
        done=mark("The trust policy of the role {name} was changed"),
        by_hand=mark(
            "Put the earlier trust policy of the role {name} back (IAM, Roles, {name}, “Trust "
            "relationships”)"
        ),
        remains=mark(
            "The trust policy of the role {name} comes back without roles and users that no longer "
            "exist: AWS does not accept their names."
        ),
    ),
    ChangeKind.SET_PERMISSIONS_BOUNDARY: ChangeWords(
        sentence=_boundary,
        done=mark("The permissions boundary of the role {name} was changed"),
        by_hand=mark(
            "Put the earlier permissions boundary of the role {name} back, or take it off if there "
            "was none (IAM, Roles, {name}, “Permissions”)"
        ),
    ),
    ChangeKind.TAG_ROLE: ChangeWords(
        sentence=_tag_role,
        done=mark("The tags of the role {name} were changed"),
        by_hand=mark("Put the earlier tags of the role {name} back (IAM, Roles, {name}, “Tags”)"),
    ),
    ChangeKind.PUT_ROLE_POLICY: ChangeWords(
        sentence=_put_role_policy,
        done=mark("The inline policy {inline} of the role {name} was changed"),
        by_hand=mark(
            "Put the inline policy {inline} of the role {name} back as it was, or delete it if "
            "there was none (IAM, Roles, {name}, “Permissions”)"
        ),
    ),
    ChangeKind.CREATE_POLICY: ChangeWords(
        sentence=_create_policy,
        done=mark("The policy {name} was created"),
        by_hand=mark(
            "Create the policy {name} again, with the text it had (IAM, Policies, “Create policy”)"
        ),
    ),
    ChangeKind.CREATE_POLICY_VERSION: ChangeWords(
        sentence=_create_version,
        done=mark("The policy {name} was given a new version"),
        by_hand=mark(
            "Save the earlier text of the policy {name} again (IAM, Policies, {name}, “Edit”)"
        ),
    ),
    ChangeKind.DELETE_POLICY_VERSION: ChangeWords(
        sentence=_delete_version,
        done=mark("The old version {version} of the policy {name} was deleted"),
        by_hand=mark("Delete the version {version} of the policy {name} (the same page)"),
        remains=mark("The old version {version} of the policy {name} stays deleted."),
    ),
    ChangeKind.SET_DEFAULT_POLICY_VERSION: ChangeWords(
        sentence=_set_default,
        done=mark("The version {version} of the policy {name} was made its default"),
        by_hand=mark(
            "Make the version {version} of the policy {name} its default again (IAM, Policies, "
            "{name}, “Policy versions”)"
        ),
    ),
    ChangeKind.DELETE_POLICY: ChangeWords(
        sentence=_delete_policy,
        done=mark("The policy {name} was deleted"),
        by_hand=mark("Delete the policy {name} (IAM, Policies)"),
        remains=mark("The policy {name} is created again with its last text, as version v1."),
    ),
    ChangeKind.ATTACH_POLICY: ChangeWords(
        sentence=_attach,
        done=mark("The policy {policy} was attached to the role {name}"),
        by_hand=mark(
            "Attach the policy {policy} to the role {name} again (IAM, Roles, {name}, "
            "“Permissions”)"
        ),
    ),
    ChangeKind.DETACH_POLICY: ChangeWords(
        sentence=_detach,
        done=mark("The policy {policy} was detached from the role {name}"),
        by_hand=mark(
            "Detach the policy {policy} from the role {name} (IAM, Roles, {name}, “Permissions”)"
        ),
    ),
    ChangeKind.PUT_KEY_POLICY: ChangeWords(
        sentence=_put_key_policy,
        done=mark("The policy of the KMS key {name} was changed"),
        by_hand=mark(
            "Put the earlier policy of the KMS key {name} back (KMS in the region {region}, "
            "Customer managed keys, {name}, “Key policy”)"
        ),
        remains=mark(
            "The policy of the KMS key {name} comes back without roles and users that no longer "
            "exist: AWS does not accept their names."
        ),
    ),
    ChangeKind.PUT_BUCKET_POLICY: ChangeWords(
        sentence=_put_bucket_policy,
        done=mark("The policy of the bucket {bucket} was changed"),
        by_hand=mark(
            "Put the earlier policy of the bucket {bucket} back, or delete it if there was none "
            "(S3, {bucket}, “Permissions”, “Bucket policy”)"
        ),
        remains=mark(
            "The policy of the bucket {bucket} comes back without roles and users that no longer "
            "exist: AWS does not accept their names."
        ),
    ),
    ChangeKind.REVOKE_GRANT: ChangeWords(
        sentence=_revoke_grant,
        done=mark("A grant of the KMS key {name} was revoked"),
        by_hand=mark(
            "Make the grant of the KMS key {name} again (with the AWS CLI, “aws kms create-grant”)"
        ),
        remains=mark("The grant of the KMS key {name} does not come back."),
    ),
}
