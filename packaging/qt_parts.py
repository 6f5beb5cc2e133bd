"""Writes the list of what others wrote in Qt, with their licences, from Qt's source.

``.venv/bin/python packaging/qt_parts.py FOLDER`` is given the unpacked source of Qt's module
qtbase, which tells in a ``qt_attribution.json`` beside each part whose it is (Qt's own pages
"Licenses Used in Qt" are made from the same files). PySide6's wheels have Qt's libraries without
these texts. What is written lies in ``resources/licences/qt`` and is committed: run it again for
another Qt.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(1, str(ROOT))

from app.core.component import Component  # noqa: E402
from app.core.formats.components_json import dump_components  # noqa: E402

LICENCES = ROOT / "resources" / "licences"
OTHER_PLACES = ("android", "gradle", "wasm", "testlib")
"""Parts of Qt that no desktop program has."""

Part = dict[str, Any]


def main(source: Path) -> int:
    """Write a text for each part, and the list of them; return 0."""
    folder = LICENCES / "qt"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    components: list[Component] = []
    for place, part in attributions(source):
        name = re.sub(r"[^a-z0-9]+", "-", str(part["Name"]).lower()).strip("-")
        text = text_of(source, place, part)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        version = short(str(part.get("Version") or ""))
        title, licence = f"Qt: {part['Name']}", str(part["LicenseId"])
        components.append(Component(title, version, licence, (f"qt/{name}.txt",)))
    components.sort(key=lambda component: component.name.lower())
    (folder / "parts.json").write_text(dump_components(components), encoding="utf-8")
    print(f"{len(components)} parts")
    return 0


def attributions(source: Path) -> list[tuple[Path, Part]]:
    """Return each part of a desktop's Qt, with the folder that its attribution lies in."""
    parts: list[tuple[Path, Part]] = []
    for file in sorted((source / "src").rglob("qt_attribution.json")):
        if not set(OTHER_PLACES).isdisjoint(file.parts):
            continue
        listed = json.loads(file.read_text(encoding="utf-8"), strict=False)
        own = listed if isinstance(listed, list) else [listed]
        parts += [(file.parent, part) for part in own]
    return parts


def text_of(source: Path, place: Path, part: Part) -> str:
    """Return whose the part is, and its licences' texts."""
    copyright_lines = part.get("Copyright") or ""
    if isinstance(copyright_lines, list):
        copyright_lines = "\n".join(copyright_lines)
    head = (part["Name"], part.get("Description") or "", part.get("Homepage") or "")
    files = part.get("LicenseFiles") or part.get("LicenseFile")
    paths = [place / each for each in ([files] if isinstance(files, str) else files or [])]
    # Where a part has no file of its own, Qt's collection has the text by the licence's name.
    names = re.split(r"\s+(?:AND|OR)\s+", part["LicenseId"])
    paths = paths or [source / "LICENSES" / f"{name}.txt" for name in names]
    texts = [path.read_text(encoding="utf-8", errors="replace").strip() for path in paths]
    parts = ("\n".join(filter(None, head)), copyright_lines, *texts)
    return "\n\n".join(filter(None, (each.strip() for each in parts))) + "\n"


def short(version: str) -> str:
    """Return a version as people write it: of a commit's hash the beginning."""
    return version.partition(",")[0][:12]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
