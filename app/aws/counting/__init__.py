"""How many files lie under a prefix, counted to the end, for buckets of any size.

A client of one sign-in comes in, and figures go out (``count.count_files``). The first pages are
listed in place (``first_pages``), until a process of its own is ready to go on (``own_program``):
one stream of a listing is slow, and to take its pages apart would hold up the window. Open
``course`` first: it decides which part of the keys is asked for next (``key_ranges``,
``key_order``), and what an answer or a trouble means; it does nothing itself, so that tests walk it
in memory. In the process ``worker`` drives it, with threads that send signed requests (``lister``)
and read of a page what counting needs (``page_reader``). ``messages`` are what the two processes
say to each other.

Exact by construction: ranges never overlap, each key is counted by the one range it lies in, and a
range moves on only by what a whole page held. Where a range is cut in two is a guess, which costs
time where it is wrong and never a key. Nothing outside the prefix is asked for, and nothing but
ListObjectsV2 with that very prefix: where the first page was allowed, so is every other.
"""
