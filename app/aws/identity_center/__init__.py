"""IAM Identity Center: signing in at an AWS access portal, and the roles behind it."""
