"""The words of a choice: what it does, and who loses what by it."""

from collections.abc import Mapping
from typing import Final

from app.core.change import Offer
from app.core.choices import Choice
from app.core.conventions import paragraph
from app.core.frozen import frozen
from app.core.i18n import mark, tr
from app.core.message import texts_of_param
from app.core.wording.value_sentence import ValueSentence, filled


@frozen
class OfferWords:
    """What can be chosen: a title, without values, and the explanation."""

    title: str
    detail: ValueSentence


_TITLES: Final[Mapping[Choice, str]] = {
    Choice.DATA_KEY: mark("Let UbiQuity move encrypted files (beyond the guide)"),
    Choice.OTHER_KEYS: mark("Let UbiQuity read files that lie under another key"),
    Choice.INLINE_POLICY: mark("Write the permissions into the role itself"),
    Choice.TAGGING: mark("Let UbiQuity move files that have tags (beyond the guide)"),
    Choice.REQUIRE_EXTERNAL_ID: mark("Ask for your External ID from now on"),
    Choice.REPLACE_TRUST: mark("Make the trust policy UbiQuity’s alone"),
    Choice.REPLACE_POLICY: mark("Make the permissions policy as your details say, and no more"),
    Choice.REMAKE_ROLE: mark("Delete the role and make the right one"),
}

_DETAILS: Final[Mapping[Choice, tuple[str, ...]]] = {
    Choice.DATA_KEY: (
        mark(
            "After processing, UbiQuity moves each file to an archive or error folder. In an "
            "encrypted bucket that needs the permission kms:GenerateDataKey, which the published "
            "guide does not mention. This adds a statement of its own to the policy of the KMS "
            "key {names}. Nobody loses anything."
        ),
    ),
    Choice.OTHER_KEYS: (
        mark(
            "Some files are encrypted with {names}, which the bucket does not use "
            "for new files. This adds the guide’s statement to the policy of that "
            "KMS key too, so that UbiQuity can read them. Nobody loses anything."
        ),
    ),
    Choice.INLINE_POLICY: (
        mark(
            "The role {names} has no room for another policy, or none for one of "
            "this length. What the guide’s policy allows can be written into the "
            "role itself instead, as an inline policy of the same name. It works in "
            "the same way. Nobody loses anything."
        ),
    ),
    Choice.TAGGING: (
        mark(
            "Some files in {names} have tags. Moving such a file copies its tags, which needs two "
            "permissions (s3:GetObjectTagging and s3:PutObjectTagging) that the published guide "
            "does not mention. This adds a statement of its own to the policy. Nobody loses "
            "anything."
        ),
    ),
    Choice.REQUIRE_EXTERNAL_ID: (
        mark(
            "UbiQuity’s AWS account can use the role without your External ID, so "
            "another UbiQuity customer might use it too. This makes the role ask for "
            "it. A UbiQuity database with another External ID, or without one, loses "
            "access."
        ),
    ),
    Choice.REPLACE_TRUST: (
        mark("The trust policy becomes exactly what the guide says."),
        mark("These can no longer use the role: {names}."),
        mark("UbiQuity databases with these External IDs can no longer use it: {external_ids}."),
        mark("Any rule that denies access is removed as well."),
    ),
    Choice.REPLACE_POLICY: (
        mark("The policy becomes exactly what the guide says for your details."),
        mark("It no longer grants anything on these buckets: {names}."),
        mark("It no longer grants {actions}."),
        mark("Anyone else who has this policy loses that too."),
    ),
    Choice.REMAKE_ROLE: (
        mark(
            "UbiQuity can’t use the role under its present name, and a name in IAM "
            "can’t be changed. So the role is deleted and created again. This can’t "
            "be undone: a new role has another id."
        ),
        mark("These can no longer use it: {names}."),
        mark("UbiQuity databases with these External IDs can no longer use it: {external_ids}."),
        mark("These policies are not put on the new role: {policies}."),
        mark("Everything that uses the role stops working. Ask your team first."),
    ),
}
"""Sentences of which those are said whose values are there."""


def offer_words(offer: Offer) -> OfferWords:
    """Return title and explanation of a choice. Raises KeyError for one that only revokes."""
    values = {name: texts_of_param(offer.params, name) for name in offer.params}
    filled_places = {name for name, texts in values.items() if texts}
    fitting = [
        tr(sentence)
        for sentence in _DETAILS[offer.choice]
        if all(name in filled_places for name in _PLACES if f"{{{name}}}" in sentence)
    ]
    return OfferWords(tr(_TITLES[offer.choice]), filled(paragraph(*fitting), **values))


_PLACES: Final = ("names", "external_ids", "policies", "actions")
