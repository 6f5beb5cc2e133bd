"""The macOS scripts, with fake tools of Apple's: in which order they are called, and when not.

No Mac has seen them here: what the real tools make of it is not tested.
"""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.packaging.conftest import Programs

    Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the scripts are bash's")

CODE = b"\xcf\xfa\xed\xfe" + b"\0" * 12
"""How a program or library begins on a Mac."""
IDENTITY = {"UBIQUITY_MAC_IDENTITY": "Developer ID Application: Somebody (TEAM)"}
NOTARY = {
    "UBIQUITY_NOTARY_KEY": "/safe/key.p8",
    "UBIQUITY_NOTARY_KEY_ID": "KEYID",
    "UBIQUITY_NOTARY_ISSUER": "ISSUER",
}
CERTIFICATE = {"UBIQUITY_MAC_P12": "AAAA", "UBIQUITY_MAC_P12_PASSWORD": "CANARYpassword"}
TOLD = 'echo "$(basename "$0")" "$@" >>"$(dirname "$0")/calls"'
USUAL = ("awk", "base64", "basename", "bash", "cut", "cat", "dirname", "find", "ln", "mktemp", "od")
MORE = ("openssl", "rm", "sed", "sleep", "sort", "tr", "cp")


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """Return an app as PyInstaller lays it out."""
    contents = tmp_path / "Set Up.app" / "Contents"
    library = contents / "Frameworks" / "PySide6" / "Qt" / "lib" / "QtCore.framework"
    for file in (
        contents / "MacOS" / "Set Up",
        contents / "MacOS" / "set-up",
        contents / "Frameworks" / "lib.dylib",
        library / "Versions" / "A" / "QtCore",
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(CODE)
    (contents / "Frameworks" / "words.txt").write_text("no code", encoding="ascii")
    (contents / "Resources").mkdir()
    return contents.parent


@pytest.fixture
def run(root: Path, programs: Programs, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a script with nothing on the path but the usual tools and the fakes."""
    folder = Path(os.environ["PATH"])
    monkeypatch.undo()
    for name in (*USUAL, *MORE):
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"needs {name}")
        (folder / name).symlink_to(found)
    for name in ("codesign", "security", "hdiutil"):
        programs(name, TOLD)
    programs("ditto", f'{TOLD}\n[ "$1" = -c ] || cp -R "$1" "$2"')

    def start(
        script: str, *arguments: object, settings: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own scripts
            [
                str(folder / "bash"),
                str(root / "packaging" / "macos" / script),
                *map(str, arguments),
            ],
            env={"PATH": str(folder), "HOME": str(folder), "UBIQUITY_PAUSE": "0", **settings},
            capture_output=True,
            text=True,
            check=False,
        )

    return start


def calls(folder: Path) -> list[str]:
    file = folder / "programs" / "calls"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def refused(ended: subprocess.CompletedProcess[str], sentence: str) -> bool:
    """Return whether a script ended with 1 and this one sentence."""
    return ended.returncode == 1 and sentence in ended.stderr and ended.stderr.count("\n") == 1


def test_parts_are_signed_from_the_inside_out(run: Run, app: Path, tmp_path: Path) -> None:
    ended = run("sign.sh", app, settings=IDENTITY)
    assert (ended.returncode, ended.stderr) == (0, "")
    signed = [call for call in calls(tmp_path) if "--sign" in call]
    order = [call.rpartition("/")[2] for call in signed]
    assert order == ["QtCore", "lib.dylib", "QtCore.framework", "set-up", "Set Up.app"]
    assert all("--options runtime" in call and "--timestamp" in call for call in signed)
    assert not any("--deep" in call for call in signed)
    assert ["--entitlements" in call for call in signed] == [False, False, False, True, True]
    assert calls(tmp_path)[-1].startswith("codesign --verify --deep --strict")


def test_a_part_that_cannot_be_signed_ends_it(
    run: Run, app: Path, programs: Programs, tmp_path: Path
) -> None:
    programs("codesign", f'{TOLD}\ncase "$*" in *lib.dylib) exit 1 ;; esac')
    assert run("sign.sh", app, settings=IDENTITY).returncode != 0
    assert not any(call.endswith("Set Up.app") for call in calls(tmp_path))
    programs("codesign", TOLD)
    assert run("sign.sh", app, settings=IDENTITY).returncode == 0


def test_no_identity_no_signature(run: Run, app: Path, tmp_path: Path) -> None:
    assert refused(run("sign.sh", app, settings={}), "UBIQUITY_MAC_IDENTITY is not set")
    assert refused(run("sign.sh", tmp_path / "no.app", settings=IDENTITY), "there is no app")
    (tmp_path / "programs" / "codesign").unlink()
    assert refused(run("sign.sh", app, settings=IDENTITY), "codesign is missing")
    assert calls(tmp_path) == []


def test_an_image_has_the_app_and_where_to_drag_it(
    run: Run, app: Path, programs: Programs, tmp_path: Path
) -> None:
    look = 'while [ "$1" != -srcfolder ]; do shift; done; ls -1 "$2" >"$(dirname "$0")/inside"'
    programs("hdiutil", f"{TOLD}\nPATH=/bin:/usr/bin:$PATH\n{look}")
    image = tmp_path / "out.dmg"
    ended = run("dmg.sh", app, image, settings={})
    assert (ended.returncode, ended.stdout) == (0, f"made, not signed: {image}\n")
    inside = (tmp_path / "programs" / "inside").read_text(encoding="utf-8")
    assert inside.split("\n")[:2] == ["Applications", "Set Up.app"]
    assert not any(call.startswith("codesign") for call in calls(tmp_path))
    ended = run("dmg.sh", app, image, settings=IDENTITY)
    assert ended.stdout == f"made and signed: {image}\n"
    assert calls(tmp_path)[-1].startswith("codesign --force --timestamp --sign")


def test_a_busy_image_is_tried_three_times(
    run: Run, app: Path, programs: Programs, tmp_path: Path
) -> None:
    programs("hdiutil", f"{TOLD}\nexit 1")
    ended = run("dmg.sh", app, tmp_path / "out.dmg", settings={})
    assert refused(ended, "hdiutil failed three times")
    assert sum(call.startswith("hdiutil create") for call in calls(tmp_path)) == 3
    assert refused(run("dmg.sh", app, settings={}), "the name of the image is missing")
    assert refused(run("dmg.sh", tmp_path / "no.app", "x", settings={}), "there is no app")


def test_an_app_is_sent_packed_and_the_answer_fastened(
    run: Run, app: Path, programs: Programs, tmp_path: Path
) -> None:
    answer = '{"status": "Accepted", "id": "1-2"}'
    programs("xcrun", f"{TOLD}\n[ \"$2\" != submit ] || echo '{answer}'")
    ended = run("notarise.sh", app, settings=NOTARY)
    assert (ended.returncode, ended.stdout) == (0, f"notarised: {app}\n")
    kinds = [" ".join(call.split()[:3]) for call in calls(tmp_path)]
    assert kinds == [
        "ditto -c -k",
        "xcrun notarytool submit",
        "xcrun stapler staple",
        "xcrun stapler validate",
    ]
    assert "--key /safe/key.p8 --key-id KEYID --issuer ISSUER --wait" in calls(tmp_path)[1]


@pytest.mark.parametrize(
    ("answer", "said"), [('{"status": "Invalid", "id": "1-2"}', "Invalid"), ("", "nothing")]
)
def test_what_apple_refuses_is_not_fastened(
    run: Run, app: Path, programs: Programs, tmp_path: Path, answer: str, said: str
) -> None:
    script = f"{TOLD}\n[ \"$2\" != submit ] || {{ echo '{answer}'; exit 1; }}"
    programs("xcrun", script)
    ended = run("notarise.sh", app, settings=NOTARY)
    assert refused(ended, f'Apple answered "{said}"')
    told = calls(tmp_path)
    assert not any("stapler" in call for call in told)
    assert any("notarytool log 1-2" in call for call in told) == (said == "Invalid")


@pytest.mark.parametrize("missing", NOTARY)
def test_who_asks_apple_has_to_be_told(run: Run, app: Path, tmp_path: Path, missing: str) -> None:
    settings = {name: value for name, value in NOTARY.items() if name != missing}
    assert refused(run("notarise.sh", app, settings=settings), f"{missing} is not set")
    assert refused(run("notarise.sh", tmp_path / "no.dmg", settings=NOTARY), "there is no")
    assert refused(run("notarise.sh", app, settings=NOTARY), "xcrun is missing")
    assert calls(tmp_path) == []


@pytest.mark.parametrize(
    ("settings", "kind", "order"),
    [
        ({}, "-unsigned", ["hdiutil"]),
        (IDENTITY, "-not-notarised", ["codesign", "hdiutil", "codesign"]),
        (
            {**IDENTITY, "UBIQUITY_NOTARY_KEY_TEXT": "CANARYkey", **NOTARY},
            "",
            ["codesign", "ditto", "xcrun", "hdiutil", "codesign", "xcrun"],
        ),
    ],
)
def test_what_is_downloaded_says_what_it_lacks(
    run: Run,
    app: Path,
    programs: Programs,
    tmp_path: Path,
    settings: dict[str, str],
    kind: str,
    order: list[str],
) -> None:
    answer = '{"status": "Accepted", "id": "1-2"}'
    programs("xcrun", f"{TOLD}\n[ \"$2\" != submit ] || echo '{answer}'")
    programs("hdiutil", f'{TOLD}\nfor last; do :; done; : >"$last"')
    app.rename(tmp_path / "UbiQuity S3 Connection Setup.app")
    (tmp_path / "UbiQuity S3 Connection Setup.app/Contents/MacOS/Set Up").rename(
        tmp_path / "UbiQuity S3 Connection Setup.app/Contents/MacOS/UbiQuity S3 Connection Setup"
    )
    programs("shasum", 'shift 3; printf "%s\\n" "$@"')
    for name in ("a.tar.xz", "a.cdx.json"):
        (tmp_path / f"ubiquity-s3-setup-{name}").touch()
    ended = run("release.sh", tmp_path, "arm64", settings=settings)
    assert (ended.returncode, ended.stderr) == (0, "")
    image = f"ubiquity-s3-setup-{__version__}-macos-arm64{kind}.dmg"
    created = [call for call in calls(tmp_path) if call.startswith("hdiutil create")]
    assert [call.rpartition("/")[2] for call in created] == [image]
    # The image is made of what was signed and notarised, and then itself is.
    tools = [call.split()[0] for call in calls(tmp_path) if not call.startswith("ditto /")]
    assert [tool for tool, _ in groupby(tools)] == order
    summed = (tmp_path / "checksums.txt").read_text(encoding="utf-8").split()
    assert summed == [image, "ubiquity-s3-setup-a.cdx.json"]
    assert not list(tmp_path.glob("*.tar.xz"))
    assert "CANARYkey" not in ended.stdout + "".join(calls(tmp_path))


def test_nothing_to_download_without_an_app(run: Run, tmp_path: Path) -> None:
    assert refused(run("release.sh", tmp_path, "arm64", settings={}), "there is no app")


def test_the_keychain_is_made_and_taken_away(run: Run, tmp_path: Path) -> None:
    settings = {**CERTIFICATE, "RUNNER_TEMP": str(tmp_path)}
    assert refused(run("keychain.sh", "make", settings={}), "UBIQUITY_MAC_P12 is not set")
    assert refused(run("keychain.sh", settings=settings), "say make or delete")
    assert calls(tmp_path) == []
    ended = run("keychain.sh", "make", settings=settings)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "CANARYpassword" not in ended.stdout
    verbs = [call.split()[1] for call in calls(tmp_path)]
    assert verbs.index("create-keychain") < verbs.index("unlock-keychain") < verbs.index("import")
    assert not list(tmp_path.rglob("*.p12"))
    assert run("keychain.sh", "delete", settings=settings).returncode == 0
    assert "delete-keychain" in calls(tmp_path)[-2]


def test_the_scripts_are_clean(root: Path) -> None:
    shellcheck = Path(sys.executable).with_name("shellcheck")
    scripts = sorted((root / "packaging" / "macos").glob("*.sh"))
    assert len(scripts) == 5
    assert all(os.access(script, os.X_OK) for script in scripts)
    told = subprocess.run([shellcheck, *scripts], capture_output=True, text=True, check=False)  # noqa: S603
    assert told.stdout == ""


def test_the_entitlements_are_the_two_that_are_needed(root: Path) -> None:
    text = (root / "packaging" / "macos" / "entitlements.plist").read_bytes()
    assert plistlib.loads(text) == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }
