"""Which languages the person reads, as the system tells it; without Qt, for the command line too.

Sources: GNU gettext manual, "Locale Environment Variables" (the order of the variables, a list in
``LANGUAGE``, which the locale C overrules); Microsoft, "GetUserPreferredUILanguages"; Apple,
"Preferences and Settings Programming Guide" (``AppleLanguages`` in the global domain).
"""

import os
import sys
from typing import Final

_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LANGUAGE: Final = frozenset({"C", "POSIX"})
_MUI_LANGUAGE_NAME: Final = 0x8
_APPLE: Final = "~/Library/Preferences/.GlobalPreferences.plist"


def wanted_languages() -> list[str]:
    """Return the person's languages, most wanted first.

    What the environment says of messages comes before what Windows and macOS are set to; a mere
    ``LANG`` after it, since their terminals make it up by the region.
    """
    asked = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES")
    if asked in _NO_LANGUAGE:
        return [asked]
    listed = os.environ.get("LANGUAGE")
    if listed:
        return listed.split(":")
    if asked:
        return [asked]
    usual = os.environ.get("LANG")
    return [*_of_system(), *([usual] if usual else [])]


def _of_system() -> list[str]:
    """Return what Windows and macOS are set to; other systems have the environment alone."""
    try:
        if sys.platform == "win32":
            return _of_windows()
        if sys.platform == "darwin":
            return _of_macos(os.path.expanduser(_APPLE))  # noqa: PTH111 - pathlib is slow to load
    except (OSError, ValueError, AttributeError):  # a system that answers otherwise
        pass
    return []


def _of_windows() -> list[str]:
    """Return the languages of Windows' own windows, for example ``de-DE``."""
    import ctypes

    windll: object = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
    ask = windll.kernel32.GetUserPreferredUILanguages  # type: ignore[attr-defined]
    count, size = ctypes.c_ulong(), ctypes.c_ulong()
    if not ask(_MUI_LANGUAGE_NAME, ctypes.byref(count), None, ctypes.byref(size)):
        return []
    names = ctypes.create_unicode_buffer(size.value)
    if not ask(_MUI_LANGUAGE_NAME, ctypes.byref(count), names, ctypes.byref(size)):
        return []
    return [name for name in "".join(names[: size.value]).split("\0") if name]


def _of_macos(preferences: str) -> list[str]:
    """Return the languages of macOS from the file of its ``preferences``."""
    import plistlib
    from xml.parsers.expat import ExpatError

    from app.files.reading import SMALL, read_bytes

    content = read_bytes(preferences, SMALL)
    if not isinstance(content, bytes):
        return []
    try:
        listed = plistlib.loads(content).get("AppleLanguages", [])
    except (ExpatError, plistlib.InvalidFileException):
        return []
    return [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
