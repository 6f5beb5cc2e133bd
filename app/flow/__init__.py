"""Use cases as asyncio code: the order of steps, and the state that the window is drawn from.

Without Qt and without boto3: what they need of AWS and of the disk is in ``ports``.
"""
