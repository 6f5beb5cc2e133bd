"""The practice AWS: an account that lives inside the program.

Requests of real boto3 come in over HTTP on 127.0.0.1; answers go out as AWS would give them. Open
``server`` first, then ``gate``: each request passes the gate, which checks its signature
(``signature``), asks the program's own evaluator whether it is allowed (``authority``) and refuses
it in AWS's words (``denials``, ``refusal``), or hands it on to moto. ``iam``, ``s3``, ``kms`` and
``sts`` add what moto does not do as AWS does; ``ledger`` keeps what moto would misread. What was
done is recorded (``event_records``) and told by ``cloudtrail``, each after a while (``pace``).
``connector`` is UbiQuity's own "Test Connection". ``seed`` fills the account that ``account``
describes, and ``faults`` lets things go wrong on purpose. ``scenarios`` holds a rehearsal for each
finding, and some of the connection itself. Modules that import moto are imported only once it
starts.
"""
