"""The words about the folders of a bucket: how many there are, and why one can't be read."""

from typing import Final

from app.core.conventions import paragraph, whole
from app.core.failure import AwsFailure
from app.core.i18n import ntr, tr
from app.core.wording.characters import marked
from app.core.wording.failures import failure_words
from app.core.wording.value_sentence import ValueSentence

_NOT_ALLOWED: Final = frozenset({"AccessDenied", "403"})
_NO_BUCKET: Final = frozenset({"NoSuchBucket", "404"})


def folder_name(folder: str, at: str) -> str:
    """Return the name of ``folder`` as it is read in the folder ``at``; both are whole prefixes.

    What can't be seen in it has its name in its place.
    """
    name = folder.removeprefix(at).removesuffix("/")
    return marked(name) or tr("(no name)")


def count_words(count: int, shown: int, *, is_whole: bool) -> str:
    """Return how many folders were read, and how many of them are ``shown``."""
    if is_whole:
        words = ntr("{count} folder.", "{count} folders.", count)
    else:
        words = ntr(
            "{count} folder so far; there are more.",
            "{count} folders so far; there are more.",
            count,
        )
    words = words.format(count=whole(count))
    if shown == count:
        return words
    match = ntr("{shown} of them matches.", "{shown} of them match.", shown)
    return paragraph(words, match.format(shown=whole(shown)))


def nothing_here(files: int, *, at_top: bool, is_whole: bool) -> str:
    """Return what to say where no folder was read; ``files`` are how many files lie there."""
    if not is_whole:
        words = ntr(
            "No folder beside the first {count} file. Show more, or type the folder.",
            "No folder among the first {count} files. Show more, or type the folder.",
            files,
        )
        return words.format(count=whole(files))
    if at_top and not files:
        return tr(
            "The bucket is empty. Type the folder that will be used, or use the whole bucket."
        )
    if at_top:
        return tr("The bucket has no folders. Leave the prefix empty to use the whole bucket.")
    return tr("There are no folders in this one.")


def further_failure(failure: AwsFailure) -> ValueSentence:
    """Return in a sentence why no more folders can be read: there are some to choose from."""
    words = failure_words(failure)
    why = words.template.partition(". ")[0].removesuffix(".")
    return ValueSentence(tr("The rest can’t be read. {why}.").replace("{why}", why), words.values)


def folder_failure(failure: AwsFailure) -> ValueSentence:
    """Return why the folders can't be read, with a way on."""
    if failure.finding is None and failure.code in _NOT_ALLOWED:
        return ValueSentence(
            tr(
                "Your sign-in may not list this bucket (s3:ListBucket). Close this and type the "
                "folder instead."
            )
        )
    if failure.finding is None and failure.code in _NO_BUCKET:
        return ValueSentence(
            tr("AWS knows no bucket of this name. Close this and check the bucket’s name.")
        )
    words = failure_words(failure)
    end = tr("You can also close this and type the folder.")
    return ValueSentence(paragraph(words.template, end), words.values)
