"""Run by a bundle right before the program: what it starts finds its own libraries, not ours.

PyInstaller's start points LD_LIBRARY_PATH (on Linux) and Qt's places for plugins at the bundle.
The former has been read by now, and PySide6 finds its plugins without the latter; a browser or a
program that signs in, started from here, would load our OpenSSL and Qt in place of its own.

By its own variables PyInstaller knows a bundle's child of the same bundle, which then takes over
what its parent had set. Without them each process of ours sets it for itself.
"""

import os

for _name in [name for name in os.environ if name.startswith("_PYI_")]:
    del os.environ[_name]
for _name in ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
    os.environ.pop(_name, None)
_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _before
