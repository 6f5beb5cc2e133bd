"""What can be done to an AWS account, kind by kind."""
