"""What single changes make of a snapshot (``app.core.applied`` puts them together)."""
