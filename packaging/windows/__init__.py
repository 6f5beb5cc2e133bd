"""What a built Windows folder becomes: an installer, and programs with a signature.

In comes the folder that ``packaging/build.py`` made on Windows; out comes the installer
(``installer.py`` has NSIS compile ``installer.nsi``). ``sign.py`` signs one file after the other.
"""
