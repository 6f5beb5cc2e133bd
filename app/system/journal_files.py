"""The journals of this computer's runs: a file for each, on the disk before AWS is asked."""

from collections.abc import Iterator
from pathlib import Path

from app.core.i18n import tr
from app.core.journal import Journal
from app.core.journal_json import dump_journal, read_journal
from app.core.reading import InputProblem, on_one_line
from app.core.undo import latest_to_undo, latest_unfinished
from app.system.files import write_text


class JournalFiles:
    """Implements ``app.flow.ports.Journals`` over the files of ``folder``.

    A file that can't be read is left as it is, and told by ``problems``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, journal: Journal) -> str | None:
        """Write the journal's file; return the sentence where the disk refuses."""
        path = self._folder / f"{journal.id}.json"
        try:
            write_text(path, dump_journal(journal))
        except OSError as error:
            sentence = tr(
                "The journal of this run could not be saved in {folder} ({reason}), so nothing "
                "more is changed in AWS. Make room, or let this program write there; then go on."
            )
            reason = on_one_line(error.strerror or str(error))
            return sentence.format(folder=self._folder, reason=reason)
        return None

    def unfinished(self, account_id: str | None = None) -> Journal | None:
        """Return the latest run that was not ended and left something; of any account for None."""
        return latest_unfinished(self._journals(), account_id)

    def last_to_undo(self, account_id: str) -> Journal | None:
        """Return the latest run in the account that can be undone and was not."""
        return latest_to_undo(self._journals(), account_id)

    def problems(self) -> tuple[InputProblem, ...]:
        """Return why each file that can't be read can't."""
        return tuple(found for found in self._read() if isinstance(found, InputProblem))

    def _journals(self) -> Iterator[Journal]:
        return (found for found in self._read() if isinstance(found, Journal))

    def _read(self) -> Iterator[Journal | InputProblem]:
        try:
            paths = sorted(self._folder.glob("*.json"))
        except OSError:
            return
        for path in paths:
            yield _read_one(path)


def _read_one(path: Path) -> Journal | InputProblem:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        sentence = tr("{file} can’t be read: {reason}")
        reason = error.strerror if isinstance(error, OSError) else tr("it is not text in UTF-8.")
        text = sentence.format(file=path.name, reason=reason)
        return InputProblem(path.name, on_one_line(text))
    return read_journal(text, path.name)
