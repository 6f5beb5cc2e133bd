"""IAM's evaluation of policies, three-valued: allowed, denied, or unknown and why.

A policy's JSON and a request come in; the decision goes out with the statements it turns on, and
with the condition keys and policies that would have to be known. Open ``decision`` first: it has
one function for each of AWS's rules (same account, across accounts, trust, key). ``policies``
takes a document apart with ``statements``, ``elements`` and ``conditions``, and notes what AWS
would not have stored (``document_faults``); ``requests`` makes the connector's requests, with all
that is known of their ``context``: ``request_keys`` is the one table of it, each condition key
with its source. ``readings`` holds each statement against a request, and ``grants`` weighs them
all; ``cases`` tries every value of a key that nobody knows. Nothing here knows UbiQuity's set-up
beyond the three requests, and nothing outside is imported but plain values of ``app.core``.
"""
