"""A keyboard on an X screen: real keys, pressed by the server's own XTEST extension.

https://www.x.org/releases/current/doc/libXtst/xtestlib.html has the calls. Both libraries come
with at-spi2-core.
"""

import ctypes
from collections.abc import Mapping
from typing import Final

_KEYS: Final[Mapping[str, str]] = {"Enter": "Return", "Esc": "Escape", "PageDown": "Next"}
"""The names of keys where X has others."""

_SIGNS: Final[Mapping[str, str]] = {
    " ": "space",
    "-": "minus",
    ".": "period",
    "/": "slash",
    ":": "colon",
    "(": "parenleft",
    ")": "parenright",
    "_": "underscore",
    "=": "equal",
}
"""X's names of the characters that are not called by themselves."""

_NOT_SEEN: Final = 0
_TO_THE_PARENT: Final = 2


class _Attributes(ctypes.Structure):
    """``XWindowAttributes``, of which only some is asked for."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        ("visual", ctypes.c_void_p),
        ("root", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing")),
        *((name, ctypes.c_ulong) for name in ("planes", "pixel")),
        ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("installed", "map_state")),
        *((name, ctypes.c_long) for name in ("all_events", "events", "not_passed_on")),
        ("override_redirect", ctypes.c_int),
        ("screen", ctypes.c_void_p),
    )


class XKeyboard:
    """The keyboard of the screen ``display``. Close it in the end."""

    def __init__(self, display: str) -> None:
        self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        if self._display.value is None:
            raise OSError(f"no screen {display}")
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._x.XKeysymToKeycode.restype = ctypes.c_ubyte
        self._x.XkbKeycodeToKeysym.restype = ctypes.c_ulong

    def close(self) -> None:
        """Unplug it."""
        self._x.XCloseDisplay(self._display)

    def face(self) -> None:
        """Give the keys to the window that has come up, as each window manager does."""
        for window in reversed(self._windows()):
            attributes = _Attributes()
            known = self._x.XGetWindowAttributes(
                self._display, ctypes.c_ulong(window), ctypes.byref(attributes)
            )
            if known and attributes.map_state != _NOT_SEEN and not attributes.override_redirect:
                self._x.XSetInputFocus(
                    self._display, ctypes.c_ulong(window), _TO_THE_PARENT, ctypes.c_ulong(0)
                )
                self._x.XSync(self._display, 0)
                return
        raise LookupError("no window")

    def press(self, key: str, *held: str) -> None:
        """Press and release ``key`` while ``held`` are held down: "Enter", "Tab", "a"."""
        codes = [self._code(name) for name in (*held, key)]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, 1, ctypes.c_ulong(0))
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._display, code, 0, ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)

    def type(self, text: str) -> None:
        """Type ``text``, sign by sign."""
        for char in text:
            name = _SIGNS.get(char, char)
            plain = self._x.XkbKeycodeToKeysym(self._display, self._code(name), 0, 0)
            needs_shift = plain != self._x.XStringToKeysym(name.encode())
            self.press(name, *(("Shift_L",) if needs_shift else ()))

    def _code(self, key: str) -> int:
        symbol = self._x.XStringToKeysym(_KEYS.get(key, key).encode())
        code: int = self._x.XKeysymToKeycode(self._display, ctypes.c_ulong(symbol))
        if not code:
            raise ValueError(f"this keyboard has no key {key}")
        return code

    def _windows(self) -> list[int]:
        """Return the windows of the screen, the uppermost last."""
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        above, top = ctypes.c_ulong(), ctypes.c_ulong()
        below, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        self._x.XQueryTree(self._display, root, *map(ctypes.byref, (above, top, below, count)))
        return [int(below[at]) for at in range(count.value)]
