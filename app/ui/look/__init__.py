"""How the window looks: colours, sizes of text, and the one style sheet.

``tokens`` names each colour by what it is for, in a light and a dark theme; ``theme`` decides which
is in use, and asks for it anew when the system changes. From the colours and the system's font
``style_sheet`` makes the one style sheet of the program. A widget that paints itself takes its
colours from ``theme.tokens()`` while it paints, and its measures from ``typeface`` and ``GRID``.
"""
