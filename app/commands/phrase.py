"""``phrase``: the words by which two people confirm that they speak of the same values."""

from app.commands.output import complain, print_json, read_draft_at, say
from app.core.formats.phrase_json import phrases_to_json
from app.core.formats.reading import InputProblem
from app.core.wording.phrases import phrases_text


def print_phrases(draft_path: str, *, as_json: bool) -> int:
    """Print the phrase of the AWS account and that of the UbiQuity Account ID, never the values.

    Returns the exit status.
    """
    file = read_draft_at(draft_path)
    if isinstance(file, InputProblem):
        return complain(file.text)
    if as_json:
        print_json(phrases_to_json(file.draft))
    else:
        say(*phrases_text(file.draft))
    return 0
