from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    Programs = Callable[[str, str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="fake programs are shell scripts")

VENV = f"python3.{sys.version_info[1]}-venv"


@pytest.fixture
def debian(
    linux_packages: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> ModuleType:
    """Return the script on a Debian that has everything, seen by a user who isn't root."""
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "Letters.TTF").touch()
    monkeypatch.setattr(linux_packages, "FONT_FOLDERS", (str(fonts),))
    monkeypatch.setattr(linux_packages, "is_debian", lambda: True)
    monkeypatch.setattr(linux_packages, "can_load", lambda _: True)
    monkeypatch.setattr(linux_packages, "has_module", lambda _: True)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return linux_packages


@pytest.fixture
def lacking(debian: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """Return the script where two libraries are missing until the fake apt-get was there."""

    def can_load(library: str) -> bool:
        missing = ("libEGL.so.1", "libxcb-cursor.so.0")
        return library not in missing or (tmp_path / "installed").exists()

    monkeypatch.setattr(debian, "can_load", can_load)
    return debian


@pytest.mark.parametrize(
    ("prefix", "is_there", "is_told"),
    [("/usr", False, True), ("/usr", True, False), ("/usr/local", False, False)],
)
def test_a_build_with_debians_python_needs_the_library_that_it_lacks(
    debian: ModuleType, monkeypatch: pytest.MonkeyPatch, prefix: str, is_there: bool, is_told: bool
) -> None:
    library = f"libpython3.{sys.version_info[1]}.so.1.0"
    monkeypatch.setattr(sys, "base_prefix", prefix)
    monkeypatch.setattr(debian, "BUILD", {})
    monkeypatch.setattr(debian, "can_load", lambda name: is_there or name != library)
    assert debian.provide(window=True) is None
    said = debian.provide(window=False, building=True)
    package = library.removesuffix(".so.1.0")
    assert (said is not None and f"install --yes {package}\n" in said) == is_told


@pytest.mark.parametrize("window", [True, False])
def test_nothing_missing_is_nothing_said(
    debian: ModuleType, capsys: pytest.CaptureFixture[str], window: bool
) -> None:
    assert debian.provide(window=window) is None
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("window", "packages"), [(False, "libegl1"), (True, "libegl1 libxcb-cursor0")]
)
def test_a_user_is_told_the_one_command(lacking: ModuleType, window: bool, packages: str) -> None:
    assert lacking.provide(window=window) == (
        "Some of what the program needs is missing. This installs it:\n"
        f"  sudo apt-get update && sudo apt-get install --yes {packages}\n"
        "Then run the same command again."
    )


def test_the_tests_alone_need_a_keyring_and_a_screen(
    debian: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(debian.shutil, "which", lambda program: program == "dbus-daemon" or None)
    monkeypatch.setattr(debian, "AT_SPI", {"at-spi2-core": "/nowhere/at-all"})
    assert debian.provide(window=True) is None
    packages = "binutils gnome-keyring xvfb at-spi2-core"
    assert f"install --yes {packages}\n" in debian.provide(window=True, tests=True)
    monkeypatch.setattr(debian.shutil, "which", lambda program: program)
    monkeypatch.setattr(debian, "AT_SPI", {"at-spi2-core": __file__})
    assert debian.provide(window=True, tests=True) is None
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("status", [0, 100])
def test_the_aws_cli_is_tried_for_and_nothing_fails_without_it(
    debian: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    programs: Programs,
    tmp_path: Path,
    status: int,
) -> None:
    monkeypatch.setattr(debian, "BUILD", {})
    monkeypatch.setattr(debian, "TESTS", {})
    monkeypatch.setattr(debian, "AT_SPI", {})
    monkeypatch.setattr(debian, "TRIED_FOR", {"awscli": "/nowhere/at-all"})
    calls = tmp_path / "calls"
    programs("apt-get", f'echo "$*" >> "{calls}"; exit {status}')
    assert debian.provide(window=True, tests=True) is None
    assert not calls.exists()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert debian.provide(window=True) is None
    assert not calls.exists()
    assert debian.provide(window=True, tests=True) is None
    assert calls.read_text(encoding="utf-8").endswith("--no-install-recommends awscli\n")


def test_the_tests_open_a_window_on_a_screen_of_their_own(lacking: ModuleType) -> None:
    assert "libxcb-cursor0" not in lacking.provide(window=False)
    assert "libegl1 libxcb-cursor0" in lacking.provide(window=False, tests=True)


def test_a_build_needs_what_it_takes_along_and_the_tool_that_finds_it(
    lacking: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lacking.shutil, "which", lambda program: program != "objdump" or None)
    assert "libegl1 libxcb-cursor0 binutils\n" in lacking.provide(window=False, building=True)
    monkeypatch.setattr(lacking, "can_load", lambda _library: True)
    assert "install --yes binutils\n" in lacking.provide(window=False, building=True)
    monkeypatch.setattr(lacking.shutil, "which", lambda program: program)
    assert lacking.provide(window=False, building=True) is None


@pytest.mark.parametrize("lost", ["venv", "ensurepip"])
def test_a_python_without_virtual_environments(
    debian: ModuleType, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.setattr(debian, "has_module", lambda name: name != lost)
    assert f"install --yes {VENV}\n" in debian.provide(window=True)


def test_a_system_without_a_font(debian: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "FONT_FOLDERS", ("/nowhere/at-all",))
    assert "install --yes fonts-dejavu-core\n" in debian.provide(window=False)


def test_root_gets_it_installed(
    lacking: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    programs: Programs,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    calls, done = tmp_path / "calls", tmp_path / "installed"
    programs("apt-get", f'echo "$DEBIAN_FRONTEND $*" >> "{calls}"; [ $2 = update ] || : > "{done}"')
    assert lacking.provide(window=True) is None
    assert calls.read_text(encoding="utf-8").splitlines() == [
        "noninteractive -qq update",
        "noninteractive -qq install --yes --no-install-recommends libegl1 libxcb-cursor0",
    ]
    assert capsys.readouterr().out == "Installing with apt-get: libegl1 libxcb-cursor0\n"


def test_a_failed_update_does_not_stop_root(
    lacking: ModuleType, monkeypatch: pytest.MonkeyPatch, programs: Programs, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    programs("apt-get", f'[ $2 = update ] && exit 100; : > "{tmp_path / "installed"}"')
    assert lacking.provide(window=True) is None


def test_root_is_told_when_apt_get_fails(
    lacking: ModuleType, monkeypatch: pytest.MonkeyPatch, programs: Programs
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    programs("apt-get", "exit 100")
    assert lacking.provide(window=False) == (
        "apt-get could not install what is missing. Mend what it says, or try:\n"
        "  sudo apt-get update && sudo apt-get install --yes libegl1"
    )


def test_root_is_told_when_installing_did_not_help(
    lacking: ModuleType, monkeypatch: pytest.MonkeyPatch, programs: Programs
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    programs("apt-get", "exit 0")
    assert lacking.provide(window=False) == "Installed, and still not found: libegl1."


def test_elsewhere_libraries_are_named_and_nothing_is_installed(
    lacking: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lacking, "is_debian", lambda: False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert lacking.provide(window=True) == (
        "This computer lacks libEGL.so.1, libxcb-cursor.so.0. Install the packages that have these"
        " on your Linux. Then run the same command again."
    )


def test_elsewhere_a_font_is_not_looked_for(
    debian: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "is_debian", lambda: False)
    monkeypatch.setattr(debian, "FONT_FOLDERS", ())
    assert debian.provide(window=True) is None


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("ID=debian\n", True),
        ('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ('ID=fedora\nID_LIKE="rhel"\n', False),
        ('ID=other\nNAME="like debian"\n', False),
        ("", False),
    ],
)
def test_who_has_debians_packages(
    linux_packages: ModuleType,
    programs: Programs,
    tmp_path: Path,
    release: str,
    expected: bool,
) -> None:
    file = tmp_path / "os-release"
    assert linux_packages.is_debian(file) is False
    file.write_text(release, encoding="utf-8")
    assert linux_packages.is_debian(file) is False  # nothing can be done without apt-get
    programs("apt-get", "exit 0")
    assert linux_packages.is_debian(file) is expected


def test_a_library_is_found_by_loading_it(linux_packages: ModuleType) -> None:
    assert linux_packages.can_load("libno-such-library.so.9") is False
    if sys.platform.startswith("linux"):
        assert linux_packages.can_load("libm.so.6") is True


def test_a_module_is_found_without_importing_it(linux_packages: ModuleType) -> None:
    assert linux_packages.has_module("venv") is True
    assert linux_packages.has_module("no_such_module") is False
