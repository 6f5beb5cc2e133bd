"""UbiQuity S3 Connection Setup: a desktop wizard for the role UbiQuity assumes.

The layers, from the bottom: ``core`` (pure values and rules), ``flow`` (use cases as
asyncio code), then the siblings ``aws``, ``exports``, ``practice``, ``system`` and ``ui``, and
above them ``cli`` and ``bootstrap``, which wires everything together. import-linter holds
this order; see ``pyproject.toml``.
"""

__version__ = "0.1.0"
