"""Rehearsals: for each finding, a practice AWS in which it is found (``practice --scenario``).

A ``Scenario`` (open ``scenario`` first) names the finding and the function that arranges it;
``set_up`` runs that on a ``RehearsalStage`` (``stage``: the guide's steps and its mistakes as real
calls) and returns the ``Rehearsal``: the draft to fill in and the way to sign in (``sign_ins``).
The scenarios themselves lie in one module for each part of the set-up (``role``, ``trust``, …);
a new one is a function and a line of ``SCENARIOS`` there, a new module a line in
``scenario_list``. ``aws_settings`` and ``company_network`` are the props around the practice AWS.
Listing scenarios is quick: boto3 and moto are imported when one is set up.
"""
