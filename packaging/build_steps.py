"""The build, by a Python that has the program and its tools: ``.venv``'s, or one under Wine.

``packaging/build.py`` sets one up and runs this. Each step tells what it made; a step that can't be
done ends the build with one sentence and the exit status 1.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(1, str(ROOT))

import translations  # noqa: E402
from bundle import names  # noqa: E402
from bundle.source_date import source_date  # noqa: E402


def main(arguments: list[str]) -> int:
    """Build what is asked for; return the exit status."""
    parser = argparse.ArgumentParser(prog="build.py")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    folder = make_folder(asked.out.resolve(), ROOT / "build")
    print(f"Built: {folder}", flush=True)
    return 0


def make_folder(out: Path, work: Path, *, practice: bool = True) -> Path:
    """Have PyInstaller make the folder that runs by itself, in ``out``; return it.

    ``work`` is where it keeps what it makes on the way. It is a process of its own, so that the
    order of what it collects is the same each time (PYTHONHASHSEED). Raises CalledProcessError.
    """
    translations.compile_stale(ROOT)
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(source_date(ROOT)),
        "UBIQUITY_PRACTICE": "1" if practice else "0",
    }
    places = ["--distpath", str(out), "--workpath", str(work), "--noconfirm", "--clean"]
    spec = str(ROOT / "packaging" / "ubiquity-s3-setup.spec")
    command = [sys.executable, "-m", "PyInstaller", "--log-level", "WARN", *places, spec]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    folder = out / names.FOLDER
    if sys.platform.startswith("linux"):
        (folder / names.WINDOW_PROGRAM).symlink_to(names.CONSOLE_PROGRAM)
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
