"""The journals of this computer's runs: a file for each, on the disk before AWS is asked."""

from collections.abc import Iterator
from pathlib import Path

from app.core.changes.undo import latest_apply, latest_to_undo, latest_unfinished, standing_since
from app.core.draft import Draft
from app.core.formats.journal_json import dump_journal, read_journal
from app.core.formats.reading import InputProblem, on_one_line
from app.core.i18n import tr
from app.core.journal import Journal, numbered
from app.files.reading import INPUT_AT_MOST, FileProblem, read_text
from app.files.writing import sweep, write_text
from app.system.account_claim import AccountClaim


class JournalFiles:
    """Implements ``app.flow.ports.journals.Journals`` over the files of ``folder``.

    A file that can't be read is left as it is, and told by ``problems``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, journal: Journal) -> Journal:
        """Return the run with the number after all that can be read, and an id of its own."""
        if journal.number is not None:
            return journal
        last = max((entry.number or 0 for entry in self._journals()), default=0)
        return numbered(journal, last, {path.stem for path in self._folder.glob("*.json")})

    def save(self, journal: Journal) -> str | None:
        """Write the journal's file; return the sentence where the disk refuses."""
        path = self._folder / f"{journal.id}.json"
        sweep(self._folder)
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

    def find(self, journal_id: str) -> Journal | None:
        """Return the journal as it was last saved; None where there is none that can be read."""
        journal = _read_one(self._folder / f"{journal_id}.json")
        return journal if isinstance(journal, Journal) else None

    def claim(self, account_id: str) -> AccountClaim:
        """Return the claim, not yet taken, to change the account."""
        return AccountClaim(self._folder / f"{account_id}.lock", account_id)

    def unfinished(self, account_id: str | None = None) -> Journal | None:
        """Return the latest run that was not ended and left something; of any account for None."""
        return latest_unfinished(self._journals(), account_id)

    def last_to_undo(self, account_id: str) -> Journal | None:
        """Return the latest run in the account that can be undone and was not."""
        return latest_to_undo(self._journals(), account_id)

    def last_apply(self, account_id: str, draft: Draft | None = None) -> Journal | None:
        """Return the latest set-up in the account that can be undone; of any draft for None."""
        return latest_apply(self._journals(), account_id, draft)

    def standing_since(self, journal: Journal) -> Journal | None:
        """Return the latest run after ``journal`` that changed some of the same, and stands."""
        return standing_since(self._journals(), journal)

    def problems(self) -> tuple[InputProblem, ...]:
        """Return why each file that can't be read can't, and what that means for undo."""
        return tuple(entry for entry in self._read() if isinstance(entry, InputProblem))

    def unread_since(self, journal: Journal | None) -> tuple[InputProblem, ...]:
        """Return the problems that may hide a run later than ``journal``; all of them for None.

        While there are any, ``journal`` is not certain to be the last run. A file's name is its
        run's id, which sorts by time (all that a file that can't be read tells); another name
        tells nothing of when.
        """
        if journal is None:
            return self.problems()
        return tuple(p for p in self.problems() if _may_be_later(p.source, journal.id))

    def _journals(self) -> Iterator[Journal]:
        return (entry for entry in self._read() if isinstance(entry, Journal))

    def _read(self) -> Iterator[Journal | InputProblem]:
        try:
            paths = sorted(self._folder.iterdir())
        except FileNotFoundError:
            return  # no run has begun on this computer
        except OSError as error:
            sentence = tr(
                "Runs that this program made earlier can’t be undone here, since the folder "
                "{folder} can’t be read: {reason}."
            )
            reason = on_one_line(error.strerror or str(error))
            yield InputProblem("", sentence.format(folder=self._folder, reason=reason))
            return
        for path in paths:
            if path.suffix == ".json" and not path.name.startswith("."):
                yield _read_one(path)


def _may_be_later(name: str, journal_id: str) -> bool:
    stem = name.removesuffix(".json")
    return not stem[:1].isdigit() or stem > journal_id


def _read_one(path: Path) -> Journal | InputProblem:
    text = read_text(path, INPUT_AT_MOST, own=True)
    if isinstance(text, FileProblem):
        return _problem(path, f"{path.name}: {text.reason}.")
    journal = read_journal(text, path.name)
    return _problem(path, journal.text) if isinstance(journal, InputProblem) else journal


def _problem(path: Path, reason: str) -> InputProblem:
    sentence = tr(
        "A run that this program made earlier can’t be gone on with or undone here, since its "
        "journal in {folder} can’t be read: {reason}"
    )
    text = sentence.format(folder=path.parent, reason=reason)
    return InputProblem(path.name, on_one_line(text))
