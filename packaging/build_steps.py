"""The build, by a Python that has the program and its tools: ``.venv``'s, or one under Wine.

``packaging/build.py`` sets one up and runs this. Each step tells what it made and measured; a step
that can't be done, or a limit that is passed, ends the build with one sentence and the status 1.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(1, str(ROOT))

import translations  # noqa: E402
from bundle import archives, distributions, limits, linux_libraries, names, sbom, sizes  # noqa: E402
from bundle.first_paint import Command, NotPaintedError, Starts, first_paints  # noqa: E402
from bundle.source_date import source_date  # noqa: E402

LINUX = sys.platform.startswith("linux")
SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
MACHINES = {"amd64": "x64", "x86_64": "x64", "arm64": "arm64", "aarch64": "arm64"}
STARTS = 7
"""How often each program is started for the median."""


class BuildOptions(NamedTuple):
    """What the command line asks for."""

    out: Path
    practice: bool
    quick: bool


def main(arguments: list[str]) -> int:
    """Build what is asked for; return the exit status."""
    parser = argparse.ArgumentParser(prog="build.py")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--without-practice", action="store_true")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args(arguments)
    options = BuildOptions(given.out.resolve(), not given.without_practice, given.quick)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return build(options)
    except subprocess.CalledProcessError as error:
        problem = f"PyInstaller could not make the folder (status {error.returncode}): see above."
    except (NotPaintedError, sbom.InvalidSbomError, ValueError) as error:
        problem = str(error)
    print(f"The build failed. {problem}", file=sys.stderr, flush=True)
    return 1


def build(options: BuildOptions) -> int:
    """Make the folder, then what goes with it; return the exit status."""
    began = time.monotonic()
    # One moment for all of it, whatever is committed meanwhile.
    os.environ["SOURCE_DATE_EPOCH"] = str(source_date(ROOT))
    options.out.mkdir(parents=True, exist_ok=True)
    work = ROOT / "build"
    folder = make_folder(options.out, work, practice=options.practice)
    print(f"Made {folder} in {time.monotonic() - began:.0f} s.", flush=True)
    if options.quick:
        return 0
    if LINUX:
        tell_what_is_needed(folder)
    practice = tell_sizes(folder) if options.practice else 0.0
    archive = pack(folder, options.out)
    list_parts(folder, options.out, work)
    write_checksums(options.out)
    starts = measure_start(folder)
    passed = limits.beyond(archive.stat().st_size, starts.second / starts.first, practice)
    for sentence in passed:
        print(f"Beyond a limit: {sentence}", file=sys.stderr, flush=True)
    print(f"The build took {time.monotonic() - began:.0f} s.", flush=True)
    return 1 if passed else 0


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
        # What it keeps between builds is this clone's own: two builds at a time are no trouble.
        "PYINSTALLER_CONFIG_DIR": str(work / "pyinstaller"),
    }
    places = ["--distpath", str(out), "--workpath", str(work), "--noconfirm", "--clean"]
    spec = str(ROOT / "packaging" / "ubiquity-s3-setup.spec")
    command = [sys.executable, "-m", "PyInstaller", "--log-level", "ERROR", *places, spec]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    folder = out / names.FOLDER
    if sys.platform != "darwin":  # a signature makes other libraries of them afterwards
        support = [sys.executable, "-I", str(ROOT / "packaging" / "pyside_support.py")]
        subprocess.run([*support, str(folder / "_internal" / "shiboken6")], check=True)
    if LINUX:
        (folder / names.WINDOW_PROGRAM).symlink_to(names.CONSOLE_PROGRAM)
        add_for_linux(folder)
    return folder


def add_for_linux(folder: Path) -> None:
    """Make the folder one that a desktop knows what to do with: an AppDir, with a menu entry."""
    for file in sorted((ROOT / "packaging" / "linux").iterdir()):
        shutil.copy(file, folder / file.name)
    icon = folder / f"{names.CONSOLE_PROGRAM}.svg"
    shutil.copy(ROOT / "resources" / "icons" / "app.svg", icon)
    (folder / ".DirIcon").symlink_to(icon.name)


def tell_what_is_needed(folder: Path) -> None:
    """Print which libraries a Linux has to have. Raises ValueError where one is new here."""
    needed = linux_libraries.needed_from_system(folder)
    always = {needed[name] for name in needed if name in linux_libraries.FROM_SYSTEM}
    others = {needed[name] for name in needed} - always
    print("Needed from the system (Debian's names):", ", ".join(sorted(always)), flush=True)
    print("Used on a desktop that has them:", ", ".join(sorted(others)), flush=True)
    print("Needs glibc", linux_libraries.glibc_needed(folder), "or later.", flush=True)


def tell_sizes(folder: Path) -> float:
    """Print the largest parts; return what part of all the practice AWS is."""
    sized = sizes.sizes(folder)
    for part, size in list(sized.items())[:12]:
        whole, packed = limits.megabytes(size.whole), limits.megabytes(size.packed)
        print(f"  {part:<16} {whole:>9} {packed:>9} packed", flush=True)
    both, without = (distributions.shipped_names(practice=each) for each in (True, False))
    share = sizes.share_of(sized, both - without)
    print(f"The practice AWS is {share:.1%} of what is packed: part of the program.", flush=True)
    return share


def stem() -> str:
    """Return the beginning of the archives' names."""
    machine = platform.machine().lower()
    return names.archive_stem(
        SYSTEMS.get(sys.platform, sys.platform), MACHINES.get(machine, machine)
    )


def pack(folder: Path, out: Path) -> Path:
    """Pack the folder as this system's people unpack it; return the archive, told with its size."""
    moment = source_date(ROOT)
    if sys.platform == "win32":
        archive = out / f"{stem()}.zip"
        archives.write_zip(folder, archive, names.FOLDER, moment)
    else:
        archive = out / f"{stem()}.tar.xz"
        archives.write_tar(folder, archive, stem(), moment)
    print(f"Packed: {archive} ({limits.megabytes(archive.stat().st_size)})", flush=True)
    return archive


def list_parts(folder: Path, out: Path, work: Path) -> None:
    """Write the list of what is shipped (CycloneDX) and hold it against its schema."""
    parts = sbom.kept(next(work.rglob(sbom.KEPT)))
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    hashes = sbom.hashes_of(folder / "_internal")
    text = sbom.sbom(parts, hashes, sbom.locked_hashes(lock), source_date(ROOT))
    sbom.validate(text)
    file = out / f"{stem()}.cdx.json"
    file.write_text(text, encoding="utf-8", newline="\n")
    print(f"Listed: {len(parts)} parts in {file}", flush=True)


def write_checksums(out: Path) -> None:
    """Write ``checksums.txt`` over every file that is offered in ``out``."""
    file = out / "checksums.txt"
    offered = [each for each in out.iterdir() if each.is_file() and each != file]
    file.write_text(archives.checksums(offered), encoding="ascii", newline="\n")
    print(f"Summed: {len(offered)} files in {file}", flush=True)


def measure_start(folder: Path) -> Starts:
    """Start the program from source and from the folder in turn; print and return the medians."""
    suffix = ".exe" if sys.platform == "win32" else ""
    source = Command([sys.executable, "-m", "app"], ROOT)
    bundled = Command([str(folder / f"{names.CONSOLE_PROGRAM}{suffix}")], folder)
    starts = first_paints(source, bundled, runs=STARTS)
    print(
        f"First paint: {starts.second * 1000:.0f} ms, from source {starts.first * 1000:.0f} ms:"
        f" {starts.second / starts.first:.2f} times (medians of {STARTS}).",
        flush=True,
    )
    return starts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
