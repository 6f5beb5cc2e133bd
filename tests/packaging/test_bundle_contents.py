"""Which files a bundle has: what the program uses is in, the rest of the packages is out."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    Load = Callable[[str], ModuleType]

PLUGINS = "PySide6/Qt/plugins"
WORDS = "PySide6/Qt/translations"


@pytest.fixture
def contents(load: Load) -> ModuleType:
    return load("bundle.contents")


@pytest.mark.parametrize(
    "place",
    [
        "botocore/data/endpoints.json",
        "botocore/data/_retry.json",
        "botocore/data/s3/2006-03-01/service-2.json.gz",
        "botocore/data/sso-oidc/2019-06-10/service-2.json.gz",
        f"{PLUGINS}/platforms/libqxcb.so",
        f"{PLUGINS}/platforms/libqwayland.so",
        f"{PLUGINS}/platforms/libqoffscreen.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        f"{PLUGINS}/platforms/libqcocoa.dylib",
        f"{PLUGINS}/iconengines/libqsvgicon.so",
        f"{PLUGINS}/imageformats/libqsvg.so",
        f"{PLUGINS}/platforminputcontexts/libibusplatforminputcontextplugin.so",
        *(f"{WORDS}/qtbase_{language}.qm" for language in ("ar", "de", "es", "fr", "ja")),
        "PySide6/translations/qtbase_ja.qm",
        "moto/iam/responses.pyc",
        "moto/s3/2006-03-01/service-2.moto-extras.json.gz",
        "moto/backends.pyc",
        "keyring-25.7.0.dist-info/entry_points.txt",
        "boto3-1.44.5.dist-info/METADATA",
        "app/resources/icons/app.svg",
        "lxml/etree.cpython-311-x86_64-linux-gnu.so",
        "certifi/cacert.pem",
    ],
)
def test_what_is_used_is_there(contents: ModuleType, place: str) -> None:
    assert contents.is_used(PurePosixPath(place))


@pytest.mark.parametrize(
    "place",
    [
        "botocore/data/ec2/2016-11-15/service-2.json.gz",
        "boto3/data/dynamodb/2012-08-10/resources-1.json",
        f"{PLUGINS}/sqldrivers/libqsqlite.so",
        f"{PLUGINS}/platforms/libqeglfs.so",
        f"{PLUGINS}/imageformats/libqpdf.so",
        f"{PLUGINS}/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        f"{WORDS}/qtbase_ko.qm",
        f"{WORDS}/designer_de.qm",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/QtCore.pyi",
        "moto/ec2/models.pyc",
        "moto/ec2/resources/instance_types.json",
        "boto3-1.44.5.dist-info/RECORD",
        "lxml/includes/etree_defs.h",
    ],
)
def test_what_is_not_used_is_left_out(contents: ModuleType, place: str) -> None:
    assert not contents.is_used(PurePosixPath(place))


def test_aws_data_is_there_for_each_client_that_the_source_makes(
    contents: ModuleType, root: Path
) -> None:
    sources = "".join(
        file.read_text(encoding="utf-8") for file in sorted((root / "app").rglob("*.py"))
    )
    made = set(re.findall(r'\b(?:create_client|_client|client)\(\s*"([a-z0-9-]+)"', sources))
    assert made >= {"iam", "s3", "sts", "kms", "cloudtrail", "sso", "sso-oidc", "signin"}
    assert made <= contents.AWS_SERVICES


def test_a_library_that_nothing_needs_goes_with_what_needed_it(contents: ModuleType) -> None:
    entries = [
        contents.Entry(*row)
        for row in (
            ("libpython3.11.so.1.0", "/p/libpython3.11.so.1.0", "BINARY"),
            ("PySide6/QtGui.abi3.so", "/q/QtGui.abi3.so", "EXTENSION"),
            (f"{PLUGINS}/platforms/libqxcb.so", "/q/libqxcb.so", "BINARY"),
            ("PySide6/Qt/lib/libQt6Gui.so.6", "/q/libQt6Gui.so.6", "BINARY"),
            ("PySide6/Qt/lib/libicuuc.so.73", "/q/libicuuc.so.73", "BINARY"),
            ("PySide6/Qt/lib/libQt6Quick.so.6", "/q/libQt6Quick.so.6", "BINARY"),
            ("PySide6/Qt/lib/libQt6Qml.so.6", "/q/libQt6Qml.so.6", "BINARY"),
            ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
            ("libQt6Quick.so.6", "PySide6/Qt/lib/libQt6Quick.so.6", "SYMLINK"),
            ("PySide6/Qt/lib/libQt6Gui.so", "libQt6Gui.so.6", "SYMLINK"),
            ("app/resources/icons/app.svg", "/r/app.svg", "DATA"),
        )
    ]
    linked = {
        "/q/QtGui.abi3.so": ["/elsewhere/libQt6Gui.so.6", "libc.so.6"],
        "/q/libQt6Gui.so.6": ["libicuuc.so.73"],
        "/q/libQt6Quick.so.6": ["libQt6Qml.so.6"],
    }
    kept = contents.reached(entries, lambda file: linked.get(file, []))
    assert [entry.place.name for entry in entries if entry not in kept] == [
        "libQt6Quick.so.6",
        "libQt6Qml.so.6",
        "libQt6Quick.so.6",
    ]


def test_only_what_the_program_asks_for_is_shipped_with_it(load: Load) -> None:
    distributions = load("bundle.distributions")
    shipped = distributions.shipped_names(practice=True)
    assert {"boto3", "pyside6-essentials", "keyring", "lxml", "moto", "flask", "awscrt"} <= shipped
    assert shipped.isdisjoint({"pytest", "mypy", "ruff", "hypothesis", "pyinstaller", "babel"})
    without = distributions.shipped_names(practice=False)
    assert without < shipped
    assert without.isdisjoint({"moto", "flask", "werkzeug"})
    others = distributions.modules_of_others(shipped)
    assert {"pytest", "mypy", "hypothesis"} <= set(others)
    assert {"boto3", "PySide6", "moto", "app"}.isdisjoint(others)


def test_modules_of_qt_that_no_source_names_are_left_out(load: Load) -> None:
    unused = load("bundle.distributions").unused_qt_modules()
    assert {"PySide6.QtQml", "PySide6.QtSql", "PySide6.QtDesigner"} <= set(unused)
    used = {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtSvg", "PySide6.QtWidgets"}
    assert used.isdisjoint(unused)


def test_the_systems_own_libraries_stay_on_the_system(load: Load, contents: ModuleType) -> None:
    libraries = load("bundle.linux_libraries")
    entries = [
        contents.Entry(Path(source).name, source, kind)
        for source, kind in (
            ("/lib/x86_64-linux-gnu/libgtk-3.so.0", "BINARY"),
            ("/lib/x86_64-linux-gnu/libstdc++.so.6", "BINARY"),
            ("/lib/x86_64-linux-gnu/libxcb-cursor.so.0", "BINARY"),
            ("/lib/x86_64-linux-gnu/libssl.so.3", "BINARY"),
            ("/opt/python/lib/libpython3.11.so.1.0", "BINARY"),
            ("/v/site-packages/PySide6/Qt/lib/libQt6Core.so.6", "BINARY"),
            ("/v/site-packages/certifi/cacert.pem", "DATA"),
        )
    ]
    kept = {entry.place.name for entry in libraries.of_the_bundle(entries)}
    left_out = {entry.place.name for entry in entries} - kept
    assert left_out == {"libgtk-3.so.0", "libstdc++.so.6"}


def test_a_library_that_nobody_knows_ends_the_build(
    load: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    libraries = load("bundle.linux_libraries")
    (tmp_path / "libours.so").write_bytes(b"\x7fELF")
    (tmp_path / "words.txt").write_bytes(b"no library")
    needs = ["libc.so.6", "libgtk-3.so.0", "libours.so"]
    monkeypatch.setattr(libraries, "linked_to", lambda _file: needs)
    assert libraries.needed_from_system(tmp_path) == {
        "libc.so.6": "libc6",
        "libgtk-3.so.0": "libgtk-3-0",
    }
    needs.append("libnew.so.1")
    with pytest.raises(ValueError, match=r"libnew\.so\.1"):
        libraries.needed_from_system(tmp_path)
