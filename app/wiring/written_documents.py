"""The exports as the window takes them. Part of the wiring, like ``app.bootstrap``."""

from app.core.draft import Draft
from app.exports.exported_file import ExportedFile
from app.exports.handoff import handoff_files, handoff_letter
from app.exports.policy_files import policy_files


class WrittenDocuments:
    """Implements ``app.flow.ports.Documents`` with ``app.exports``."""

    def policy_files(self, draft: Draft) -> tuple[tuple[str, str], ...]:
        """Return name and text of each policy document."""
        return _pairs(policy_files(draft))

    def handoff_files(self, draft: Draft) -> tuple[tuple[str, str], ...]:
        """Return name and text of everything to send to an AWS administrator."""
        return _pairs(handoff_files(draft))

    def handoff_letter(self, draft: Draft) -> str:
        """Return the text to send to an AWS administrator."""
        return handoff_letter(draft)


def _pairs(files: tuple[ExportedFile, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((file.name, file.text) for file in files)
