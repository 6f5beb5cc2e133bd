"""The practice AWS: an account that lives inside the program."""
