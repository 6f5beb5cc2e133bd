"""The tour: the real window, driven with real events, and a picture of each page.

``setup_tour`` goes from Welcome to Finish and takes the access away again; ``mending_tour`` has a
broken set-up explained, checked, mended and put back; ``way_tour`` takes each of the three ways
straight and counts what it costs (``effort``). All are a ``tour`` and act through ``hands``, which
clicks, types, waits and takes the pictures; a step that does not lead where it should ends it.
Pictures are numbered files in the folder that the caller names.
"""
