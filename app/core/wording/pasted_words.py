"""The words of what was pasted: what it is, what was passed over, and what can't be used."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from app.core.console_links import (
    bucket_link,
    buckets_link,
    kms_key_link,
    role_permissions_link,
    role_trust_link,
)
from app.core.conventions import labelled
from app.core.draft import BucketEntry, Draft
from app.core.guide import ROLE_NAME
from app.core.i18n import mark, ntr, tr
from app.core.message import Plural, translated
from app.core.pasted_documents.copied_ways import CopiedWay
from app.core.pasted_documents.kinds import DocumentKind
from app.core.pasted_documents.loose_json import Forgiven, Slip
from app.core.pasted_documents.pasted import PastedDocument, PastedTrouble, Trouble
from app.core.pasted_documents.places import NOWHERE, DocumentPlace, Hint, PlacedDocument
from app.core.pasted_documents.wanted import Want, Wanted
from app.core.wording.value_sentence import ValueSentence, filled

KIND_WORDS: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.TRUST: mark("The role’s trust policy"),
    DocumentKind.PERMISSIONS: mark("A permissions policy of the role"),
    DocumentKind.BOUNDARY: mark("The role’s permissions boundary"),
    DocumentKind.BUCKET: mark("A bucket policy"),
    DocumentKind.KEY: mark("A key policy"),
    DocumentKind.ROLE: mark("The role"),
    DocumentKind.POLICY_LIST: mark("The list of the role’s attached policies"),
    DocumentKind.INLINE_LIST: mark("The list of the role’s inline policies"),
    DocumentKind.ENCRYPTION: mark("A bucket’s default encryption"),
    DocumentKind.KEY_FACTS: mark("The description of a key"),
    DocumentKind.UNCLEAR: mark("A policy that could be several things"),
    DocumentKind.OTHER: mark("A policy of another AWS service"),
}

_PLACES: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.BUCKET: mark("The bucket policy of {bucket}"),
    DocumentKind.KEY: mark("The policy of the key of {bucket}"),
    DocumentKind.ENCRYPTION: mark("The default encryption of {bucket}"),
    DocumentKind.KEY_FACTS: mark("The description of the key of {bucket}"),
}

SLIP_WORDS: Final[Mapping[Slip, Plural]] = {
    Slip.COMMENT: Plural(
        "A comment in line {line} was passed over. AWS refuses comments.",
        "{count} comments were passed over, the first in line {line}. AWS refuses comments.",
        "count",
    ),
    Slip.EXTRA_COMMA: Plural(
        "A comma too many in line {line} was passed over. AWS refuses it.",
        "{count} commas too many were passed over, the first in line {line}. AWS refuses them.",
        "count",
    ),
    Slip.NO_COMMA: Plural(
        "A comma is missing before line {line}. AWS refuses that.",
        "{count} commas are missing, the first before line {line}. AWS refuses that.",
        "count",
    ),
    Slip.CURLY_QUOTES: Plural(
        "A pair of curly quotation marks in line {line} was read as straight ones.",
        "{count} pairs of curly quotation marks were read as straight ones. AWS takes "
        "straight ones only.",
        "count",
    ),
    Slip.SINGLE_QUOTES: Plural(
        "A pair of single quotation marks in line {line} was read as double ones.",
        "{count} pairs of single quotation marks were read as double ones. AWS takes double "
        "ones only.",
        "count",
    ),
    Slip.BARE_NAME: Plural(
        "A name without quotation marks in line {line} was read. AWS refuses it.",
        "{count} names without quotation marks were read. AWS refuses them.",
        "count",
    ),
    Slip.PYTHON_WORD: Plural(
        "A word of another language in line {line} (such as True) was read as JSON’s own.",
        "{count} words of another language (such as True) were read as JSON’s own.",
        "count",
    ),
    Slip.ODD_SPACES: Plural(
        "An odd space in line {line} was passed over.",
        "{count} odd spaces were passed over. Web pages write them.",
        "count",
    ),
    Slip.INVISIBLE: Plural(
        "An invisible character in line {line} was passed over.",
        "{count} invisible characters were passed over, the first in line {line}.",
        "count",
    ),
    Slip.LINE_BREAK: Plural(
        "A line break inside of a value in line {line} was taken out: {near}",
        "{count} line breaks inside of values were taken out, the first in: {near}",
        "count",
    ),
    Slip.BACKSLASH: Plural(
        "A backslash in line {line} that means nothing was passed over.",
        "{count} backslashes that mean nothing were passed over.",
        "count",
    ),
    Slip.NAME_TWICE: Plural(
        "A name stands twice in one place: {near} The second one counts here; AWS refuses it.",
        "{count} names stand twice in one place, the first: {near} The last counts here.",
        "count",
    ),
}

WAY_WORDS: Final[Mapping[CopiedWay, str]] = {
    CopiedWay.LINE_NUMBERS: mark("Line numbers before the lines were passed over."),
    CopiedWay.DIFF: mark("This compares two texts: the new one was read."),
    CopiedWay.QUOTED_LINES: mark("Marks of quoted text before the lines were passed over."),
    CopiedWay.HTML: mark("Codes of a web page (such as &quot;) were read as the characters."),
    CopiedWay.URL: mark("The text was encoded as in a web address, and was decoded."),
    CopiedWay.ESCAPED: mark("Backslashes before the quotation marks were passed over."),
}

HINT_WORDS: Final[Mapping[Hint, str]] = {
    Hint.MISNAMED: mark(
        "The line before it calls it something else. It was taken for what it says: check that "
        "it is not saved in the wrong place in AWS."
    ),
    Hint.OTHER_ACCOUNT: mark(
        "Not used: the role is in another account than the one in your details."
    ),
    Hint.OTHER_ROLE: mark("Not used: it belongs to another role, or to none."),
    Hint.OTHER_BUCKET: mark(
        "Not used: it names a bucket that is not in your details. Choose what it is, or add the "
        "bucket to your details."
    ),
    Hint.OLD_VERSION: mark(
        "Not used: it is an older version of the policy. Paste the default one."
    ),
    Hint.REPLACED: mark("Not used: what was pasted later for the same place counts."),
    Hint.UNCLEAR: mark("Not used yet: choose what it is."),
    Hint.PLACES: mark(
        "It has places that something else fills in, such as <ACCOUNT_ID>. Copy it from the AWS "
        "console: there the values stand in it."
    ),
    Hint.PLACEHOLDER: mark(
        "It still has a word of the guide, such as YOUR_BUCKET_NAME, in the place of your own "
        "value. If AWS shows it so, put the value there in AWS."
    ),
    Hint.OTHER_SERVICE: mark("Not used: UbiQuity needs no policy of this service."),
}

WANT_WORDS: Final[Mapping[Want, str]] = {
    Want.ROLE: mark("The role’s ARN"),
    Want.TRUST: mark("The role’s trust policy"),
    Want.PERMISSIONS: mark("The role’s permissions policies"),
    Want.OTHER_POLICIES: mark("Whether the role has other policies"),
    Want.BOUNDARY: mark("The role’s permissions boundary"),
    Want.BUCKET_POLICY: mark("The bucket policy of {bucket}"),
    Want.OWNER: mark("Whether {bucket} is in your account"),
    Want.ENCRYPTION: mark("The default encryption of {bucket}"),
    Want.KEY: mark("The policy of the key of {bucket}"),
}

WHERE_WORDS: Final[Mapping[Want, str]] = {
    Want.ROLE: mark("IAM > Roles > {role_name} > Summary > ARN"),
    Want.TRUST: mark("IAM > Roles > {role_name} > Trust relationships"),
    Want.PERMISSIONS: mark(
        "IAM > Roles > {role_name} > Permissions: open each policy with “+”, and copy its JSON."
    ),
    Want.OTHER_POLICIES: mark("IAM > Roles > {role_name} > Permissions"),
    Want.BOUNDARY: mark(
        "IAM > Roles > {role_name} > Permissions > Permissions boundary. Once it is pasted, "
        "choose above that it is one."
    ),
    Want.BUCKET_POLICY: mark("Amazon S3 > the bucket > Permissions > Bucket policy"),
    Want.OWNER: mark("Amazon S3 > Buckets, signed in to the account of your details"),
    Want.ENCRYPTION: mark("Amazon S3 > the bucket > Properties > Default encryption"),
    Want.KEY: mark("KMS > Customer managed keys > the key > Key policy"),
}

TICK_WORDS: Final[Mapping[Want, str]] = {
    Want.OTHER_POLICIES: mark("I pasted all policies of the role."),
    Want.BOUNDARY: mark("The role has no boundary."),
    Want.BUCKET_POLICY: mark("The bucket has no policy."),
    Want.OWNER: mark("The bucket is in the list there."),
    Want.ENCRYPTION: mark("It is as in my details: {encryption}."),
}

TROUBLE_WORDS: Final[Mapping[Trouble, str]] = {
    Trouble.CUT_SHORT: mark(
        "The document ends before it is complete (line {line}): a bracket or a quotation mark is "
        "missing. Copy all of it."
    ),
    Trouble.LEFT_OUT: mark(
        "Something was left out in line {line} (“…”). Copy the whole document, with nothing left "
        "out."
    ),
    Trouble.QUOTE: mark("A quotation mark is missing in line {line}. Copy the document again."),
    Trouble.UNEXPECTED: mark(
        "Line {line} can’t be read. Copy the document again, as AWS shows it."
    ),
    Trouble.TOO_DEEP: mark("Line {line} is nested too deeply for a document of AWS."),
    Trouble.STATEMENT_ALONE: mark(
        "Line {line} begins one statement of a policy. Copy the whole policy, with “Version” and "
        "“Statement”."
    ),
    Trouble.TEMPLATE: mark(
        "Line {line} begins a CloudFormation template. Copy the policy from the AWS console: "
        "there the values are filled in."
    ),
    Trouble.OTHER_JSON: mark(
        "Line {line} begins something that is no policy and no answer of AWS that is needed here."
    ),
    Trouble.YAML: mark("This is YAML. Copy the policy from the AWS console, as JSON."),
    Trouble.TERRAFORM: mark(
        "This is Terraform. Copy the policy from the AWS console: there it is JSON, with its "
        "values filled in."
    ),
    Trouble.TABLE: mark(
        "This is a table of the AWS command line. Run the command again with --output json."
    ),
    Trouble.TEXT: mark(
        "There is no policy in this text. Copy the JSON that the AWS console shows, or the role’s "
        "ARN."
    ),
    Trouble.CREDENTIALS: mark(
        "This holds an AWS access key, so it was not looked at. Take the key out of the text: it "
        "is not needed here."
    ),
    Trouble.TOO_LONG: mark("This is too long. Paste the documents one after the other."),
}


def place_words(place: DocumentPlace) -> ValueSentence:
    """Return what a document is taken for."""
    if place == NOWHERE:
        return ValueSentence(tr("Not used"))
    if place.bucket and place.kind in _PLACES:
        return ValueSentence(tr(_PLACES[place.kind]), {"bucket": place.bucket})
    return ValueSentence(tr(KIND_WORDS[place.kind]))


def document_words(placed: PlacedDocument) -> ValueSentence:
    """Return what a pasted document is, with the name that it was pasted with."""
    place, document = placed.place, placed.document
    known = place_words(place) if place not in (None, NOWHERE) else _kind(document)
    if document.piece.is_none:
        none = tr("there is none")
        return ValueSentence(labelled(known.template, none), known.values)
    name = document.piece.arn or document.piece.name
    if not name:
        return known
    return ValueSentence(labelled(known.template, "{name}"), {**known.values, "name": name})


def _kind(document: PastedDocument) -> ValueSentence:
    return ValueSentence(tr(KIND_WORDS[document.kind]))


def said_of(placed: PlacedDocument) -> Iterator[ValueSentence]:
    """Yield what is to be said of a document: why it is not used, and what was passed over."""
    for hint in placed.hints:
        yield ValueSentence(tr(HINT_WORDS[hint]))
    for way in placed.document.ways:
        yield ValueSentence(tr(WAY_WORDS[way]))
    for forgiven in placed.document.forgiven:
        yield _forgiven(forgiven)


def _forgiven(forgiven: Forgiven) -> ValueSentence:
    template = translated(SLIP_WORDS[forgiven.slip], {"count": forgiven.count})
    template = template.replace("{count}", str(forgiven.count))
    template = template.replace("{line}", str(forgiven.line))
    return ValueSentence(template, {"near": forgiven.near} if "{near}" in template else {})


def aside_words(count: int) -> str:
    """Return what is to be said of what came along in an answer about other roles."""
    words = ntr(
        "{count} policy or role that has nothing to do with this set-up is passed over.",
        "{count} policies and roles that have nothing to do with this set-up are passed over.",
        count,
    )
    return words.format(count=count)


def want_words(wanted: Wanted) -> ValueSentence:
    """Return what is wanted."""
    return filled(tr(WANT_WORDS[wanted.want]), bucket=wanted.bucket)


def asking_words(draft: Draft, things: Iterable[Wanted]) -> str:
    """Return a message that asks somebody else for what is missing, to be sent as it is."""
    missing = [thing for thing in things if thing.is_missing]
    lines = (f"- {want_words(thing).text} ({where_words(thing.want)})" for thing in missing)
    greeting = tr(
        "Hello,\n\nTo check whether UbiQuity has the access to our Amazon S3 bucket that it needs, "
        "could you please copy these from AWS account {account} and send them to me? The documents "
        "as JSON, just as the AWS console shows them; where there is none, please say so."
    ).format(account=draft.account_id)
    listed = "\n".join(lines)
    thanks = tr("Thank you.")
    return f"{greeting}\n\n{listed}\n\n{thanks}\n"


def where_words(want: Want) -> str:
    """Return where AWS's console shows it."""
    return tr(WHERE_WORDS[want]).format(role_name=ROLE_NAME)


def where_link(want: Want, entry: BucketEntry | None) -> str:
    """Return the link to where AWS's console shows it, of the bucket ``entry`` or of the role."""
    if entry is None:
        return role_trust_link() if want is Want.TRUST else role_permissions_link()
    if want is Want.OWNER:  # another account's bucket has a page too
        return buckets_link(entry.region)
    if want is Want.KEY and entry.kms_key_arn:
        return kms_key_link(entry.kms_key_arn)
    tab = "properties" if want is Want.ENCRYPTION else "permissions"
    return bucket_link(entry.name, entry.region, tab)


def tick_words(wanted: Wanted, key_arn: str | None) -> str | None:
    """Return what the person can say in place of pasting it; None where they have to paste.

    ``key_arn`` is the key that the details have for the bucket.
    """
    if wanted.want not in TICK_WORDS:
        return None
    by = tr("with the key given there (SSE-KMS)") if key_arn else tr("without a key of my own")
    return tr(TICK_WORDS[wanted.want]).format(encryption=by)


def trouble_words(trouble: PastedTrouble) -> str:
    """Return why something can't be used, and what to do instead."""
    return tr(TROUBLE_WORDS[trouble.trouble]).format(line=trouble.line)
