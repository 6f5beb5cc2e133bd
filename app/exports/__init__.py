"""Documents for other people and tools, made from core values."""
