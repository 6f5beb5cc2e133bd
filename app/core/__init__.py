"""Values and rules without a clock, a file, a network, Qt or boto3."""
