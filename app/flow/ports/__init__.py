"""What the flows need of AWS and of this computer.

``app.aws``, ``app.system`` and what wires them provide it; tests provide fakes. Each method
returns an expected failure as a value (``AwsFailure``) and never raises one. ``aws`` is what is
asked of AWS; ``accounts`` where sign-ins come from; ``journals`` where runs are kept; ``files``
what is made for others.
"""
