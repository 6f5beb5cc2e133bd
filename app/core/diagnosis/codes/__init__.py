"""Which findings there are: a code each, and what goes with it.

Nothing comes in but the catalogue as findings.md has it. ``catalogue`` has a row for each code:
how much it weighs, who can act, its link of the chain and where the guide tells of it; open it
first. ``parameters`` says which values each code carries, and of what kind they are. The words
are in ``app.core.wording.finding_words``.
"""
