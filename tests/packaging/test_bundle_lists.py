"""What a build hands out beside the program: archives, sums, and the lists of what is shipped."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.core.formats.components_json import read_components
from app.core.formats.reading import InputProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    Load = Callable[[str], ModuleType]

MOMENT = 1_790_000_000


@pytest.fixture
def archives(load: Load) -> ModuleType:
    return load("bundle.archives")


@pytest.fixture
def sbom(load: Load) -> ModuleType:
    return load("bundle.sbom")


def a_folder(place: Path, names: list[str], *, at: int, mode: int) -> Path:
    for name in names:
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
        file.chmod(0o755 if name == "program" else mode)
        os.utime(file, (at, at))
    (place / "link").symlink_to("program")
    return place


@pytest.mark.parametrize(("write", "name"), [("write_tar", "a.tar.xz"), ("write_zip", "a.zip")])
def test_the_same_files_make_the_same_archive(
    archives: ModuleType, tmp_path: Path, write: str, name: str
) -> None:
    names = ["program", "_internal/b.so", "_internal/a.txt"]
    one = a_folder(tmp_path / "one", names, at=1_000_000_000, mode=0o600)
    other = a_folder(tmp_path / "other", names[::-1], at=1_500_000_000, mode=0o664)
    for folder in (one, other):
        getattr(archives, write)(folder, folder.with_suffix(f".{name}"), "folder", MOMENT)
    packed = one.with_suffix(f".{name}")
    assert packed.read_bytes() == other.with_suffix(f".{name}").read_bytes()


def test_what_is_unpacked_runs_and_leads_where_it_led(archives: ModuleType, tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "one", ["program", "_internal/a.txt"], at=1, mode=0o600)
    archives.write_tar(folder, tmp_path / "a.tar.xz", "named", MOMENT)
    with tarfile.open(tmp_path / "a.tar.xz") as tar:
        assert {member.mtime for member in tar} == {MOMENT}
        assert {(member.uid, member.uname) for member in tar} == {(0, "")}
        tar.extractall(tmp_path / "out", filter="data")
    out = tmp_path / "out" / "named"
    assert os.access(out / "program", os.X_OK)
    assert (out / "link").readlink() == Path("program")
    assert (out / "_internal" / "a.txt").read_bytes() == b"_internal/a.txt"
    archives.write_zip(folder, tmp_path / "a.zip", "named", MOMENT)
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.read("named/_internal/a.txt") == b"_internal/a.txt"


def test_the_sums_are_what_sha256sum_reads(archives: ModuleType, tmp_path: Path) -> None:
    for name in ("b.zip", "a.tar.xz"):
        (tmp_path / name).write_bytes(name.encode())
    sums = tmp_path / "checksums.txt"
    sums.write_text(archives.checksums(tmp_path.glob("*.*")), encoding="ascii")
    assert [line[66:] for line in sums.read_text(encoding="ascii").splitlines()] == [
        "a.tar.xz",
        "b.zip",
    ]
    if shutil.which("sha256sum"):
        command = ["sha256sum", "--check", "--strict", "--quiet", sums.name]
        assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0  # noqa: S603
        (tmp_path / "b.zip").write_bytes(b"changed")
        assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 1  # noqa: S603


def some_parts(sbom: ModuleType) -> list[object]:
    return [
        sbom.Listed("Python", "3.11.7", "PSF-2.0", "pkg:generic/python@3.11.7", ("libpython.so",)),
        sbom.Listed("six", "1.17.0", "MIT", "pkg:pypi/six@1.17.0"),
        sbom.Listed("libssl3", "3.0+deb12", "Apache-2.0", "pkg:deb/debian/libssl3@3.0+deb12"),
        sbom.Listed("Qt: forkfd", "", "MIT", "pkg:generic/qt-forkfd"),
    ]


LOCK = f"six==1.17.0 \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\n"


def test_the_list_of_what_is_shipped_is_valid_and_the_same_each_time(sbom: ModuleType) -> None:
    hashes, locked = {"libpython.so": "c" * 64}, sbom.locked_hashes(LOCK)
    text = sbom.sbom(some_parts(sbom), hashes, locked, MOMENT)
    sbom.validate(text)
    assert text == sbom.sbom(some_parts(sbom), hashes, locked, MOMENT)
    listed = json.loads(text)
    python, six, *_ = listed["components"]
    assert python["components"][0]["hashes"] == [{"alg": "SHA-256", "content": "c" * 64}]
    assert [each["value"] for each in six["properties"]] == ["a" * 64, "b" * 64]
    assert listed["dependencies"][0]["dependsOn"] == [
        each["bom-ref"] for each in listed["components"]
    ]


@pytest.mark.parametrize("licence", ["", "no licence that there is"])
def test_a_list_that_is_not_valid_ends_the_build(sbom: ModuleType, licence: str) -> None:
    part = sbom.Listed("six", "1", licence, "pkg:pypi/six@1")
    with pytest.raises(sbom.InvalidSbomError):
        sbom.validate(sbom.sbom([part], {}, {}, MOMENT).replace('"type": "library"', '"type": "?"'))


def test_what_the_spec_leaves_is_read_as_it_was(
    load: Load, sbom: ModuleType, tmp_path: Path
) -> None:
    part, entry = load("bundle.parts").Part, load("bundle.contents").Entry
    file = entry("lib\\a.dll", "C:\\a.dll", "BINARY")
    sbom.keep([part("a", "1", "MIT", (), "pkg:generic/a@1", (file,))], tmp_path / "parts.json")
    assert sbom.kept(tmp_path / "parts.json") == [
        sbom.Listed("a", "1", "MIT", "pkg:generic/a@1", ("lib/a.dll",))
    ]


def test_the_licences_are_what_the_about_box_reads(load: Load, tmp_path: Path) -> None:
    licences, parts = load("bundle.licences"), load("bundle.parts")
    text = tmp_path / "COPYING"
    text.write_text("You may.", encoding="utf-8")
    own = licences.licences_folder() / "texts" / "Python.txt"
    written = licences.write_licences(
        [
            parts.Part("Some Part", "1.0", "MIT", (text,), "pkg:generic/some-part@1.0"),
            parts.Part("Python", "3", "PSF-2.0", (own,), "pkg:generic/python@3"),
        ],
        tmp_path / "out",
    )
    assert [place for place, _ in written] == ["components.json", "shipped/some-part/COPYING.txt"]
    listed = read_components((tmp_path / "out" / "components.json").read_text("utf-8"), "list")
    assert not isinstance(listed, InputProblem)
    assert [part.files for part in listed] == [
        ("shipped/some-part/COPYING.txt",),
        ("texts/Python.txt",),
    ]
    assert written[1][1].read_text(encoding="utf-8") == "You may."


def test_a_part_without_a_text_of_its_licence_ends_the_build(load: Load, tmp_path: Path) -> None:
    licences, parts = load("bundle.licences"), load("bundle.parts")
    part = parts.Part("Bare", "1", "MIT", (tmp_path / "nowhere",), "pkg:generic/bare@1")
    with pytest.raises(licences.NoTextError, match="Bare"):
        licences.write_licences([part], tmp_path / "out")
