"""Joins the layers: what flows need, made from ``app.aws``, ``app.practice`` and ``app.system``."""
