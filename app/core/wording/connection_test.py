"""What the connection test comes to, in the words that the window and the command line share."""

from collections.abc import Mapping
from typing import Final

from app.core.conventions import paragraph
from app.core.i18n import mark, ntr, tr
from app.core.left_over import LeftKind, LeftOver
from app.core.wording.value_sentence import ValueSentence, filled


def success_words(files: int, markers: int = 0, *, complete: bool = True) -> str:
    """Return the sentence of a connection that works, in the guide's own words (Step 4).

    The guide has one sentence for every number of files, and so has UbiQuity's own test: here it
    is the same to the letter, in English; other languages have their forms. ``markers`` are the
    keys that stand for folders and are no files. ``complete`` tells that there are no more files.
    """
    if not complete:
        words = ntr(
            "Connection successful. Found more than {count} files in bucket.",
            "Connection successful. Found more than {count} files in bucket.",
            files,
        )
        return words.format(count=files)
    words = ntr(
        "Connection successful. Found {count} files in bucket.",
        "Connection successful. Found {count} files in bucket.",
        files,
    )
    sentences = [words.format(count=files)]
    if not files:
        sentences.append(tr("An empty bucket or folder is fine."))
    if markers:
        sentences.append(markers_words(files, markers))
    return paragraph(*sentences)


def markers_words(files: int, markers: int) -> str:
    """Return what is said where AWS lists more keys than there are files."""
    if not files and markers == 1:
        return tr("AWS lists one name, which only stands for a folder and is no file.")
    words = ntr(
        "AWS lists {keys} names, of which {markers} only stands for a folder and is no file.",
        "AWS lists {keys} names, of which {markers} only stand for folders and are no files.",
        markers,
    )
    return words.format(keys=files + markers, markers=markers)


def spreading_words(seconds: float) -> str:
    """Return what is said while AWS may still be spreading what is new, for so many seconds."""
    return tr("AWS is still spreading the change ({seconds} s)").format(seconds=int(seconds))


def probe_words() -> tuple[str, ...]:
    """Return the sentences with which the consent to a test with a file is asked for."""
    return (
        tr(
            "The test can also write a small text file under the connector’s prefix, read it, "
            "copy it into an archive folder, and delete both again."
        ),
        tr(
            "Their names begin with “ubiquity-connection-test-”, and nothing that is there is "
            "overwritten. A connector, or whatever else watches the folder, may see the file "
            "at that moment."
        ),
        tr(
            "In a bucket that keeps versions, an old version and a delete marker of each stay. "
            "The test names whatever it leaves."
        ),
    )


_LEFT: Final[Mapping[LeftKind, str]] = {
    LeftKind.OBJECT: mark(
        "The test file {key} is still in the bucket {bucket}: it could not be deleted. It holds "
        "one line of text. Ask the bucket’s owner to delete it."
    ),
    LeftKind.UNSURE: mark(
        "The test file {key} may still be in the bucket {bucket}: AWS’s answer was lost. Look "
        "for it there, and delete it if you find it."
    ),
    LeftKind.VERSION: mark(
        "The bucket {bucket} keeps versions, so version {version} of the test file {key} stays. "
        "It is one line of text and costs next to nothing. The bucket’s owner can delete it; "
        "with Object Lock, once its time is over."
    ),
    LeftKind.MARKER: mark(
        "The bucket {bucket} keeps versions, so a delete marker {version} of the test file {key} "
        "stays. It costs next to nothing. The bucket’s owner can delete it."
    ),
}


def left_words(left: LeftOver) -> ValueSentence:
    """Return what stays in the bucket, why, and what to do about it."""
    if left.kind is LeftKind.VERSION and left.version is None:
        template = tr(
            "The bucket {bucket} keeps versions, so a version of the test file {key} may stay: "
            "AWS’s answer was lost. It is one line of text and costs next to nothing. The "
            "bucket’s owner can delete it."
        )
        return filled(template, bucket=left.bucket, key=left.key)
    template = tr(_LEFT[left.kind])
    return filled(template, bucket=left.bucket, key=left.key, version=left.version or "")
