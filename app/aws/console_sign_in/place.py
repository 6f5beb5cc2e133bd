"""Where to sign in in the place of AWS: a plain value, chosen before botocore is imported."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ConsolePlace:
    """An address to sign in at, such as the practice AWS, and the folder where that is kept.

    As for ``GivenKeys``, nothing of this computer's AWS settings counts there.
    """

    endpoint_url: str
    folder: Path
