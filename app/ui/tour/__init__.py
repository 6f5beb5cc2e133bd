"""The tour: the real window, driven with real events, and a picture of each page.

``setup_tour`` goes from Welcome to Finish and takes the access away again; ``mending_tour`` has a
broken set-up explained, checked, mended and put back. Both act through ``hands``, which clicks,
types, waits and takes the pictures; a step that does not lead where it should ends the tour.
Pictures are numbered files in the folder that the caller names.
"""
