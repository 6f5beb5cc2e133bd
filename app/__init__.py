"""UbiQuity S3 Connection Setup: a desktop wizard for the role UbiQuity assumes.

The layers, from the bottom: ``core`` (pure values and rules), ``flow`` (use cases as asyncio
code), the siblings ``aws``, ``exports``, ``practice``, ``system`` and ``ui``, which never import
each other, and above them ``wiring``, which joins them, ``bootstrap``, which opens the window, and
``commands``, the command line. import-linter holds this order; ``docs/how-it-is-built.md`` tells
the rest.
"""

__version__ = "0.1.0"
