"""Tries the installer on Windows itself: installed, upgraded, removed, all of it silently.

``python packaging/windows/try_installer.py INSTALLER``, as ``packaging/wine`` does under Wine.
It is for a computer that nobody uses: what is installed of this program is removed there, and so
are its saved details.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(ROOT)]

from bundle import names  # noqa: E402
from wine.installer_trial import NEXT_VERSION, Trial  # noqa: E402
from wine.wine import Wine  # noqa: E402

from windows import installer  # noqa: E402


def main(arguments: list[str]) -> int:
    """Try it; return the exit status."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    if os.name != "nt":
        print("This is not Windows: packaging/wine/try_out.py tries it here.", file=sys.stderr)
        return 2
    folder = ROOT / "dist" / names.FOLDER
    with tempfile.TemporaryDirectory() as out:
        second = installer.make(folder, Path(out), None, NEXT_VERSION, sign=False, quick=True)
        first = str(Path(arguments[0]).resolve())
        trial = Trial(Wine.none(), folder, (first, names.VERSION), (str(second), NEXT_VERSION))
        right = True
        for found in trial.all_steps(with_old_windows=False):
            print(found.line(), flush=True)
            right = right and found.right
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
