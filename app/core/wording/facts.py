"""Plain words for what AWS names by a path, an action or a condition key."""

from collections.abc import Iterable, Mapping
from typing import Final

from app.core import conventions
from app.core.diagnosis.snapshot_facts import fact_at
from app.core.i18n import mark, tr

FACT_WORDS: Final[Mapping[str, str]] = {
    "caller": mark("who is signed in"),
    "role": mark("the role"),
    "role.permissions_boundary": mark("the role’s permissions boundary"),
    "role.permissions_boundary.document": mark("the policy of the role’s permissions boundary"),
    "role.instance_profiles": mark("the role’s instance profiles"),
    "role.trust_policy": mark("the role’s trust policy"),
    "role.attached_policies": mark("the policies attached to the role"),
    "role.attached_policies[]": mark("a policy attached to the role"),
    "role.inline_policies": mark("the role’s inline policies"),
    "role.inline_policies[]": mark("an inline policy of the role"),
    "similar_roles": mark("the list of roles"),
    "customer_policy": mark("the permissions policy"),
    "customer_policy.document": mark("the contents of the permissions policy"),
    "customer_policy.versions": mark("the versions of the permissions policy"),
    "customer_policy.attached_to": mark("what the permissions policy is attached to"),
    "buckets": mark("the bucket"),
    "buckets[].policy": mark("the bucket policy"),
    "buckets[].object_ownership": mark("the bucket’s Object Ownership setting"),
    "buckets[].encryption": mark("the bucket’s default encryption"),
    "buckets[].kms_key": mark("the bucket’s key"),
    "buckets[].kms_key.policy": mark("the policy of the bucket’s key"),
    "buckets[].kms_key.grants": mark("the grants of the bucket’s key"),
    "buckets[].sample.other_keys": mark("the keys of the files"),
    "buckets[].sample.other_keys[].policy": mark("the policy of the files’ key"),
    "buckets[].sample.other_keys[].grants": mark("the grants of the files’ key"),
    "buckets[].sample": mark("the list of files"),
    "buckets[].sample.tagged": mark("the tags of the files"),
    "buckets[].sample.sse_c": mark("how the files are encrypted"),
    "organization_denies": mark("the rules of your AWS organisation"),
}

ACTION_WORDS: Final[Mapping[str, str]] = {
    "sts:assumerole": mark("use the role"),
    "s3:listbucket": mark("list the files"),
    "s3:getobject": mark("read files"),
    "s3:putobject": mark("write files to the archive and error folders"),
    "s3:deleteobject": mark("remove files once they are processed"),
    "s3:getobjecttagging": mark("read the tags of files"),
    "s3:putobjecttagging": mark("write the tags of files"),
    "kms:decrypt": mark("read encrypted files"),
    "kms:describekey": mark("look up the key"),
    "kms:generatedatakey": mark("write encrypted files"),
}

CONDITION_WORDS: Final[Mapping[str, str]] = {
    "aws:sourceip": mark("the network address that the request comes from"),
    "aws:vpcsourceip": mark("the network address that the request comes from"),
    "aws:sourcevpc": mark("the private network that the request comes from"),
    "aws:sourcevpcarn": mark("the private network that the request comes from"),
    "aws:sourcevpce": mark("the VPC endpoint that is used"),
    "aws:vpceaccount": mark("the AWS account of the VPC endpoint that is used"),
    "aws:vpceorgid": mark("the AWS organisation of the VPC endpoint that is used"),
    "aws:vpceorgpaths": mark("the AWS organisation of the VPC endpoint that is used"),
    "aws:securetransport": mark("an encrypted connection"),
    "s3:tlsversion": mark("the version of the encrypted connection"),
    "aws:multifactorauthpresent": mark("a second sign-in factor (MFA)"),
    "aws:multifactorauthage": mark("a second sign-in factor (MFA)"),
    "aws:principalorgid": mark("the AWS organisation of the caller"),
    "aws:principalorgpaths": mark("the AWS organisation of the caller"),
    "aws:principalaccount": mark("the AWS account of the caller"),
    "aws:principalarn": mark("the name of the caller"),
    "aws:principaltype": mark("the kind of the caller"),
    "aws:userid": mark("the id of the caller"),
    "aws:username": mark("the user name of the caller"),
    "aws:useragent": mark("the program that makes the request"),
    "aws:referer": mark("the web page that the request comes from"),
    "aws:currenttime": mark("the date and time"),
    "aws:epochtime": mark("the date and time"),
    "aws:requestedregion": mark("the region"),
    "aws:resourceaccount": mark("the AWS account of what is asked for"),
    "aws:resourceorgid": mark("the AWS organisation of what is asked for"),
    "aws:resourceorgpaths": mark("the AWS organisation of what is asked for"),
    "aws:chatbotsourcearn": mark("how the caller is signed in"),
    "aws:federatedprovider": mark("how the caller is signed in"),
    "identitystore:userid": mark("how the caller is signed in"),
    "aws:sourceaccount": mark("the account that an AWS service acts for"),
    "aws:sourcearn": mark("what an AWS service acts for"),
    "aws:viaawsservice": mark("whether an AWS service asks"),
    "aws:calledvia": mark("the AWS service that asks"),
    "aws:calledviafirst": mark("the AWS service that asks"),
    "aws:calledvialast": mark("the AWS service that asks"),
    "aws:sourceidentity": mark("the source identity of the caller"),
    "sts:sourceidentity": mark("the source identity of the caller"),
    "aws:tokenissuetime": mark("when the caller signed in"),
    "sts:externalid": mark("the External ID"),
    "sts:rolesessionname": mark("the name of the session"),
    "s3:prefix": mark("the folder"),
    "s3:delimiter": mark("how the list is asked for"),
    "s3:max-keys": mark("how the list is asked for"),
    "s3:authtype": mark("how the request is signed"),
    "s3:signatureversion": mark("how the request is signed"),
    "s3:signatureage": mark("how long ago the request was signed"),
    "s3:resourceaccount": mark("the AWS account of what is asked for"),
    "s3:x-amz-acl": mark("the ACL that an upload asks for"),
    "s3:x-amz-server-side-encryption": mark("the encryption that an upload asks for"),
    "s3:x-amz-server-side-encryption-aws-kms-key-id": mark("the key that an upload asks for"),
    "s3:x-amz-server-side-encryption-customer-algorithm": mark(
        "a key of its own that an upload brings (SSE-C)"
    ),
    "s3:x-amz-storage-class": mark("the storage class that an upload asks for"),
    "s3:x-amz-copy-source": mark("the file that is copied"),
    "s3:x-amz-metadata-directive": mark("whether a copy keeps what is known of the file"),
    "s3:x-amz-website-redirect-location": mark("the address that a file leads on to"),
    "s3:x-amz-content-sha256": mark("how the contents of a request are signed"),
    "s3:objectcreationoperation": mark("whether a request makes a file"),
    "kms:viaservice": mark("the AWS service through which the key is used"),
    "kms:calleraccount": mark("the AWS account of the caller"),
}
_FAMILY_WORDS: Final[Mapping[str, str]] = {
    "aws:principaltag/": mark("a tag of the caller"),
    "aws:resourcetag/": mark("a tag of what is asked for"),
    "iam:resourcetag/": mark("a tag of what is asked for"),
    "s3:buckettag/": mark("a tag of what is asked for"),
    "s3:existingobjecttag/": mark("a tag of the file"),
    "s3:requestobjecttag/": mark("a tag that an upload asks for"),
    "s3:requestobjecttagkeys": mark("a tag that an upload asks for"),
    "s3:if-": mark("whether an upload may replace a file"),
    "s3:object-lock-": mark("whether an upload locks the file"),
    "s3:x-amz-grant-": mark("the ACL that an upload asks for"),
    "kms:encryptioncontext": mark("what the key is used for"),
    "kms:keyorigin": mark("what kind of key it is"),
    "kms:multiregion": mark("what kind of key it is"),
    "kms:requestalias": mark("the alias of the key"),
    "kms:resourcealiases": mark("the alias of the key"),
    "aws:ec2instancesource": mark("where the caller runs"),
    "codebuild:": mark("where the caller runs"),
    "ec2:": mark("where the caller runs"),
    "glue:": mark("where the caller runs"),
    "lambda:": mark("where the caller runs"),
    "ssm:": mark("where the caller runs"),
}
"""Of further condition keys, by their beginnings."""


PASTED_WORDS: Final[Mapping[str, str]] = {
    "role.arn": mark("the role’s ARN"),
    "role.attached_policies": mark("the role’s permissions policies"),
    "role.inline_policies": mark("whether the role has other policies"),
    "owner_account": mark("whether the bucket is in your account"),
}
"""Facts that only whoever pastes tells, by the snapshot's path or the end of it."""


def unpasted_words(path: str) -> str:
    """Return what is not known as long as the fact at ``path`` is not pasted."""
    words = PASTED_WORDS.get(path) or PASTED_WORDS.get(path.rpartition(".")[2])
    return tr(words) if words else fact_words(path)


def fact_words(path: str) -> str:
    """Return what the snapshot's ``path`` stands for; the path itself where it isn't known."""
    fact = fact_at(path)
    return tr(FACT_WORDS[fact.name]) if fact else path


def deeds(actions: Iterable[str]) -> tuple[str, ...]:
    """Return what UbiQuity does by ``actions``, each once; an action without words as it is."""
    words = (ACTION_WORDS.get(action.lower()) for action in actions)
    phrases = tuple(dict.fromkeys(tr(word) for word in words if word))
    return phrases or tuple(dict.fromkeys(actions))


def condition_words(condition: Mapping[str, object]) -> tuple[str, ...]:
    """Return what ``condition`` turns on, each key with its name: operator, key, value in."""
    keys = (key for tests in condition.values() if isinstance(tests, Mapping) for key in tests)
    return tuple(dict.fromkeys(_key_words(str(key)) for key in keys))


def _key_words(key: str) -> str:
    name = key.lower()
    of_family = next((w for start, w in _FAMILY_WORDS.items() if name.startswith(start)), None)
    words = CONDITION_WORDS.get(name, of_family)
    return f"{tr(words)} ({key})" if words else key


def or_empty(text: str) -> str:
    """Return a value as it is shown in a sentence: one that is empty would leave a gap."""
    return text or tr("(empty)")


def listed(words: Iterable[str]) -> str:
    """Return ``words`` as a list in a sentence: "one, two and three"."""
    return conventions.listed(map(or_empty, words))


def either(words: Iterable[str]) -> str:
    """Return ``words`` as a choice in a sentence: "one, two or three"."""
    return conventions.either(map(or_empty, words))
