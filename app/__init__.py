"""UbiQuity S3 Connection Setup: a desktop wizard for the role UbiQuity assumes.

The layers, from the bottom: ``core`` (pure values and rules), ``flow`` (use cases as
asyncio code), then the siblings ``aws``, ``exports``, ``practice``, ``system`` and ``ui``, above
them ``wiring``, which joins them, ``bootstrap``, which opens the window, and ``commands``, the
command line. import-linter holds this order (``pyproject.toml``), and
``tests/test_architecture.py`` that no two folders import each other.
"""

__version__ = "0.1.0"
