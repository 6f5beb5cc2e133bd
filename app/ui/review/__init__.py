"""The review of a plan: each change, what it leaves alone, and what can be chosen.

Creating and revoking are the same page with other words: ``review_page`` is what both share, and
``review_words`` holds the words of either. A ``Run`` of the state comes in; ``run_view`` draws it,
as a plan to agree to and then as what became of it, with ``run_words`` for its sentences. The
cards beside it: ``offers_card`` (what can be chosen), ``left_alone_card`` (what stays),
``remaining`` (what can't be mended) and ``requirements_box``. ``confirmation`` asks once more
before something is taken away. Open ``run_view`` first.
"""
