"""The CloudShell way: the plan's own calls, made in the AWS console's own shell.

Whoever is signed in to the console has their rights there, and needs no key anywhere else. The
program (``cloudshell_program``: the AWS CLI and Python's standard library alone) is given the
calls that the plan would make in an account where nothing is there yet, and makes those that are
lacking. It is pasted as one command, in which it is packed, or uploaded as a file.
Source of the limit: a pasted line is safe up to some 4 KB (shared facts, "AWS CloudShell").
"""

import base64
import hashlib
import json
import lzma
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.core.changes.aws_call import AwsCall
from app.core.changes.requests import calls_of
from app.core.choices import Choices
from app.core.draft import BucketEntry, Draft
from app.core.frozen import frozen
from app.core.guide import ROLE_NAME, policy_arn, role_arn
from app.core.planning.plan import planned_changes
from app.core.snapshot import (
    BucketFacts,
    CustomerPolicy,
    Encryption,
    KmsKey,
    RoleFacts,
    Snapshot,
    State,
)
from app.exports.exported_file import ExportedFile

PROGRAM_FILE: Final = "ubiquity-s3.py"
COMMAND_FILE: Final = "cloudshell-command.txt"
LONGEST_COMMAND: Final = 4000
"""In bytes, and not reached."""

_SOURCE: Final = Path(__file__).with_name("cloudshell_program.py")
_WISH: Final = '{}"""'
_WORD: Final = re.compile(r"(?<!^)(?=[A-Z])")
_SERVICES: Final = {"s3": "s3api"}

# Small texts are packed best without a context of the letters before and of places in words.
_PACKING: Final = [
    {"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "lc": 0, "lp": 0, "pb": 0}
]


@frozen
class CloudshellWay:
    """What to do in CloudShell: a command to paste, or a program to upload.

    ``command`` is one line for bash, None where it would be too long to be pasted safely.
    ``program`` is what it unpacks, the file ``ubiquity-s3.py``; ``sha256`` is that of its bytes
    in hexadecimal digits, which the command shows before it runs it.
    """

    command: str | None
    program: ExportedFile
    sha256: str


def cloudshell_way(draft: Draft) -> CloudshellWay:
    """Return the way for ``draft``; the same draft gives the same bytes."""
    text = _program_text(draft)
    digest = hashlib.sha256(text.encode()).digest()
    command = _command(text, digest)
    return CloudshellWay(
        command if len(command) < LONGEST_COMMAND else None,
        ExportedFile(PROGRAM_FILE, text),
        digest.hex(),
    )


def cloudshell_files(draft: Draft) -> tuple[ExportedFile, ...]:
    """Return the program to upload and, where it is short enough, the command to paste."""
    way = cloudshell_way(draft)
    command = (ExportedFile(COMMAND_FILE, f"{way.command}\n"),) if way.command else ()
    return (way.program, *command)


def _command(text: str, digest: bytes) -> str:
    """Return the line that unpacks the program, shows and compares its SHA-256, and runs it.

    Between single quotes bash takes every character as itself; none of these is one.
    """
    packed = lzma.compress(text.encode(), lzma.FORMAT_ALONE, filters=_PACKING)
    payload = base64.b85encode(digest + packed).decode()
    return (
        "python3 -c 'import base64,hashlib,lzma;"
        f'd=base64.b85decode("{payload}");'
        "t=lzma.decompress(d[32:]);s=hashlib.sha256(t);"
        f'print("{PROGRAM_FILE} SHA-256",s.hexdigest());'
        f'open("{PROGRAM_FILE}","wb").write(t);'
        f"exit(s.digest()!=d[:32])'&&python3 {PROGRAM_FILE}"
    )


def _program_text(draft: Draft) -> str:
    """Return the program with what ``draft`` wishes in its place."""
    # In the program it stands between quotes of this kind, in which nothing else is escaped.
    wish = json.dumps(_wish(draft), indent=1).replace("'", r"\u0027")
    return _source().replace(_WISH, f'{wish}"""', 1)


@lru_cache(maxsize=1)
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")


def _wish(draft: Draft) -> dict[str, object]:
    return {
        "account": draft.account_id,
        "arn": role_arn(draft.account_id),
        "role": ROLE_NAME,
        "policy": policy_arn(draft.account_id),
        "buckets": [{"name": e.name, "region": e.region} for e in _once(draft)],
        "calls": [_words(call) for call in _calls(draft)],
    }


def _once(draft: Draft) -> Iterator[BucketEntry]:
    """Yield the first entry of each bucket."""
    first = {entry.name: entry for entry in reversed(draft.buckets)}
    return (first[name] for name in draft.bucket_names)


def _calls(draft: Draft) -> Iterator[AwsCall]:
    """Yield what the plan would send to an account where nothing of the setup is there."""
    buckets = tuple(map(_bucket, _once(draft)))
    empty = Snapshot(
        datetime(1970, 1, 1, tzinfo=UTC),
        None,
        RoleFacts(State.MISSING),
        CustomerPolicy(State.MISSING),
        buckets,
    )
    for change in planned_changes(draft, empty, Choices()):
        yield from calls_of(change)


def _bucket(entry: BucketEntry) -> BucketFacts:
    """Return the bucket with the draft's key, whose policy has no statement."""
    arn = entry.kms_key_arn
    if arn is None:
        return BucketFacts(entry.name, State.FOUND, entry.region, encryption=Encryption("AES256"))
    policy = {"Version": "2012-10-17", "Statement": []}
    key = KmsKey(arn, arn.split(":")[4], "CUSTOMER", "Enabled", policy)
    encryption = Encryption("aws:kms", arn)
    return BucketFacts(entry.name, State.FOUND, entry.region, encryption=encryption, kms_key=key)


def _words(call: AwsCall) -> list[object]:
    """Return a call as words of the AWS CLI; its document, or what it attaches, is the last one."""
    words: list[object] = [_SERVICES.get(call.service, call.service), _dashed(call.operation)]
    if call.region:
        words += ["--region", call.region]
    last: list[object] = []
    for name, value in call.parameters.items():
        if name.endswith(("Policy", "Document")):
            document = json.loads(str(value))
            in_a_key = call.service == "kms"  # whose policy has other statements beside ours
            last = [f"--{_dashed(name)}", document["Statement"][0] if in_a_key else document]
        else:
            words += [f"--{_dashed(name)}", value]
    return words + last


def _dashed(name: str) -> str:
    return _WORD.sub("-", name).lower()
