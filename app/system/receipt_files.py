"""Receipts kept on this computer, one file for each run."""

from pathlib import Path

from app.files.writing import sweep, write_text


class ReceiptFiles:
    """Writes receipts into one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, text: str) -> str | None:
        """Write ``text`` as the receipt ``name``; return where it is, or None if it could not be.

        A disk that refuses costs the copy only: the receipt is shown and can be saved elsewhere.
        """
        path = self._folder / f"receipt-{name}.txt"
        sweep(self._folder)
        try:
            write_text(path, text)
        except OSError:
            return None
        return str(path)
