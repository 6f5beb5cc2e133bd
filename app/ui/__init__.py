"""The window. The only place, with bootstrap, that imports Qt."""
