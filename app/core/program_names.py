"""The two programs of a bundle, which lie in one folder: what starts the other knows its name."""

from typing import Final

WINDOW_PROGRAM: Final = "UbiQuity S3 Connection Setup"
"""Opens the window; on Windows without a console, so that it prints nothing there."""

CONSOLE_PROGRAM: Final = "ubiquity-s3-setup"
"""The command line: what it prints is seen in a terminal. Windows adds ``.exe`` to both."""
