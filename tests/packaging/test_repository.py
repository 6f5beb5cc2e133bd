"""What the repository promises to whoever clones it: checked on the files themselves."""

from __future__ import annotations

import fnmatch
import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

# Written in two halves, so that this file doesn't match itself.
FOREIGN = {
    "a package registry": re.compile(
        r"py" r"pi\.org|files\.python" r"hosted|https?://[^ \"]+/(?:simple|packages/[0-9a-f]{2})/",
        re.IGNORECASE,
    ),
    "a place outside the clone": re.compile(
        r"\.\./" r"shared|/opt/" r"(?:wheels|pypi)|/work/" r"(?:main|shared)"
    ),
    "a find-links folder": re.compile(r"--find-" r"links[ =]\S*/"),
}


DOCS = (
    "command-line",
    "for-support",
    "for-translators",
    "how-it-is-built",
    "measured",
    "release",
)


def files(root: Path) -> Iterator[Path]:
    """Return the files of the clone that .gitignore doesn't name."""
    ignored = (root / ".gitignore").read_text(encoding="utf-8").split()
    patterns = [".git", *(pattern.strip("/") for pattern in ignored)]
    ignore = re.compile("|".join(fnmatch.translate(pattern) for pattern in patterns))
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not ignore.match(name)]
        yield from (Path(folder, name) for name in names if not ignore.match(name))


def found(text: str, root: Path) -> list[str]:
    """Return which foreign places a text names."""
    named = [what for what, pattern in FOREIGN.items() if pattern.search(text)]
    home = str(Path.home())
    own = [place for place in (str(root), home) if len(place) > 1 and f"{place}/" in text]
    return named + own


def test_nothing_names_a_registry_or_this_machine(root: Path) -> None:
    texts = {file: file.read_bytes().decode("utf-8", "replace") for file in files(root)}
    named = {str(file.relative_to(root)): found(text, root) for file, text in texts.items()}
    assert {file: places for file, places in named.items() if places} == {}
    assert "README.md" in named  # it did look


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://" + "py" + "pi.org/simple",
        "https://mirror.example/simple" + "/six",
        "see .." + "/shared/docs",
        "--find-" + "links=/somewhere",
        "/work" + "/main/app",
    ],
)
def test_that_check_would_notice(root: Path, text: str) -> None:
    assert found(text, root)


def locked(root: Path) -> dict[str, str]:
    """Return the version of each component of the lock file."""
    text = (root / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;]+)", text, re.MULTILINE))


def test_the_lock_file_has_components_hashes_and_comments_only(root: Path) -> None:
    lines = (root / "packaging" / "requirements.lock").read_text(encoding="utf-8").splitlines()
    component = re.compile(r"[a-z0-9][a-z0-9._-]*==\S+( ; [\w .'<>=!()]+)? \\")
    hash_or_comment = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?| *# [^:/\\]*:?")
    strange = [
        line for line in lines if not (component.fullmatch(line) or hash_or_comment.fullmatch(line))
    ]
    assert strange == []
    assert len(locked(root)) > 50


def wanted(root: Path) -> list[str]:
    """Return everything that pyproject.toml asks for, but for the project itself."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    listed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    listed += [line for extra in extras.values() for line in extra]
    return [line for line in listed if not line.startswith(project["project"]["name"])]


def test_the_lock_file_fits_pyproject(root: Path) -> None:
    versions = locked(root)
    requirements = [Requirement(line) for line in wanted(root)]
    unfit = [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(
            versions.get(canonicalize_name(requirement.name), "0")
        )
    ]
    assert unfit == []
    assert len(requirements) > 15


@pytest.mark.parametrize("name", ["colorama", "pywin32-ctypes", "jeepney", "secretstorage"])
def test_the_lock_file_is_for_every_system(root: Path, name: str) -> None:
    assert name in locked(root)


def test_the_readme_opens_with_the_two_commands(root: Path) -> None:
    lines = (root / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line.partition("#")[0].strip() for line in lines[1:5] if line.startswith("python3")]
    assert commands == ["python3 packaging/start.py", "python3 packaging/start.py test"]


@pytest.mark.skipif(os.name == "nt", reason="CI runs on Linux")
def test_ci_runs_the_readmes_second_command(root: Path) -> None:
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert 'exec python3 packaging/start.py test "$@"' in script.read_text(encoding="utf-8")


def test_the_readmes_pictures_are_there_and_small(root: Path) -> None:
    """Not one is left over, and together they are what a slow network bears."""
    text = (root / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"!\[[^\]]+\]\((docs/pictures/[\w-]+\.png)\)", text))
    pictures = {path.relative_to(root).as_posix(): path for path in (root / "docs").rglob("*.png")}
    assert shown == set(pictures)
    assert len(shown) >= 5
    assert sum(path.stat().st_size for path in pictures.values()) < 400_000


DOCUMENTS = ["README.md", *(f"docs/{name}.md" for name in DOCS)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_the_documents_name_is_there(root: Path, document: str) -> None:
    text = (root / document).read_text(encoding="utf-8")
    folders = (
        *("", "app", "app/core", "app/core/diagnosis", "app/core/changes", "app/flow"),
        *("app/wiring/installation", "packaging", "tests/benchmarks"),
    )
    named = set(re.findall(r"`([\w/.-]+/[\w.-]*|[\w-]+\.py)`", text)) | set(
        re.findall(r"\]\(([\w./-]+)\)", text)
    )
    # What a run, a build or a release makes; a format; and LANG or NAME, which stand for many.
    outside = {"journals/", "receipts/", "dist/", "resources/update-source.json"}
    outside |= {name for name in named if re.search(r"[A-Z]{4}|^ubiquity-s3-setup/", name)}
    missing = [
        name
        for name in sorted(named - outside)
        if not any(
            (root / folder / name).exists() or (root / "docs" / name).exists() for folder in folders
        )
    ]
    assert not missing
