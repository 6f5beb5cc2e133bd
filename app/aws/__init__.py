"""Everything that speaks to AWS through boto3."""
