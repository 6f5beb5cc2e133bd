"""``policies``: the documents for a draft."""

import sys
from pathlib import Path

from app.commands.output import complain, print_json, read_draft_at
from app.core.draft_file import DraftFile
from app.core.i18n import tr
from app.core.reading import InputProblem
from app.exports.documents import policy_files
from app.exports.policies_json import policies_json
from app.system.files import write_text


def print_policies(draft_path: Path, out: Path | None) -> int:
    """Print the draft's documents as JSON, or write them into ``out`` and print their names."""
    read = read_draft_at(draft_path)
    if isinstance(read, InputProblem):
        return complain(read.text)
    for warning in read.warnings:
        words = tr("Note: {field}: {text}")
        print(words.format(field=warning.field, text=warning.text), file=sys.stderr)
    if out is None:
        print_json(policies_json(read.draft))
        return 0
    return _write(read, out)


def _write(read: DraftFile, out: Path) -> int:
    files = policy_files(read.draft)
    for file in files:
        try:
            write_text(out / file.name, file.text)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            sentence = tr("{file}: the file can’t be written: {reason}.")
            return complain(sentence.format(file=out / file.name, reason=reason))
    for file in files:
        print(out / file.name)
    return 0
