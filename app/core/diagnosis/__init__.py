"""The diagnosis: what a draft and a snapshot together say, as a report.

A ``Draft`` (what the customer wants) and a ``Snapshot`` (what AWS has) come in; a ``Report`` goes
out: a verdict, the decision about each request of the connector, and findings, each a code of the
catalogue with its values (``codes``). Open ``diagnose`` first: it lists the checks, one function
each. They all look at the ``Setup`` that ``view`` makes: the role, the connectors and every
question to AWS, answered by the rules of ``app.core.iam``. What was tried and seen then counts
more than what was worked out (``observed``). ``chain`` sorts a report for the window, link by
link. No words are made here; those are in ``app.core.wording``.
"""
