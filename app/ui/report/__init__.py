"""The report in the window: the chain of links, and each finding with its way out."""
