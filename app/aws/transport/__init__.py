"""How calls get through, whatever they ask for and whoever asks.

``threads`` keeps blocking calls off the event loop, ``failures`` turns the exceptions of botocore
into values (open this one first), ``trust`` says which certificates count, and ``core_sessions``
makes the sessions of botocore with this computer's settings. Nothing here knows how somebody signs
in: that comes from ``app.aws.sessions`` and ``app.aws.identity_center``, which both import this.
"""
