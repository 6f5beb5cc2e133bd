"""Values and rules without a clock, a file, a network, Qt or boto3.

Everything goes from two values to a third: a ``Draft`` (what the customer wants) and a
``Snapshot`` (what AWS has) come in, and a ``Report``, or a ``Plan`` of ``Change``s, goes out. These
values lie at the root, with what else is passed around as it is: ``choices``, ``journal``,
``failure``, ``sign_in``, ``problem``. Beside them lies the ground that all stand on: ``frozen``
(how values are made), ``guide`` (what the published guide fixes), ``i18n`` and ``message`` (words
that are translated when they are shown), ``regions``, ``likeness`` and ``console_links``.

The rules are in wings, each of which knows only those named before it. ``iam`` decides what a
policy allows, and ``pasted`` cleans and reads what people paste. ``documents`` writes the guide's
policies and compares others with them, ``pasted_documents`` finds AWS's documents in a text and
makes a snapshot of them, and ``explain`` names the causes of a pasted error.
``fields`` checks what is typed, ``changes`` knows each kind of change to an account, and
``diagnosis`` makes the findings. ``planning`` and ``revoking`` make plans. ``wording`` puts all of
it into words, and ``formats`` into files. Each wing's ``__init__`` says what to open first.
"""
