"""Policies as AWS shows them, and what copying does to them: shared by the tests of this folder."""

import json
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry
from tests.helpers.snapshots import ACCOUNT, BUCKET, DATABASE_ID, OBJECTS, REGION, Json, document

TRUST: Final[Json] = dict(trust_policy(DATABASE_ID))
PERMISSIONS: Final[Json] = dict(permissions_policy([BucketEntry(BUCKET, REGION)]))
BUCKET_POLICY: Final = document(
    {
        "Sid": "TLS only",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{BUCKET}", OBJECTS],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
)
KEY_POLICY: Final = document(
    {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": "kms:*",
        "Resource": "*",
    },
    dict(kms_statement(ACCOUNT)),
)


def pretty(policy: object) -> str:
    """Return a policy as AWS's console shows it."""
    return json.dumps(policy, indent=4, ensure_ascii=False)


def _numbered(separator: str) -> Callable[[str], str]:
    def numbered(text: str) -> str:
        lines = enumerate(text.split("\n"), start=1)
        return "\n".join(f"{number}{separator}{line}" for number, line in lines)

    return numbered


def _before_each(mark: str) -> Callable[[str], str]:
    return lambda text: "\n".join(mark + line for line in text.split("\n"))


def _between_parts(text: str, put: str) -> str:
    """Put something at the end of each line that opens or goes on: outside of every text."""
    return re.sub(r"([{\[,])\n", rf"\1{put}\n", text)


def as_escaped(text: str) -> str:
    """Return a text as it stands in a JSON string, without the quotation marks around it."""
    return json.dumps(text)[1:-1]


DAMAGES: Final[dict[str, tuple[Callable[[str], str], str]]] = {
    "a heading and a fence": (lambda text: f"JSON\n```json\n{text}\n```\n", ""),
    "windows": (lambda text: text.replace("\n", "\r\n"), ""),
    "a byte-order mark": (lambda text: f"\ufeff{text}", ""),
    "// comments": (lambda text: _between_parts(text, " // see {above}"), "comment"),
    "/* */ comments": (lambda text: _between_parts(text, " /* a, 'b' */"), "comment"),
    "# comments": (lambda text: _between_parts(text, "  # it's here"), "comment"),
    "an arrow": (lambda text: _between_parts(text, "   <--- this one"), "comment"),
    "trailing commas": (lambda text: re.sub(r"\n( *[}\]])", r",\n\1", text), "extra-comma"),
    "missing commas": (lambda text: re.sub(r"([\"}\]]),\n", r"\1\n", text), "no-comma"),
    "no-break spaces": (lambda text: text.replace("\n  ", "\n\xa0 "), "odd-spaces"),
    "zero-width": (lambda text: _between_parts(text, "\u200b"), "invisible"),
    "line numbers": (_numbered(" "), "line-numbers"),
    "line numbers alone": (_numbered("\n"), "line-numbers"),
    "line numbers | ": (_numbered(" | "), "line-numbers"),
    "line numbers before": (lambda text: "1\n2\n3\n4\n" + text, ""),
    "a quoted mail": (_before_each("> "), "quoted-lines"),
    "an added diff": (_before_each("+"), "diff"),
    "a page's source": (lambda text: text.replace('"', "&quot;"), "html"),
    "an escaped page's source": (lambda text: text.replace('"', "&amp;quot;"), "html"),
    "IAM's API": (lambda text: quote(text, safe=""), "url"),
    "a string's inside": (as_escaped, "escaped"),
    "a string": (json.dumps, "escaped"),
}
"""What is done to a text, and what must be said of it; "" where nothing was passed over.

Good for every policy that has no quotation mark in its texts.
"""
