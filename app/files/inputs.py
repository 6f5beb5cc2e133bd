"""Reading a file that somebody chose, in sentences that tell them why it can't be used."""

from app.core.formats.reading import InputProblem
from app.core.i18n import tr
from app.files.reading import INPUT_AT_MOST, read_text


def read_input(path: str, name: str | None = None) -> str | InputProblem:
    """Return the text of the file at ``path``, or why it can't be read.

    The sentence calls it ``name``, or else by its path.
    """
    source = name or path
    text = read_text(path, INPUT_AT_MOST)
    if isinstance(text, str):
        return text
    if text.no_text:
        return InputProblem(source, tr("{file}: this is not a UTF-8 text.").format(file=source))
    sentence = tr("{file}: the file can’t be read: {reason}.")
    return InputProblem(source, sentence.format(file=source, reason=text.reason))
