"""The tour: the real window, driven with real events, and a picture of each page."""
