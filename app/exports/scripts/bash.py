"""A script for bash: Linux, macOS and CloudShell, with the AWS CLI.

The program is the same for everybody (``bash_program``). What is a draft's own stands before it:
values in single quotes and documents in quoted here-documents, in which the shell expands nothing.
"""

import shlex
from collections.abc import Iterator, Mapping
from typing import Final

from app.core.documents.policies import Document, kms_statement, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.guide import KMS_STATEMENT_SID, POLICY_NAME, ROLE_NAME, policy_arn, role_arn
from app.exports.pieces.ascii_text import ascii_json, ascii_json_line, ascii_line
from app.exports.pieces.exported_file import ExportedFile
from app.exports.pieces.permissions_files import permissions_to_run
from app.exports.scripts.bash_program import MERGING, OPENING, PROGRAM
from app.exports.scripts.guide import bash_guide
from app.exports.scripts.values import DESCRIPTION, keys_of

SCRIPT_FILE: Final = "set-up-ubiquity.sh"

_END: Final = "END_OF_DOCUMENT"
"""What ends a document: the lines of one begin with a blank, a bracket, a number, or an element."""


def bash_files(draft: Draft) -> tuple[ExportedFile, ...]:
    """Return the script, how to run it, and what whoever runs it has to be allowed."""
    return (
        ExportedFile(SCRIPT_FILE, bash_script(draft)),
        bash_guide(draft, SCRIPT_FILE),
        permissions_to_run("bash", draft),
    )


def bash_script(draft: Draft) -> str:
    """Return the text of the script, of ASCII alone."""
    parts = (OPENING, _values(draft), _documents(draft), MERGING, PROGRAM)
    return "".join(parts)


def _values(draft: Draft) -> str:
    account = draft.account_id
    values = {
        "account": account,
        "role_name": ROLE_NAME,
        "role_arn": role_arn(account),
        "policy_name": POLICY_NAME,
        "policy_arn": policy_arn(account),
        "description": DESCRIPTION,
        "statement_sid": KMS_STATEMENT_SID,
        "has_keys": "yes" if keys_of(draft) else "no",
    }
    return "\n" + "".join(f"{name}={_quoted(value)}\n" for name, value in values.items())


def _quoted(value: str) -> str:
    return shlex.quote(ascii_line(value))


def _documents(draft: Draft) -> str:
    trust, permissions = trust_policy(draft.database_id), permissions_policy(draft.buckets)
    files = {
        "trust.json": ascii_json(trust),
        "permissions.json": ascii_json(permissions),
        "statement.json": ascii_json(kms_statement(draft.account_id)),
        "same-trust": _equals("Role.AssumeRolePolicyDocument", trust),
        "same-permissions": _equals("PolicyVersion.Document", permissions),
        "keys": "\n".join(_keys(draft)),
    }
    lines = ["", "write_documents() {", *_here_documents(files), "}", ""]
    return "\n".join(lines)


def _equals(element: str, document: Document) -> str:
    """Return a question in JMESPath: is what stands there ``document``, whatever its key order."""
    return f"{element} == `{ascii_json_line(document)}`"


def _keys(draft: Draft) -> Iterator[str]:
    """Yield a line for each key: its number, ARN, region and account."""
    for number, key in enumerate(keys_of(draft), start=1):
        yield ascii_line(f"{number} {key.arn} {key.region} {key.owner}")


def _here_documents(files: Mapping[str, str]) -> Iterator[str]:
    for name, text in files.items():
        yield f"    cat >\"$folder/{name}\" <<'{_END}'"
        yield text
        yield _END
