"""What people and programs hand over as text, cleaned and read before anything is made of it.

Any text comes in; nothing raises. ``cleaning`` takes white space, invisible characters and
quotation marks away and counts what it took: the fields begin with it, so open it first.
``credentials`` reads AWS credentials out of whatever form they were copied in, by the names that
stand before the values (``value_after_name``). ``region_names`` tells which region of AWS a text
names. ``without_secrets`` goes the other way: it takes out of another program's message what may
be a secret, so that the rest can be shown.
"""
