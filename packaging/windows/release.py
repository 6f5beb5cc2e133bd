"""Makes of a built folder what people download for Windows: the installer, and a zip of the folder.

``python packaging/windows/release.py [--folder DIR] [--out DIR]``. Where the environment names a
certificate (``sign.py``) the programs, the uninstaller and the installer are signed, else each file
has ``-unsigned`` in its name. The zip runs from wherever it is unpacked, without being installed;
it is no program that leaves no trace: what is saved lies in the person's own folder, as ever.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(ROOT)]

from build_steps import write_checksums  # noqa: E402
from bundle import archives, names  # noqa: E402
from bundle.source_date import source_date  # noqa: E402

from windows import installer  # noqa: E402
from windows.sign import PFX, THUMBPRINT, UNSIGNED, CannotSignError, sign  # noqa: E402


def main(arguments: list[str]) -> int:
    """Make both; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=ROOT / "dist" / names.FOLDER)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    asked = parser.parse_args(arguments)
    signing = any(os.environ.get(name) for name in (THUMBPRINT, PFX))
    try:
        if signing:
            for name in (names.WINDOW_PROGRAM, names.CONSOLE_PROGRAM):
                sign(asked.folder / f"{name}.exe", os.environ, windows=os.name == "nt")
        made = installer.make(asked.folder, asked.out, None, names.VERSION, sign=signing)
    except CannotSignError as problem:
        print(UNSIGNED.format(reason=problem), file=sys.stderr)
        return 1
    except installer.CannotBuildError as problem:
        print(problem, file=sys.stderr)
        return 1
    # The build packed what was not signed yet.
    archive = asked.out / f"{made.stem}.zip"
    archives.write_zip(asked.folder, archive, names.FOLDER, source_date(ROOT))
    for file in (made, archive):
        kept = file if signing else file.replace(file.with_stem(f"{file.stem}-unsigned"))
        print(f"{kept.name}: {kept.stat().st_size / 1e6:.1f} MB")
    write_checksums(asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
