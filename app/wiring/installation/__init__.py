"""What an installation is made of, looked at part by part: ``self-check``.

Each module has the looks at one kind of part. A look takes nothing, returns in plain words what it
found, and raises ``DamagedError`` (``part``, open it first) with a sentence where something is
missing or broken. Nothing of the person's is read or written: no journal, receipt, sign-in or AWS
setting. ``in_a_child`` makes the looks in a process of their own, so that a library that crashes or
hangs costs its own part alone.
"""
