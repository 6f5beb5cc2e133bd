"""Whether the keyring may hold something of this program's, told by a file that holds nothing.

To ask the keyring itself may make the system ask the person for its password, who has kept nothing
yet and would wonder what for.
"""

import contextlib
from pathlib import Path

from app.files.writing import write_text
from app.system.own_folders import data_folder


class KeptMark:
    """The file; its folder is looked up at each call."""

    @property
    def _path(self) -> Path:
        return data_folder() / "keyring-used"

    def is_set(self) -> bool:
        """Tell whether something may be kept."""
        return self._path.is_file()

    def set(self) -> bool:
        """Remember that something is about to be kept; False where the disk refuses."""
        try:
            write_text(self._path, "")
        except OSError:
            return False
        return True

    def clear(self) -> None:
        """Remember that nothing is kept any more."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
