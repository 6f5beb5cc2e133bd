"""The plan's parts, one for each thing in AWS (``app.core.planning.plan`` puts them together)."""
