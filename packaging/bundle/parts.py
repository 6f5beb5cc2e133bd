"""What a bundle is made of: each part with its version, its licence and the files that it brought.

Told by what is really in it. A distribution of which nothing is shipped is no part, and a library
that no part brought ends the build: whoever ships a thing has to say whose it is.
"""

from __future__ import annotations

import platform
import re
import ssl
import subprocess
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from packaging.utils import canonicalize_name

from app.system.components import installed_components, licences_folder
from bundle import linux_libraries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.core.component import Component
    from bundle.contents import Entry


class Part(NamedTuple):
    """One part. ``licence`` is an SPDX expression, ``texts`` are the files with its text.

    ``package`` is its package URL (purl). ``files`` are its libraries in the bundle, by where they
    lie there; a part that was linked into another's has none.
    """

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]
    package: str
    files: tuple[Entry, ...] = ()


class UnknownLibraryError(Exception):
    """The bundle has a library that no part brought; its text says which."""


def parts_of(entries: Iterable[Entry], modules: Iterable[str], names: Iterable[str]) -> list[Part]:
    """Return the parts of a bundle, by their names.

    ``entries`` are its files, ``modules`` the sources of the Python modules that are packed into
    the programs, ``names`` the distributions that may be shipped. Raises UnknownLibraryError.
    """
    shipped = list(entries)
    libraries = [entry for entry in shipped if entry.kind in {"BINARY", "EXTENSION"}]
    sources = {str(Path(each.source).resolve()) for each in shipped} | {
        str(Path(each).resolve()) for each in modules
    }
    told = installed_components()
    parts = list(_distributions(names, sources, libraries, told))
    parts += [_python(libraries), _bootloader(), *_inside(parts)]
    parts += _qt(libraries, told)
    mine = {entry for part in parts for entry in part.files}
    parts += _of_debian([entry for entry in libraries if entry not in mine])
    return sorted(parts, key=lambda part: part.name.lower())


def _distributions(
    names: Iterable[str],
    sources: set[str],
    libraries: list[Entry],
    told: Iterable[Component],
) -> Iterator[Part]:
    by_name: dict[str, Component] = {canonicalize_name(each.name): each for each in told}
    for name in sorted(names):
        files = _files_of(name)
        if files.isdisjoint(sources):
            continue  # it is asked for, and nothing of it was found to be used
        component = by_name[canonicalize_name(name)]
        mine = [each for each in libraries if str(Path(each.source).resolve()) in files]
        yield Part(
            component.name,
            component.version,
            component.licence,
            tuple(licences_folder() / text for text in component.files),
            f"pkg:pypi/{canonicalize_name(name)}@{component.version}",
            tuple(each for each in mine if not _is_qts(each)),
        )


def _files_of(name: str) -> set[str]:
    """Return the files that a distribution installed, without what tells about it."""
    distribution = metadata.distribution(name)
    return {
        str(Path(str(distribution.locate_file(file))).resolve())
        for file in distribution.files or ()
        if ".dist-info" not in file.parts[0] and ".egg-info" not in file.parts[0]
    }


def _python(libraries: list[Entry]) -> Part:
    version = platform.python_version()
    own = [licence for licence in _python_texts() if licence.is_file()]
    texts = tuple(own[:1]) or (licences_folder() / "texts" / "Python.txt",)
    files = tuple(each for each in libraries if _is_pythons(each))
    return Part("Python", version, "PSF-2.0", texts, f"pkg:generic/python@{version}", files)


def _python_texts() -> list[Path]:
    paths = sysconfig.get_paths()
    return [Path(paths["stdlib"], "LICENSE.txt"), Path(paths["data"], "LICENSE.txt")]


def _is_pythons(entry: Entry) -> bool:
    """Return whether this is Python's own library, or one of its modules."""
    name = entry.place.name.lower()
    source = entry.source.replace("\\", "/").lower()
    return (
        "lib-dynload" in entry.place.parts
        or re.match(r"(lib)?python\d|python$|vcruntime|ucrtbase|api-ms-win", name) is not None
        or ("/site-packages/" not in source and name.endswith(".pyd"))
    )


def _bootloader() -> Part:
    version = metadata.version("pyinstaller")
    files = metadata.distribution("pyinstaller").files or ()
    texts = tuple(Path(str(each.locate())) for each in files if each.name == "COPYING.txt")
    licence = "GPL-2.0-or-later WITH Bootloader-exception"
    return Part("PyInstaller", version, licence, texts, f"pkg:pypi/pyinstaller@{version}")


def _inside(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield what others wrote and a distribution was linked to, where it tells of it."""
    names: dict[str, Part] = {canonicalize_name(part.name): part for part in parts}
    if "lxml" in names:
        from lxml import etree

        for name, version in (
            ("libxml2", etree.LIBXML_COMPILED_VERSION),
            ("libxslt", etree.LIBXSLT_COMPILED_VERSION),
        ):
            text = ".".join(map(str, version))
            yield Part(f"{name} (in lxml)", text, "MIT", names["lxml"].texts, _generic(name, text))
    if "cryptography" in names:
        from cryptography.hazmat.backends.openssl import backend

        version = _openssl_version(backend.openssl_version_text())
        texts = names["cryptography"].texts
        package = _generic("openssl", version)
        yield Part("OpenSSL (in cryptography)", version, "Apache-2.0", texts, package)


def _openssl_version(told: str) -> str:
    """Return the number of ``OpenSSL 3.5.4 30 Sep 2025``."""
    words = told.split()
    return words[1] if len(words) > 1 else told


def _qt(libraries: list[Entry], told: Iterable[Component]) -> Iterator[Part]:
    """Yield Qt, what others wrote in it, and ICU where Qt brings that."""
    for component in told:
        if component.name == "Qt":
            texts = tuple(licences_folder() / text for text in component.files)
            icu = tuple(each for each in libraries if each.place.name.startswith("libicu"))
            files = tuple(each for each in libraries if _is_qts(each) and each not in icu)
            package = _generic("qt", component.version)
            yield Part("Qt", component.version, component.licence, texts, package, files)
            if icu:
                version = icu[0].place.name.rpartition(".")[2]
                text = licences_folder() / "qt" / "unicode-character-database-ucd.txt"
                package = _generic("icu", version)
                yield Part("Qt: ICU", version, "Unicode-DFS-2016", (text,), package, icu)
        elif component.name.startswith("Qt: "):
            texts = tuple(licences_folder() / text for text in component.files)
            slug = re.sub(r"[^a-z0-9]+", "-", component.name.lower()).strip("-")
            package = _generic(slug, component.version)
            yield Part(component.name, component.version, component.licence, texts, package)


def _is_qts(entry: Entry) -> bool:
    parts = entry.place.parts
    name = entry.place.name.lower()
    return parts[0] in {"PySide6", "shiboken6"} and (
        "plugins" in parts or "lib" in parts or name.startswith(("qt6", "msvcp", "vcruntime"))
    )


def _generic(name: str, version: str) -> str:
    return f"pkg:generic/{name}@{version}" if version else f"pkg:generic/{name}"


def _of_debian(entries: list[Entry]) -> list[Part]:
    """Return the system's libraries that come along, each package of them once."""
    if not entries:
        return []
    unknown = [entry.place.name for entry in entries if _licence_of(entry) is None]
    if unknown:
        raise UnknownLibraryError(
            f"The bundle has {', '.join(sorted(unknown))}, and nothing tells whose that is."
            " Leave it out in bundle/contents.py, or name it and its licence."
        )
    packages: dict[str, list[Entry]] = {}
    for entry in entries:
        packages.setdefault(_package_of(entry), []).append(entry)
    return [_debian_part(name, files) for name, files in sorted(packages.items())]


def _licence_of(entry: Entry) -> str | None:
    return linux_libraries.BUNDLED.get(entry.place.name) or _OPENSSL.get(
        re.sub(r"[-.].*", "", entry.place.name.lower())
    )


_OPENSSL = {"libssl": "Apache-2.0", "libcrypto": "Apache-2.0", "libffi": "MIT"}
"""What Python brings on Windows and macOS, by the beginning of its file's name."""


def _package_of(entry: Entry) -> str:
    """Return Debian's package of a library, or its own name where there is none."""
    path = Path(entry.source).resolve()
    for place in (path, Path(str(path).removeprefix("/usr"))):
        told = _answer(["dpkg-query", "--search", str(place)])
        if told:
            return told.partition(":")[0]
    return re.sub(r"[-.].*", "", entry.place.name)


def _debian_part(name: str, files: list[Entry]) -> Part:
    version = _answer(["dpkg-query", "--show", "--showformat", "${Version}", name])
    licence = _licence_of(files[0]) or ""
    if version:
        text = Path("/usr/share/doc", name, "copyright")
        package = f"pkg:deb/debian/{name}@{version}"
        return Part(name, version, licence, (text,), package, tuple(files))
    # Windows and macOS: it came with Python, whose own licence has its text.
    version = _openssl_version(ssl.OPENSSL_VERSION) if name.startswith(("libssl", "libcry")) else ""
    text = _python([]).texts[0]
    return Part(name, version, licence, (text,), _generic(name, version), tuple(files))


def _answer(command: list[str]) -> str:
    """Return what a command prints, or nothing where it can't be run or fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
