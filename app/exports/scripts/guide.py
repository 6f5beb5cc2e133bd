"""How a script is run, as a text beside it: what it needs, how to begin, what may go wrong.

What may go wrong is what people ran into: mail programs that change line ends or withhold
scripts, downloads that lose the permission to be run, Windows' marks on files from the internet
and its execution policy.
"""

from typing import Final

from app.core.draft import Draft
from app.core.guide import role_arn
from app.core.i18n import tr
from app.core.wording.characters import escaped
from app.exports.pieces.exported_file import ExportedFile
from app.exports.pieces.permissions_files import PERMISSIONS_TO_RUN_FILE

GUIDE_FILE: Final = "how-to-run.txt"


def bash_guide(draft: Draft, script: str) -> ExportedFile:
    """Return how the bash script ``script`` is run."""
    how = tr(
        "On Linux, on macOS, or in AWS CloudShell (Actions > Upload file), in a terminal in the "
        "folder of the script:\n\n"
        "   bash {script} --check     shows what is there, and changes nothing\n"
        "   bash {script}             shows what it will do, asks, and does it\n"
        "   bash {script} --help      tells the other options\n\n"
        "It needs the AWS CLI, signed in to AWS account {account} (in CloudShell both are there "
        "already). For an encrypted bucket it also uses jq or Python 3; where there is neither it "
        "says what is left to do by hand.\n\n"
        "If the system says “Permission denied” or “bad interpreter”, begin the line with "
        "“bash ”, as above: a download may not be run by itself."
    )
    return _guide(draft, how.format(script=script, account=draft.account_id))


def powershell_guide(draft: Draft, script: str) -> ExportedFile:
    """Return how the PowerShell script ``script`` is run."""
    how = tr(
        "On Windows, in PowerShell (5.1, which every Windows has, or 7), in the folder of the "
        "script:\n\n"
        "   powershell -NoProfile -ExecutionPolicy Bypass -File .\\{script} -Check\n"
        "   powershell -NoProfile -ExecutionPolicy Bypass -File .\\{script}\n\n"
        "The first shows what is there and changes nothing; the second shows what it will do, "
        "asks, and does it. In PowerShell 7 write “pwsh” for “powershell”. “-ExecutionPolicy "
        "Bypass” counts for this one run and changes no setting. Where your organisation forbids "
        "scripts all the same, use the script for bash in AWS CloudShell, or CloudFormation.\n\n"
        "It needs the AWS CLI, version 2, signed in to AWS account {account}.\n\n"
        "This script was checked, but not run, by those who made it: there is no Windows where "
        "it is tested. It compares before it writes, and stops at the first thing that is not as "
        "expected."
    )
    return _guide(draft, how.format(script=script, account=draft.account_id))


def _guide(draft: Draft, how: str) -> ExportedFile:
    what = tr(
        "This script sets up UbiQuity's access to Amazon S3 in AWS account {account}: an IAM "
        "role, its policy and, for an encrypted bucket, one statement in the policy of its key."
    )
    rights = tr(
        "Whoever runs it needs the permissions in {file}, and no more. It may be run again at any "
        "time: what is there already is left as it is, and where something is there that it would "
        "have to overwrite, it stops and says so."
    )
    answer = tr("When it is done, send back the role's ARN. It should be:\n   {arn}")
    parts = (
        what.format(account=draft.account_id),
        how,
        rights.format(file=PERMISSIONS_TO_RUN_FILE),
        answer.format(arn=role_arn(draft.account_id)),
    )
    lines = "\n\n".join(parts).split("\n")
    return ExportedFile(GUIDE_FILE, "\n".join(map(escaped, lines)) + "\n")
