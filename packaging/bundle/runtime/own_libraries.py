"""Run by a bundle before the program: what it starts finds its own libraries, not the bundle's.

On Linux PyInstaller's start points LD_LIBRARY_PATH at the bundle. This process has read it by
now; a browser that is started from here would load our OpenSSL in place of its own.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _before
