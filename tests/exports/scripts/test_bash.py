"""The bash script as a text: clean, old-fashioned enough for macOS, and with our documents."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.needs.by_export import policy_to_deploy
from app.exports.scripts.bash import SCRIPT_FILE, bash_files, bash_script
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, ENCRYPTED, KEY_ARN, OTHER_KEY_ARN, PLAIN

FOLDER: Final = BucketEntry("acme", "us-east-1", "été/{x}$'`/", restrict_to_prefix=True)
SEVERAL: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    (
        FOLDER,
        BucketEntry("other", "us-east-1", "a/", kms_key_arn=KEY_ARN),
        BucketEntry("other", "us-east-1", "b/", kms_key_arn=KEY_ARN),
        BucketEntry("third", "ap-southeast-2", kms_key_arn=OTHER_KEY_ARN),
    ),
)
SHELLCHECK: Final = Path(sys.executable).with_name("shellcheck")


def here_documents(script: str) -> dict[str, str]:
    """Return the text of each document in the script, by the name of the file it goes to."""
    documents = {}
    for block in script.split('cat >"$folder/')[1:]:
        name, _, rest = block.partition("\" <<'END_OF_DOCUMENT'\n")
        documents[name] = rest.partition("\nEND_OF_DOCUMENT\n")[0]
    return documents


@pytest.mark.parametrize("dialect", ["bash", "sh"])
def test_shellcheck_has_nothing_to_say(tmp_path: Path, dialect: str) -> None:
    # What POSIX's shell knows bash 3.2 knows too, which is all that macOS has.
    script = tmp_path / SCRIPT_FILE
    script.write_text(bash_script(SEVERAL))
    command = [str(SHELLCHECK), "--shell", dialect, str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("draft", [PLAIN, ENCRYPTED, SEVERAL])
def test_the_documents_are_ours(draft: Draft) -> None:
    script = bash_script(draft)
    documents = here_documents(script)
    assert json.loads(documents["trust.json"]) == trust_policy(DATABASE_ID)
    assert json.loads(documents["permissions.json"]) == permissions_policy(draft.buckets)
    assert json.loads(documents["statement.json"]) == kms_statement(ACCOUNT)
    assert script.isascii()


def test_each_key_stands_once_with_its_region_and_account() -> None:
    assert here_documents(bash_script(SEVERAL))["keys"].splitlines() == [
        f"1 {KEY_ARN} ap-southeast-2 {ACCOUNT}",
        f"2 {OTHER_KEY_ARN} ap-southeast-2 {ACCOUNT}",
    ]
    assert here_documents(bash_script(PLAIN))["keys"] == ""


def test_the_script_comes_with_a_guide_and_the_permissions() -> None:
    script, guide, permissions = bash_files(ENCRYPTED)
    assert script.name in guide.text
    assert permissions.name in guide.text
    assert permissions.name in script.text
    assert json.loads(permissions.text) == policy_to_deploy("bash", ENCRYPTED)
