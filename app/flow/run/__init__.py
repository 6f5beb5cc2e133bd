"""Making the changes of a run, going on with it, and taking it back."""
