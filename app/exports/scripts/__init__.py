"""The set-up as a script for bash, and for PowerShell, over the AWS CLI.

A draft comes in; a script, how to run it and its permissions go out. Open ``bash`` or
``powershell`` first: each puts a draft's ``values`` at the head of its program, which is the same
for all drafts. A test holds that both programs ask the same of AWS.
"""
