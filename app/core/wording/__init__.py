"""The words for everything that the rules say in codes, in one place for each.

Findings, problems, changes, failures and receipts come in as values; sentences in the installed
language go out. A sentence that may hold the customer's values keeps them apart
(``ValueSentence``), so that a shared screen can mask them. Open ``findings`` first: it chooses and
fills the sentences of ``finding_words``, a module for each part of the chain. The problems of
fields have theirs in ``problem_words``. ``handoff`` is what an AWS administrator is sent,
``sent_back`` what came back from there, ``support`` what support is sent. ``facts`` and
``report_terms`` hold the plain words for what AWS and the report name by a code, and
``external_id`` and ``characters`` make visible how two External IDs differ. No rule is here:
whatever turns on more than words is decided below.
"""
