"""Compiles the modules of Python that PySide has inside of its library, for this program alone.

``.venv/bin/python packaging/pyside_support.py [FOLDER]`` writes them beside the library of
``.venv``, or into FOLDER, which has another one of the same: ``app/ui/pyside_start.py`` finds them
there. PySide would compile them at each start anew. One of them writes stubs for programmers
(``pyi_generator``, with all that it loads): an empty one takes its place.

Their source is Qt's, under the same licence as PySide6 (LGPL-3.0-only), and stays beside them.
"""

from __future__ import annotations

import compileall
import shutil
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(1, str(ROOT))

from app.ui.pyside_start import COMPILED, MADE_FOR, libraries_in  # noqa: E402

STUBS = "shibokensupport/signature/lib/pyi_generator.py"
LEFT_OUT = '"""Left out by UbiQuity S3 Connection Setup: it writes stubs for programmers."""\n'


def make(folder: Path) -> bool:
    """Write them into ``folder``, which has the library; return whether PySide has any.

    They are those of the PySide of this Python, which has to be the same. Raises OSError.
    """
    import shiboken6  # noqa: F401 - it brings the module below

    found = getattr(sys.modules.get("shibokensupport"), "__loader__", None)
    archive = getattr(found, "zfile", None)
    if archive is None:
        return False
    compiled = folder / COMPILED
    shutil.rmtree(compiled, ignore_errors=True)
    files = compiled / "files.dir"
    names = [name for name in archive.namelist() if name.endswith(".py")]
    archive.extractall(files, names)
    if STUBS in names:
        (files / STUBS).write_text(LEFT_OUT, encoding="utf-8")
    # By no time of a file: they are copied, packed and unpacked.
    unchecked = PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(files, quiet=1, stripdir=files, invalidation_mode=unchecked)
    (compiled / MADE_FOR).write_text(libraries_in(str(folder)), encoding="utf-8")
    return True


def main(arguments: list[str]) -> int:
    """Make them, and return the exit status: what PySide does not have is no failure."""
    import shiboken6

    make(Path(arguments[0]) if arguments else Path(shiboken6.__file__).parent)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
