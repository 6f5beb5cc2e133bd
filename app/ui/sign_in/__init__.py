"""The ways to sign in to AWS, as the window offers them."""
