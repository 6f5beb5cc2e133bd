"""A sample of the starts of the scripts; ``python -m tests.script_starts`` begins from all."""

from pathlib import Path
from typing import Final

import pytest

from app.practice.server import PracticeAws
from tests.helpers.aws_cli import is_here
from tests.script_starts.episode import episode
from tests.script_starts.shell import SCRIPTS, Shell
from tests.script_starts.starts import every_start

pytestmark = pytest.mark.skipif(
    not is_here(), reason="needs the AWS CLI (packaging/linux_packages.py)"
)


MADE: Final = {"policy.not-attached": ["attach-role-policy"], "signin.wrong-partition": []}
"""What is made from each start."""


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", MADE)
def test_a_script_ends_rightly(
    aws: PracticeAws, cli: str, tmp_path: Path, script: str, name: str
) -> None:
    start = next(each for each in every_start() if each.name == name)
    shell = Shell(script, cli, aws.endpoint_url, tmp_path)
    run = episode(aws, shell, start, looks=False)
    assert (run.ended.made, run.wrong) == (MADE[name], [])
