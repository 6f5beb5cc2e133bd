"""How the words of the check phrase were chosen, and what keeps them apart.

The list in ``app/core/phrase_words.py`` is an interface and never changes. ``candidates.txt`` holds
what it was chosen from: words that a person read through and found plain, from common to rare.
``apart`` has the rules by which no two of the list are alike; ``sounds.txt`` has how each word of
the list is spoken. ``python -m tests.phrase_words`` chose them, and its docstring names the
sources.
"""
