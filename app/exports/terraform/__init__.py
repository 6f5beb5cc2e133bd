"""The set-up as a Terraform configuration, which is a module as well.

A draft comes in; the configuration, what imports an existing role or policy, and the steps go
out. Open ``configuration`` first; ``hcl_text`` writes it as ``terraform fmt`` would.
"""
