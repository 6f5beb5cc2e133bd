"""Documents for other people and tools, made from core values.

A draft comes in; ``ExportedFile``s go out, each a name and its whole text: nothing is written here.
Open ``by_format`` first: it has every export by its name, the larger in folders of their own.
``handoff`` is what the window sends to an AWS administrator, ``support_bundle`` what support gets;
``pieces`` are what several of them are made of.
"""
