"""The words of problems and findings, in one place for each."""
