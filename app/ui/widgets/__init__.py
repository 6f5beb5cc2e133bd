"""Parts of any window: each shows what it is given, holds no state and knows no wizard.

Texts come in translated. A text with one of the customer's values in it comes as a template with
the values beside it, and reaches the screen through ``value_text`` alone, which can mask it
(``masking``). ``labelled`` is what every field has; ``field`` and ``choice_field`` are the two
kinds. ``pictures`` draws the icons of ``resources/icons``, ``indicators`` what has to be painted.
Each control has a name (for tests and the tour) and a word for those who hear the window.
"""
