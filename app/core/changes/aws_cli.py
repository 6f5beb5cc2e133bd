"""A request as a command line of the AWS CLI, for people who would rather send it themselves.

Source: AWS CLI User Guide, "Using quotation marks and literals with strings in the AWS CLI".
"""

import re
import shlex
from typing import Final

from app.core.changes.aws_call import AwsCall
from app.core.documents.document_text import compact_text

_WORD: Final = re.compile(r"(?<!^)(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")


def call_text(call: AwsCall) -> str:
    """Return ``call`` as a command line of the AWS CLI, quoted for bash."""
    words = ["aws", call.service, _dashed(call.operation)]
    if call.region:
        words += ["--region", call.region]
    for name, value in call.parameters.items():
        words += _option(_dashed(name), value)
    return " ".join(words)


def _option(name: str, value: object) -> list[str]:
    if value is True:
        return [f"--{name}"]
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return [f"--{name}", *map(shlex.quote, value)]
    text = value if isinstance(value, str) else compact_text(value)
    quoted = shlex.quote(text)
    # Without the sign of equality the CLI would take a value that begins with a dash for a name.
    return [f"--{name}={quoted}"] if text.startswith("-") else [f"--{name}", quoted]


def _dashed(name: str) -> str:
    return _WORD.sub("-", name).lower()
