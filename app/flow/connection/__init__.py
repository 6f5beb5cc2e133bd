"""The connection test: what is tried, check by check, and what was observed by it.

``checks`` are the values that both roles, the window and the command line share; open it first.
``beginning`` is the first call of either role: it tells of network, clock and sign-in.
``customer_test`` is what can be tried with the customer's sign-in; ``ubiquity_test`` does what the
connector does with UbiQuity's own identity, and proves what must be refused; ``probe`` does it with
a file of its own, and always cleans up. ``spreading`` gives AWS its minute where something is new.
``watch`` looks out for UbiQuity in the account's own event history. ``ended`` proves the contrary
of all of it, after a revocation.
"""
