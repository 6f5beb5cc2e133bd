"""Documents for other people and tools, made from core values.

A draft comes in; ``ExportedFile``s go out, each a name and its whole text: nothing is written here.
Open ``by_format`` first: it has every export by its name. ``policy_files`` has the policies as
files, just as AWS takes them; ``handoff`` is what the window sends to an AWS administrator.
"""
