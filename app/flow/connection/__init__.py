"""The connection test: what is tried, check by check, and what was observed by it.

``checks`` are the values that both roles, the window and the command line share; open it first.
``ubiquity_test`` does what the connector does with UbiQuity's own identity, and proves what must be
refused; ``probe`` does it with a file of its own, and always cleans up. ``spreading`` gives AWS its
minute where something is new.
``ended`` proves the contrary, after a revocation.
"""
