"""A sample of the starts of the scripts; ``python -m tests.script_starts`` begins from all."""

from pathlib import Path

import pytest

from app.practice.server import PracticeAws
from tests.helpers.aws_cli import is_here
from tests.script_starts.episode import episode
from tests.script_starts.shell import SCRIPTS, Shell
from tests.script_starts.starts import every_start

pytestmark = pytest.mark.skipif(
    not is_here(), reason="needs the AWS CLI (packaging/linux_packages.py)"
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_ends_rightly(aws: PracticeAws, cli: str, tmp_path: Path, script: str) -> None:
    start = next(each for each in every_start() if each.name == "policy.not-attached")
    shell = Shell(script, cli, aws.endpoint_url, tmp_path)
    run = episode(aws, shell, start, looks=False)
    assert (run.ended.made, run.after.verdict, run.wrong) == (["attach-role-policy"], "ready", [])
