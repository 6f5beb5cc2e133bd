"""IAM policy evaluation: documents, patterns, conditions and the decision."""
