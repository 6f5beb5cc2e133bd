"""What was tried and seen, against what was worked out."""
