"""What the program is called, and the two programs of a bundle, which lie in one folder."""

from typing import Final

PRODUCT: Final = "UbiQuity S3 Connection Setup"
"""For people, in every language."""

WINDOW_PROGRAM: Final = PRODUCT
"""Opens the window; on Windows without a console, so that it prints nothing there."""

CONSOLE_PROGRAM: Final = "ubiquity-s3-setup"
"""The command line: what it prints is seen in a terminal. Windows adds ``.exe`` to both."""
