"""The files and outputs that others read: one module for each format (formats.md)."""
