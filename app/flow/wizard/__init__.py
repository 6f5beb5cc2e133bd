"""The state that the window is drawn from, and all that changes it."""
