"""What came back from an AWS administrator, in words: what is wrong with it, and what to ask for.

Open ``answer_message`` first. ``asked_arn`` knows the ARN where only our own texts ask for it,
``sent_snapshot`` what is to be said of a snapshot's account and age, and ``reading_receipt`` is
what is kept of a set-up that was made elsewhere.
"""
