"""The set-up in AWS CloudShell: a command to paste, or a program to upload.

A draft comes in; a ``CloudshellWay`` goes out. Open ``way`` first: it has the plan's own calls put
into ``program``, which runs there and is imported nowhere here.
"""
