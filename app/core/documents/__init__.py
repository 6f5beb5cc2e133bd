"""The guide's policies, and policy documents read and compared."""
