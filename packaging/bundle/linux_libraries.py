"""Which shared libraries of the Linux that builds come along, and which each Linux has itself.

A desktop has the libraries of its screen, fonts and bus, and drivers that want just those: taking
them along breaks more than it mends. What a bare desktop lacks for Qt, and what Python needs, is
small and comes along. All others stay, and a library that is new here fails the build.
"""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bundle.contents import Entry

BUNDLED = {
    # What libqxcb is linked to, beyond a desktop's own: each is a thin layer over libxcb.
    "libxcb-cursor.so.0": "MIT",
    "libxcb-icccm.so.4": "MIT",
    "libxcb-image.so.0": "MIT",
    "libxcb-keysyms.so.1": "MIT",
    "libxcb-randr.so.0": "MIT",
    "libxcb-render-util.so.0": "MIT",
    "libxcb-render.so.0": "MIT",
    "libxcb-shape.so.0": "MIT",
    "libxcb-shm.so.0": "MIT",
    "libxcb-sync.so.1": "MIT",
    "libxcb-util.so.1": "MIT",
    "libxcb-xfixes.so.0": "MIT",
    "libxcb-xkb.so.1": "MIT",
    # Two halves of one library, which know each other's insides: together or not at all.
    "libxkbcommon.so.0": "MIT",
    "libxkbcommon-x11.so.0": "MIT",
    # Of Python's own modules.
    "libssl.so.3": "Apache-2.0",
    "libcrypto.so.3": "Apache-2.0",
    "libffi.so.8": "MIT",
    "libbz2.so.1.0": "bzip2-1.0.6",
    "liblzma.so.5": "0BSD",
    "libexpat.so.1": "MIT",  # of Debian's Python; others have it built in
}
"""Those of the system's libraries that come along, each with its licence (SPDX)."""

FROM_SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libresolv.so.2": "libc6",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libuuid.so.1": "libuuid1",
    "libzstd.so.1": "libzstd1",
    # Qt's network library, which is asked whether the program is open already.
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
"""What every Linux desktop has, with Debian 12's package; without one of these it doesn't start."""

ONLY_THERE = {
    # The look of GNOME, of which the plugin is used only there.
    "libgtk-3.so.0": "libgtk-3-0",
    "libgdk-3.so.0": "libgtk-3-0",
    "libatk-1.0.so.0": "libatk1.0-0",
    "libcairo.so.2": "libcairo2",
    "libcairo-gobject.so.2": "libcairo-gobject2",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangocairo-1.0.so.0": "libpangocairo-1.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgdk_pixbuf-2.0.so.0": "libgdk-pixbuf-2.0-0",
    # Wayland's own, where the screen is one.
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""What a plugin needs that is loaded only on a desktop which has it."""

_PYTHONS = re.compile(r"/lib-dynload/|/libpython\d")
_WHEELS_OR_PYTHON = re.compile(r"/site-packages/|/lib-dynload/|/libpython\d")


def of_the_bundle(entries: Iterable[Entry]) -> list[Entry]:
    """Return ``entries`` without the system's libraries that are not ``BUNDLED``."""
    return [
        entry
        for entry in entries
        if entry.kind != "BINARY"
        or _WHEELS_OR_PYTHON.search(entry.source)
        or entry.place.name in BUNDLED
    ]


def without_debugging(entries: Iterable[Entry], work: Path) -> list[Entry]:
    """Return ``entries`` with Python's own libraries replaced by copies for users, under ``work``.

    A Python that was built on this machine has what a debugger reads in them: three quarters of
    their size. Those of the wheels stay as their makers signed and shipped them.
    """
    work.mkdir(parents=True, exist_ok=True)
    return [_stripped(entry, work) if _PYTHONS.search(entry.source) else entry for entry in entries]


def _stripped(entry: Entry, work: Path) -> Entry:
    copy = work / entry.place.name
    subprocess.run(["strip", "--strip-unneeded", "-o", str(copy), entry.source], check=True)
    return entry._replace(source=str(copy))


def needed_from_system(folder: Path) -> dict[str, str]:
    """Return the libraries that the files in ``folder`` need and it lacks, with Debian's package.

    Raises ValueError where there is one that nothing here names.
    """
    files = [file for file in folder.rglob("*") if file.is_file() and is_elf(file)]
    there = {file.name for file in files}
    missing = sorted({name for file in files for name in linked_to(file)} - there)
    known = {**FROM_SYSTEM, **ONLY_THERE}
    unknown = [name for name in missing if name not in known]
    if unknown:
        raise ValueError(
            f"The bundle needs {', '.join(unknown)}, and linux_libraries.py doesn't say whether"
            " each Linux has it. Name it in BUNDLED, FROM_SYSTEM or ONLY_THERE."
        )
    return {name: known[name] for name in missing}


def glibc_needed(folder: Path) -> str:
    """Return the newest version of glibc that a file in ``folder`` asks for, as ``2.34``."""
    versions = {
        tuple(map(int, number.split(".")))
        for file in folder.rglob("*")
        if file.is_file() and is_elf(file)
        for number in re.findall(r"\bGLIBC_(\d+(?:\.\d+)+)", _told_of(file))
    }
    return ".".join(map(str, max(versions)))


def is_elf(file: Path) -> bool:
    """Return whether a file is a program or library of Linux."""
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def linked_to(file: Path) -> list[str]:
    """Return the names of the libraries that a file itself asks for."""
    return re.findall(r"^\s+NEEDED\s+(\S+)", _told_of(file), re.MULTILINE)


@cache
def _told_of(file: Path) -> str:
    command = ["objdump", "-p", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
