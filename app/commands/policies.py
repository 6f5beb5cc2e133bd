"""``policies``: the documents for a draft."""

from collections.abc import Iterable
from pathlib import Path

from app.commands.output import (
    complain,
    print_document,
    print_json,
    read_draft_at,
    say,
    tell,
    write_output,
)
from app.core.formats.policies_json import policies_to_json
from app.core.formats.reading import InputProblem
from app.core.i18n import tr
from app.core.problem import Problem
from app.core.wording.problems import problem_text
from app.exports.by_format import EXPORTS
from app.exports.pieces.exported_file import ExportedFile


def print_policies(draft_path: str, export: str, out: str | None, *, as_json: bool) -> int:
    """Print the draft's documents as one document, or write them into ``out`` as files.

    ``export`` names the form of the files (``app.exports.by_format``); the first of them is the one
    that is printed. The files' names go to standard output, or beside the JSON document to
    standard error. Returns the exit status.
    """
    file = read_draft_at(draft_path)
    if isinstance(file, InputProblem):
        return complain(file.text)
    files = EXPORTS[export](file.draft)
    if out is not None:
        problem = _write_and_name(files, out, as_json=as_json)
        if problem is not None:
            return complain(problem)
    _tell(file.warnings)
    if as_json or (out is None and export == "json"):
        print_json(policies_to_json(file.draft))
    elif out is None:
        print_document(files[0].text)
    return 0


def _write_and_name(files: Iterable[ExportedFile], out: str, *, as_json: bool) -> str | None:
    """Write ``files`` and print their names; return the sentence where that is not possible."""
    written = {str(Path(out) / file.name): file.text for file in files}
    for path, text in written.items():
        problem = write_output(path, text)
        if problem is not None:
            return problem
    (tell if as_json else say)(*written)
    return None


def _tell(warnings: Iterable[Problem]) -> None:
    for warning in warnings:
        words = tr("Note: {field}: {text}")
        tell(words.format(field=warning.field, text=problem_text(warning)))
