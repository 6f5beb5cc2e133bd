"""The review of a plan: each change, what it leaves alone, and what can be chosen."""
