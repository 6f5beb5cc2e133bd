"""Small files of this computer: read within bounds, written whole or not at all.

A path comes in; text goes out, or a ``FileProblem``. ``reading`` is the one way to read a file in
the whole program, whoever made it; ``inputs`` says why one that somebody chose can't be used;
``writing`` makes our own, for their owner alone. ``passing_folder`` makes folders that end with the
process, held by ``file_lock``. Beside them ``bundles`` writes and opens support
bundles; ``zip_entries`` takes a ZIP file of an unknown sender apart in memory. Open ``reading``
first.
"""
