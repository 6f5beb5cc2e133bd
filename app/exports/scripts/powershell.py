"""A script for PowerShell, with the AWS CLI: the same plan as the one for bash, for Windows.

The program is the same for everybody (``powershell_program``). What is a draft's own stands before
it: values in single quotes, documents in here-strings of single quotes, in which PowerShell
expands nothing. Only ASCII: PowerShell takes curly quotes for its own.
"""

from collections.abc import Iterator
from typing import Final

from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.guide import KMS_STATEMENT_SID, POLICY_NAME, ROLE_NAME, policy_arn, role_arn
from app.exports.pieces.ascii_text import ascii_json, ascii_line
from app.exports.pieces.exported_file import ExportedFile
from app.exports.pieces.permissions_files import permissions_to_run
from app.exports.scripts.guide import powershell_guide
from app.exports.scripts.powershell_program import OPENING, PROGRAM
from app.exports.scripts.values import DESCRIPTION, DraftKey, keys_of

SCRIPT_FILE: Final = "set-up-ubiquity.ps1"


def powershell_files(draft: Draft) -> tuple[ExportedFile, ...]:
    """Return the script, how to run it, and what whoever runs it has to be allowed."""
    return (
        ExportedFile(SCRIPT_FILE, powershell_script(draft)),
        powershell_guide(draft, SCRIPT_FILE),
        permissions_to_run("powershell", draft),
    )


def powershell_script(draft: Draft) -> str:
    """Return the text of the script, of ASCII alone."""
    return "".join((OPENING, "\n", *(f"{line}\n" for line in _values(draft)), PROGRAM))


def _values(draft: Draft) -> Iterator[str]:
    account = draft.account_id
    values = {
        "Account": account,
        "RoleName": ROLE_NAME,
        "RoleArn": role_arn(account),
        "PolicyName": POLICY_NAME,
        "PolicyArn": policy_arn(account),
        "Description": DESCRIPTION,
        "StatementSid": KMS_STATEMENT_SID,
    }
    documents = {
        "TrustJson": trust_policy(draft.database_id),
        "PermissionsJson": permissions_policy(draft.buckets),
        "StatementJson": kms_statement(account),
    }
    yield from (f"${name} = {_quoted(value)}" for name, value in values.items())
    yield from (f"${name} = @'\n{ascii_json(value)}\n'@" for name, value in documents.items())
    yield "$Keys = @("
    yield ",\n".join(map(_key, keys_of(draft)))
    yield ")"


def _key(key: DraftKey) -> str:
    places = {"Arn": key.arn, "Region": key.region, "Owner": key.owner, "Before": "", "After": ""}
    return f"    @{{ {'; '.join(f'{name} = {_quoted(text)}' for name, text in places.items())} }}"


def _quoted(value: str) -> str:
    text = ascii_line(value).replace("'", "''")
    return f"'{text}'"
