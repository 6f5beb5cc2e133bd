"""What the bundle, its programs and its files are called, on each system."""

from __future__ import annotations

from app import __version__
from app.core import program_names
from app.core.documents import file_names
from bundle.contents import LANGUAGES

WINDOW_PROGRAM = program_names.WINDOW_PROGRAM
CONSOLE_PROGRAM = program_names.CONSOLE_PROGRAM

FOLDER = "ubiquity-s3-setup"
"""The folder that runs by itself, under ``dist``."""

MAKER = "UbiQuity"
MAC_BUNDLE_ID = "nz.co.ubiquity.s3-setup"
DRAFT_SUFFIX = file_names.DRAFT_SUFFIX
"""Of a file with details that a double click opens; ``.json`` is other programs' too."""
DRAFT_TYPE = "application/vnd.ubiquity-s3-setup.draft+json"
DRAFT_TITLE = "UbiQuity S3 set-up details"
SUMMARY = "Sets up the connection between UbiQuity and an Amazon S3 bucket"

VERSION = __version__


def mac_information() -> dict[str, object]:
    """Return what Info.plist says besides PyInstaller's own: the program and its documents."""
    return {
        "CFBundleExecutable": WINDOW_PROGRAM,
        "CFBundleVersion": VERSION,
        "LSMinimumSystemVersion": "13.0",  # PySide6 6.11's own
        "LSApplicationCategoryType": "public.app-category.business",
        # The last of the two programs decides otherwise: one with a console has no window.
        "LSBackgroundOnly": False,
        "NSHighResolutionCapable": True,
        # By these macOS names its own parts of the window: the menu, and the dialogs for files.
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", *LANGUAGES],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": DRAFT_TITLE,
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [f"{MAC_BUNDLE_ID}.draft"],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": f"{MAC_BUNDLE_ID}.draft",
                "UTTypeDescription": DRAFT_TITLE,
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [DRAFT_SUFFIX.removeprefix(".")],
                    "public.mime-type": DRAFT_TYPE,
                },
            }
        ],
    }


def archive_stem(system: str, machine: str) -> str:
    """Return the beginning of an archive's name: program, version, system and processor."""
    return f"{CONSOLE_PROGRAM}-{VERSION}-{system}-{machine}"
