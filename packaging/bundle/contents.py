"""Which files a bundle has: of what PyInstaller found, what the program uses.

PyInstaller takes a package's data whole, and for each Qt library all plugins that it could load.
Here stands what is used instead: an entry not named is left out, and so is a shared library that
nothing in the bundle needs any more. Measured in ``build_steps``: the limits are there.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import translations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Entry(NamedTuple):
    """A file of the bundle as PyInstaller tells it: where it goes, where it is, and its kind."""

    target: str
    source: str
    kind: str

    @property
    def place(self) -> PurePosixPath:
        """Where it goes, on every system alike."""
        return PurePosixPath(self.target.replace("\\", "/"))


AWS_SERVICES = frozenset({"cloudtrail", "iam", "kms", "s3", "signin", "sso", "sso-oidc", "sts"})
"""The services of botocore's data that ``app/aws`` makes clients of (a test reads its source).

What lies beside the services' folders (endpoints, partitions, retries) is always there.
"""

MOTO_PARTS = frozenset(
    {
        *("core", "moto_api", "moto_server", "utilities"),
        *("iam", "kms", "s3", "s3bucket_path", "sts"),
        # What happens in a bucket is told to these, and nobody listens.
        *("cloudwatch", "events"),
    }
)
"""The folders of moto that the practice AWS loads, of some 130.

``self-check`` in the program that was built does a whole set-up there: it fails where one lacks.
"""

QT_PLUGINS = (
    # The screen; `offscreen` is for the tour, for tests and for a picture by self-check.
    r"platforms/(lib)?q(xcb|wayland|offscreen|windows|cocoa)",
    # How this desktop looks, and what its dialogs for files are.
    r"platformthemes/.*",
    r"styles/.*",
    r"wayland-shell-integration/libxdg-shell",
    r"wayland-decoration-client/.*",
    # How Japanese is typed, and accents.
    r"platforminputcontexts/lib(compose|ibus)platforminputcontextplugin",
    # Our pictures.
    r"iconengines/(lib)?qsvgicon",
    r"imageformats/(lib)?q(svg|ico|icns)",
)
"""The plugins of Qt that are used, by folder and name; the name may go on."""

LANGUAGES = tuple(translations.catalogues(translations.ROOT))
"""Languages whose words of Qt's own dialogs come along; English is in the code."""

_LEFT_OUT = (
    r"(^|/)(tests?|__pycache__|include|docs?|examples?)/",
    r"\.(pyi|pyx|pxd|h|c|cpp|typed)$",
    r"^boto3/(data|examples)/",
    # The schema language of lxml, which reads a listing here.
    r"^lxml/isoschematron/",
    # For other languages than our words have, keyboards on the screen, and web pages.
    r"^PySide6/(Qt/)?(qml|resources|translations)/(?!qtbase_)",
)
_METADATA = {"METADATA", "entry_points.txt"}
"""What is read of a distribution's own data: its version, and by keyring its stores."""
_QT_PLUGIN = re.compile(r"^PySide6/(?:Qt/)?plugins/(.+)$")
_USED_PLUGIN = re.compile("|".join(f"(?:{pattern})" for pattern in QT_PLUGINS))
_OTHERS = re.compile("|".join(f"(?:{pattern})" for pattern in _LEFT_OUT))
_QT_WORDS = re.compile(r"^PySide6/(?:Qt/)?translations/qtbase_(\w+)\.qm$")


def is_used(place: PurePosixPath) -> bool:
    """Return whether the program uses the file that would go to ``place``."""
    text = place.as_posix()
    plugin, words = _QT_PLUGIN.match(text), _QT_WORDS.match(text)
    if plugin:
        return _USED_PLUGIN.match(plugin[1]) is not None
    if words:
        return words[1] in LANGUAGES
    if place.parts[:2] == ("botocore", "data") and len(place.parts) > 3:
        return place.parts[2] in AWS_SERVICES
    if place.parts[0] == "moto" and len(place.parts) > 2:
        return place.parts[1] in MOTO_PARTS
    if place.parts[0].endswith((".dist-info", ".egg-info")):
        return place.name in _METADATA
    return _OTHERS.search(text) is None


def used(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that are used, in the order of where they go."""
    return sorted((each for each in entries if is_used(each.place)), key=lambda each: each.target)


def reached(entries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return ``entries`` without the shared libraries that nothing among them needs.

    ``needs`` returns the names (or paths) of the libraries that the file at a path is linked to.
    Modules and plugins are needed in themselves, and so is Python's own library, which the
    program's start loads by its name.
    """
    everything = list(entries)
    by_name = _libraries_by_name(everything)
    left = [entry for entry in everything if _stands_alone(entry)]
    kept = {entry.target for entry in left}
    while left:
        entry = left.pop()
        for library in _needed(entry, by_name, needs):
            if library.target not in kept:
                kept.add(library.target)
                left.append(library)
    places = {entry.target.replace("\\", "/") for entry in everything if entry.target in kept}
    return [
        entry
        for entry in everything
        if (_pointed_to(entry) in places if entry.kind == "SYMLINK" else entry.target in kept)
    ]


def _libraries_by_name(entries: list[Entry]) -> dict[str, list[Entry]]:
    """Return the libraries of each name, in capitals or not: Windows makes no difference.

    Several packages bring one of their own, each for who lies beside it: all of them are needed
    where one is (Windows' runtime library, which Python's own asks for from its folder).
    """
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "BINARY":
            by_name.setdefault(entry.place.name.lower(), []).append(entry)
    return by_name


def _needed(
    entry: Entry, by_name: dict[str, list[Entry]], needs: Callable[[str], Iterable[str]]
) -> Iterator[Entry]:
    if entry.kind in {"BINARY", "EXTENSION"}:
        for name in needs(entry.source):
            yield from by_name.get(Path(name.replace("\\", "/")).name.lower(), ())


def _stands_alone(entry: Entry) -> bool:
    if entry.kind != "BINARY":
        return entry.kind != "SYMLINK"
    name = entry.place.name.lower()
    return "plugins" in entry.place.parts or re.match(r"(lib)?python\d", name) is not None


def _pointed_to(link: Entry) -> str:
    """Return where a link of the bundle leads; its source is told from where it lies."""
    parts: list[str] = []
    for part in (link.place.parent / link.source.replace("\\", "/")).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)
