"""The files and outputs that others read, as formats.md describes them: one module for each.

A module is named after its format and holds the format's name and version. ``<thing>_to_json``
makes the object that is written, ``dump_<thing>`` the text of the file, and ``read_<thing>`` takes
a file's text apart again, reader and writer of a fact side by side. ``reading`` is what all readers
share: a ``JsonObject`` knows its place in the file, so that whatever is wrong becomes one sentence
that names it (``InputProblem``), never an exception. ``writing`` is what all writers share.
``what_is`` tells which of them a text is. Open ``draft_json`` first: it is the shortest that is
both read and written. A new format (``test``, ``phrase``) is one more module here, and one more use
of it in ``app.commands``.
"""
