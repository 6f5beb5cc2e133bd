"""Documents for other people and tools, made from core values.

A draft comes in; ``ExportedFile``s go out, each a name and its whole text: nothing is written here.
Open ``policy_files`` first: it has the policies as files, just as AWS takes them. ``handoff`` adds
the letter to whoever looks after the AWS account. Each further export (CloudFormation, Terraform,
a shell's commands, CloudShell) is one more module here, and one more line in ``by_format``.
"""
