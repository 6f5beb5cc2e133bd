"""The words of findings about the files in the bucket."""

from typing import Final

from app.core.i18n import mark
from app.core.message import Plural
from app.core.wording.finding_words.lines import Wording, lacks
from app.core.wording.finding_words.permissions import OPEN_POLICY, SAVE_POLICY

FILE_WORDS: Final[dict[str, Wording]] = {
    "files.none": Wording(
        title=(mark("There are no files yet"),),
        detail=(
            mark("The bucket can be listed, and there is nothing under {prefix}."),
            lacks("prefix", mark("The bucket can be listed, and there is nothing in it.")),
        ),
        fix=(
            mark("If that is as you expect, nothing has to be done."),
            mark("Otherwise check the prefix: it must be the folder’s name letter for letter."),
        ),
    ),
    "files.archived": Wording(
        title=(mark("Archived files cannot be read until they are restored"),),
        detail=(
            Plural(
                mark("{count} file that was looked at is in an archive class: {classes}."),
                mark("{count} files that were looked at are in an archive class: {classes}."),
                by="count",
            ),
            mark("S3 does not hand out files in the Glacier archive classes at once."),
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
                mark("{count} file that was looked at has tags."),
                mark("{count} files that were looked at have tags."),
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
                "Choose JSON, and add “s3:GetObjectTagging” and “s3:PutObjectTagging” to the list "
                "under “Action” where s3:GetObject stands."
            ),
            SAVE_POLICY,
            mark("Or take the tags off the files, if nothing needs them."),
        ),
    ),
    "files.sse-c": Wording(
        title=(mark("Files encrypted with keys of your own (SSE-C) cannot be read"),),
        detail=(
            Plural(
                mark("{count} file that was looked at is encrypted so."),
                mark("{count} files that were looked at are encrypted so."),
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
            mark("Upload the files that are there once more."),
        ),
    ),
}
