"""Use cases as asyncio code: the order of steps, without Qt and without boto3."""
