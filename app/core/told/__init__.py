"""What UbiQuity's own Test Connection answered, as a person picks it or pastes it.

An answer (``answer``) comes in, or its words (``pasted_answer``); observations for a snapshot go
out.
"""
