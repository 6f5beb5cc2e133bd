"""The plan's parts, one for each thing in AWS (``app.core.plan`` puts them together)."""
