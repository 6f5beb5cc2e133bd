"""The set-up as a CloudFormation template, for one account or as a StackSet for hundreds.

A draft comes in; the template, the steps to deploy it and its permissions go out. Open
``template`` first; ``yaml_text`` writes it as YAML, ``steps`` are the words beside it, and
``quick_create`` is the link that opens AWS's console on a template that lies in S3.
"""
