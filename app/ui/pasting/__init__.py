"""Checking without a sign-in: documents pasted, what was recognised, and what is still missing.

The state comes in (``SetupState.pasted``), and edits go out through ``SetupActions.pasting``. Open
``paste_box`` first: it holds the others.
"""
