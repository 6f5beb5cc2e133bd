"""What was tried and seen, set against what was worked out.

A snapshot's observations come in: what AWS answered to each call of the customer's sign-in and of
UbiQuity. ``tried`` finds the failures that no later answer made good, and the causes that their
words tell. Open ``seen`` first: it takes the findings of all checks and returns them as the
observations leave them. A finding is verified by a refusal that it foresaw, and given up where
the call was seen to work (``concern`` tells which findings a call is about). ``unforeseen`` says
what else a refusal may be put down to.
"""
