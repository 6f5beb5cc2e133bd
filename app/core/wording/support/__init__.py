"""What UbiQuity's support is sent and reads: the mail, a bundle's first file, a replay's notes."""
