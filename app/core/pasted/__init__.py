"""Cleaning and reading what people paste."""
