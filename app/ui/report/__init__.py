"""The report in the window: the chain of links, and each finding with its way out.

A checked account comes in. ``chain_view`` shows the links from UbiQuity to the files, each a
``link_card`` that opens over its findings; ``finding_card`` (open it first) shows one finding with
its reason, its steps and how it is known, and is used wherever a finding is shown. ``ways_on`` are
the buttons of a link. ``difference_view`` sets two External IDs under each other. ``sent_back``
takes in what came back from whoever does the AWS side elsewhere, and reports on it.
"""
