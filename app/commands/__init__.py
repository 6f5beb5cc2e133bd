"""The command line: a module for each command, over the use cases that the window calls as well.

``cli`` has the table of commands: a new one is a module here and a row there. A command takes its
options as plain values, and returns an exit status (``exit_status``); its result goes to standard
output, and whatever else is said to the other (``output``), line by line through the one edge that
escapes what can't be seen (``terminal``). A fault of our own ends in ``last_resort``. What all have
in common that ask AWS is in ``sources`` (where a snapshot comes from), ``to_the_end`` (the event
loop) and ``beginning`` (a draft, a sign-in, journals); what all that change it, in ``manner`` (ask
or not), ``unfinished`` (an earlier run), ``running`` (a run, told step by step) and ``prompts``.
Commands import late what they need of AWS, since ``check`` of a file has to start in a blink.
Open ``apply`` first.
"""
