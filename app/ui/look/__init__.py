"""How the window looks: colours, sizes of text, and the one style sheet."""
