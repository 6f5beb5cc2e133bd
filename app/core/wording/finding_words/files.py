"""The words of findings about the files in the bucket."""

from typing import Final

from app.core.i18n import mark
from app.core.message import Plural
from app.core.wording.finding_words.key import ALSO_IN_ROLE, GRANT_FIX
from app.core.wording.finding_words.lines import (
    Line,
    Sentence,
    Wording,
    equals,
    has,
    lacks,
)
from app.core.wording.finding_words.permissions import OPEN_POLICY, SAVE_POLICY


def _unless_allowed(sentence: Sentence) -> Line:
    """Say it where the role may not, or may perhaps not, use the key of the files."""
    message, when = sentence if isinstance(sentence, Line) else (sentence, lambda _params: True)
    return Line(message, lambda params: params.get("decision") != "allowed" and when(params))


FILE_WORDS: Final[dict[str, Wording]] = {
    "files.none": Wording(
        title=(mark("There are no files yet"),),
        detail=(
            mark("The bucket can be listed, and there are no files under {prefix}."),
            lacks("prefix", mark("The bucket can be listed, and there are no files in it.")),
            has(
                "markers",
                Plural(
                    "There is {markers} folder there, and no file in it.",
                    "There are {markers} folders there, and no files in them.",
                    by="markers",
                ),
            ),
        ),
        fix=(
            mark("If that is what you expect, there is nothing to do."),
            mark("Otherwise check the prefix: it must match the folder’s name exactly."),
        ),
    ),
    "files.archived": Wording(
        title=(mark("Archived files cannot be read until they are restored"),),
        detail=(
            Plural(
                "{count} file that was looked at is in an archive class: {classes}.",
                "{count} files that were looked at are in an archive class: {classes}.",
                by="count",
            ),
            mark("Files in the Glacier archive classes cannot be read at once."),
        ),
        fix=(
            mark(
                "In the AWS console, open S3 > General purpose buckets, choose the bucket and "
                "then the file."
            ),
            mark("Choose Actions > Initiate restore, and wait until it is done."),
            mark(
                "If a lifecycle rule archives these files, change it under the bucket’s Management "
                "> Lifecycle rules, so that new files stay until UbiQuity has read them."
            ),
        ),
    ),
    "files.tagged": Wording(
        title=(mark("Files with tags cannot be moved"),),
        detail=(
            Plural(
                "{count} file that was looked at has tags.",
                "{count} files that were looked at have tags.",
                by="count",
            ),
            mark(
                "To move such a file to the archive or error folder, its tags have to be copied, "
                "and the role lacks {actions}."
            ),
            lacks("actions", mark("To move such a file, the role has to copy its tags.")),
        ),
        fix=(
            *OPEN_POLICY,
            mark(
                "Choose JSON, and add “s3:GetObjectTagging” and “s3:PutObjectTagging” to "
                "the list under “Action” that has s3:GetObject."
            ),
            SAVE_POLICY,
            mark("Or take the tags off the files, if nothing needs them."),
        ),
    ),
    "files.other-key": Wording(
        title=(mark("Some files are encrypted with a different key from the bucket’s"),),
        detail=(
            mark("The key of these files is {key}."),
            mark("The bucket’s own key is {default}: it is used for files that are written now."),
            mark(
                "A file keeps the key that it was written with, so the role must be "
                "allowed to use both."
            ),
            equals("decision", "allowed", mark("The role may use it: these files can be read.")),
            equals("decision", "denied", mark("The role may not use it: they cannot be read.")),
            equals(
                "decision",
                "unknown",
                mark("It is not known whether the role may use it, so they may be unreadable."),
            ),
        ),
        fix=(
            equals(
                "decision",
                "allowed",
                mark("Nothing has to be done, as long as the key’s policy stays as it is."),
            ),
            *(_unless_allowed(sentence) for sentence in (*GRANT_FIX, ALSO_IN_ROLE)),
            _unless_allowed(
                mark(
                    "Or encrypt these files again with the bucket’s own key: copy each one "
                    "onto itself in S3, under Actions > Copy."
                )
            ),
            _unless_allowed(
                mark("If it is AWS’s own key (aws/s3), nothing has to be done: anybody may use it.")
            ),
        ),
    ),
    "files.sse-c": Wording(
        title=(mark("Files encrypted with keys of your own (SSE-C) cannot be read"),),
        detail=(
            Plural(
                "{count} file that was looked at is encrypted with SSE-C.",
                "{count} files that were looked at are encrypted with SSE-C.",
                by="count",
            ),
            mark(
                "With SSE-C every reader has to send the key along, and UbiQuity does not support "
                "that."
            ),
        ),
        fix=(
            mark(
                "Have the system that writes these files use the bucket’s own encryption: SSE-S3, "
                "or SSE-KMS."
            ),
            mark("Upload the files that are there again."),
        ),
    ),
}
