"""Support bundles of any set-up, to open and to list."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.formats.bundle_json import dump_manifest, id_in
from app.core.snapshot import Snapshot
from app.core.support_case import SupportCase
from app.exports.support_bundle import bundle_files
from app.files.bundles import write_bundle
from tests.helpers.snapshots import World

SAVED: Final = datetime(2026, 11, 29, 9, 8, 7, tzinfo=UTC)


def case_of(draft: Draft, snapshot: Snapshot, *, practice: bool = False) -> SupportCase:
    """Return what support is told of a set-up."""
    return SupportCase(
        moment=SAVED,
        program="UbiQuity S3 Connection Setup 0",
        system="Linux 6",
        page="Check",
        practice=practice,
        draft=draft,
        snapshot=snapshot,
        report=diagnose(draft, snapshot),
        typed_id=draft.database_id,
    )


def write_case(
    case: SupportCase, path: Path, *, seed: bytes | None = b"s", without: tuple[str, ...] = ()
) -> Path:
    """Write the bundle of ``case``, as the window saves it; return its path."""
    all_files = bundle_files(case, seed)
    files = [file for file in all_files if file.name not in without]
    masked_id = id_in(all_files) if seed is not None else None
    manifest = dump_manifest(
        files,
        without,
        case.moment,
        masked=seed is not None,
        practice=case.practice,
        masked_id=masked_id,
    )
    write_bundle(path, files, manifest, case.moment)
    return path


def write_world(world: World, path: Path) -> Path:
    """Write the bundle of a world; return its path."""
    return write_case(case_of(*world.read()), path)
