"""The list of everything that is shipped, for whoever watches for flaws: CycloneDX 1.6, JSON.

It is the same bytes for the same bundle: its serial number is worked out from what it says, and
its time is that of the source. Source of the form: the specification, and its schema in
cyclonedx-python-lib, against which each build validates what it wrote.
"""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bundle import archives, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bundle.parts import Part

Json = dict[str, Any]

PROGRAM = f"pkg:generic/{names.CONSOLE_PROGRAM}@{names.VERSION}"


KEPT = "parts.json"
"""Where the spec leaves what the bundle is made of, under the build's working folder."""


class Listed(NamedTuple):
    """A part as it is listed: see ``bundle.parts.Part``. ``places`` are its libraries."""

    name: str
    version: str
    licence: str
    package: str
    places: tuple[str, ...] = ()


class InvalidSbomError(Exception):
    """What was made is no valid CycloneDX; its text says where."""


def keep(parts: Iterable[Part], file: Path) -> None:
    """Write ``file`` with what is listed of the parts: PyInstaller is a process of its own."""
    rows = [
        (each.name, each.version, each.licence, each.package, [str(f.place) for f in each.files])
        for each in parts
    ]
    file.write_text(json.dumps(rows), encoding="utf-8")


def kept(file: Path) -> list[Listed]:
    """Return what ``keep`` wrote."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [
        Listed(name, version, licence, package, tuple(places))
        for name, version, licence, package, places in rows
    ]


def sbom(
    parts: Iterable[Listed], hashes: Mapping[str, str], locked: Mapping[str, list[str]], moment: int
) -> str:
    """Return the list as text.

    ``hashes`` are the SHA-256 of the bundle's files, by where they lie in it, ``locked`` those that
    the lock file allows for each distribution, and ``moment`` is SOURCE_DATE_EPOCH.
    """
    components = [_component(part, hashes, locked) for part in parts]
    program = {"type": "application", "bom-ref": PROGRAM, "name": names.WINDOW_PROGRAM}
    content: Json = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(moment, UTC).isoformat(),
            "component": {**program, "version": names.VERSION, "purl": PROGRAM},
        },
        "components": components,
        "dependencies": [
            {"ref": PROGRAM, "dependsOn": [component["bom-ref"] for component in components]}
        ],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    content["serialNumber"] = f"urn:uuid:{serial}"
    return json.dumps(content, indent=2, sort_keys=True) + "\n"


def _component(part: Listed, hashes: Mapping[str, str], locked: Mapping[str, list[str]]) -> Json:
    component: Json = {
        "type": "framework" if part.name == "Qt" else "library",
        "bom-ref": part.package,
        "name": part.name,
        "licenses": [{"expression": part.licence}],
        "purl": _purl(part.package),
    }
    if part.version:
        component["version"] = part.version
    files = [
        {
            "type": "file",
            "bom-ref": f"{part.package}#{place}",
            "name": place,
            "hashes": [{"alg": "SHA-256", "content": hashes[place]}],
        }
        for place in part.places
    ]
    if files:
        component["components"] = sorted(files, key=lambda file: str(file["name"]))
    allowed = _locked_for(part, locked)
    if allowed:
        component["properties"] = [
            {"name": f"{names.CONSOLE_PROGRAM}:locked-sha256", "value": each} for each in allowed
        ]
    return component


def _purl(package: str) -> str:
    return package.replace("+", "%2B")


def _locked_for(part: Listed, locked: Mapping[str, list[str]]) -> list[str]:
    if not part.package.startswith("pkg:pypi/"):
        return []
    return locked.get(part.package.removeprefix("pkg:pypi/").partition("@")[0], [])


def locked_hashes(lock: str) -> dict[str, list[str]]:
    """Return the SHA-256 of every file that a lock file allows for a distribution, by its name."""
    hashes: dict[str, list[str]] = {}
    name = ""
    for line in lock.splitlines():
        named = re.match(r"([a-z0-9][a-z0-9._-]*)==", line)
        name = named[1] if named else name
        hashes.setdefault(name, []).extend(re.findall(r"sha256:([0-9a-f]{64})", line))
    return hashes


def validate(text: str) -> None:
    """Hold ``text`` against CycloneDX's own schema, licences' expressions too.

    Raises InvalidSbomError.
    """
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise InvalidSbomError(str(fault.data)[:500])


def hashes_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file under ``folder``, by its path with ``/`` below it."""
    return {
        file.relative_to(folder).as_posix(): archives.sha256(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink()
    }
