"""A pasted error explained: the guide's troubleshooting and the causes in the catalogue.

What comes in is a text from UbiQuity, CloudTrail, the AWS CLI, an SDK or a log; what goes out are
``Explanation``s, each a code of the catalogue with the values that the text itself tells, the
best match first. Open ``explain`` first. It takes the text out of its frame (``unwrapping``) and
apart (``pasted``), asks whether it is AWS's at all (``origin``; ``hosts`` for what says only that
a host was not reached), looks for what is no region (``wrong_regions``, ``meant_region``), reads
AWS's sentences about who may not do what (``denial``, ``refused_caller``, ``refused``), AWS's
other answers (``service_errors``) and the errors of this computer and its sign-in
(``client_errors``, in the words of each SDK: ``dialects``); an answer that says no and nothing
else comes last (``bare_refusals``, by what the SDKs tell of the call: ``refused_call``). No cause
is given that the text speaks against: another product's error, a call that neither the connector
nor the sign-in needs (``needed_calls``), or a reason that is not in the catalogue leads to
nothing. Texts are matched by AWS's stable parts: accounts, ARNs, request ids, case, quotes and
line breaks don't matter. The words are made from the codes at the edge (``wording.findings``,
``formats.explanation_json``).
"""
