"""The guide's policies, and policy documents read and compared.

Two things come in: a draft, whose policies ``policies`` writes as the guide has them (``additions``
has what goes beyond it, ``policy_size`` AWS's limits), and documents as JSON that AWS or a customer
wrote, whatever is in them. What goes out are documents, statements and facts about them, never a
sentence. Open ``policies`` first, then ``statements``: a document is changed one statement at a
time, and what others wrote stays to the letter. ``comparison`` tells whether two say the same.
``external_ids`` and ``damage`` tell whose an External ID is, ``ubiquity_trust`` what is UbiQuity's
in a trust policy, and ``gone_principals`` who is named there and no longer exists.
``document_text`` writes all of it as JSON.
"""
