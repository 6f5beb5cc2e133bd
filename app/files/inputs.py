"""Reading a file that somebody chose, in sentences that tell them why it can't be used."""

from app.core.formats.reading import InputProblem
from app.core.i18n import tr
from app.files.reading import INPUT_AT_MOST, FileProblem, read_bytes, read_text


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
    return _unreadable(source, text.reason)


def read_pasted(path: str) -> str | InputProblem:
    """Return the text that somebody pasted into the file at ``path``, or why it can't be read.

    Windows' editors and shells save it in UTF-16 as well.
    """
    from app.core.pasted.decoding import decoded

    content = read_bytes(path, INPUT_AT_MOST)
    if isinstance(content, FileProblem):
        return _unreadable(path, content.reason)
    text = decoded(content)
    if isinstance(text, str):
        return text
    return InputProblem(path, tr("{file}: this is not a text.").format(file=path))


def _unreadable(source: str, reason: str) -> InputProblem:
    sentence = tr("{file}: the file can’t be read: {reason}.")
    return InputProblem(source, sentence.format(file=source, reason=reason))
