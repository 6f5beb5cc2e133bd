"""Making the program that needs no Python: what ``packaging/build.py`` has done in ``.venv``.

In comes this clone with its ``.venv``; out come a folder that runs by itself, its archives, and
the lists of what is in it. ``packaging/ubiquity-s3-setup.spec`` is what PyInstaller reads; the
rules that it follows are here: ``distributions`` (which of the installed packages are ours to
ship), ``contents`` (which of their files are used). Open ``packaging/build_steps.py`` first.
"""
