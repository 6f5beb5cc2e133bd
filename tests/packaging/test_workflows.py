"""The workflows of GitHub Actions, read: what they run is here, pinned, and may do little.

No runner has run them here.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parents[2] / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
PINNED = re.compile(r"^(\s*- )?\s*uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
EXPRESSION = re.compile(r"\$\{\{.*?\}\}")
OF_THE_CLONE = re.compile(r"(?<![\w/.-])(?:\./)?((?:packaging/|\.ci/)[\w./-]+)")


def read(workflow: Path) -> dict[Any, Any]:
    document = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for workflow in WORKFLOWS:
        yield from (
            (f"{workflow.stem}.{name}", job) for name, job in read(workflow)["jobs"].items()
        )


def steps() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield each step of each job, with the shell that runs it."""
    for name, job in jobs():
        usual = job.get("defaults", {}).get("run", {}).get("shell")
        usual = usual or ("sh" if "container" in job else "bash")
        yield from ((name, step, step.get("shell", usual)) for step in job["steps"])


def test_every_action_is_pinned_by_a_commit_and_says_its_version() -> None:
    assert len(WORKFLOWS) == 2
    for workflow in WORKFLOWS:
        lines = workflow.read_text(encoding="utf-8").splitlines()
        uses = [line for line in lines if re.search(r"\buses:", line)]
        assert len(uses) == sum(
            "uses" in step for job in read(workflow)["jobs"].values() for step in job["steps"]
        )
        assert [line for line in uses if not PINNED.match(line)] == []


@pytest.mark.parametrize("line", ["- uses: a/b@v4", "- uses: a/b@" + "0" * 40, "- uses: a/b@main"])
def test_that_check_would_notice(line: str) -> None:
    assert PINNED.match(line) is None
    assert PINNED.match("      - uses: a/b@" + "0" * 40 + " # v1.2.3")


def test_one_commit_stands_for_one_version() -> None:
    text = "".join(workflow.read_text(encoding="utf-8") for workflow in WORKFLOWS)
    pins = set(re.findall(r"uses: ([\w/-]+)@([0-9a-f]{40}) # (v\S+)", text))
    assert len({action for action, _, _ in pins}) == len(pins) == 4


def test_only_the_job_that_drafts_a_release_may_write() -> None:
    for workflow in WORKFLOWS:
        document = read(workflow)
        assert document["permissions"] == {"contents": "read"}
        assert document["concurrency"]["group"]
        assert "pull_request_target" not in document[True]  # YAML's own reading of `on`
    allowed = {name: job["permissions"] for name, job in jobs() if "permissions" in job}
    assert allowed == {"release.draft": {"contents": "write"}}
    assert all("timeout-minutes" in job for _, job in jobs())


def test_a_checkout_leaves_no_credentials_behind() -> None:
    checkouts = [step for _, step, _ in steps() if "actions/checkout" in step.get("uses", "")]
    assert len(checkouts) == 4
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_secrets_reach_a_step_by_its_environment_alone() -> None:
    """On a command line other programs could read them, and an expression is not escaped there."""
    runs = [step["run"] for _, step, _ in steps() if "run" in step]
    assert len(runs) > 10
    assert not any("secrets." in run or "github.ref" in run or "token" in run for run in runs)
    with_secrets = [step for _, step, _ in steps() if "secrets." in str(step.get("env", ""))]
    assert len(with_secrets) == 4
    assert all("run" in step for step in with_secrets)


def test_every_file_that_is_run_is_here() -> None:
    root = FOLDER.parents[1]
    named = [name for _, step, _ in steps() for name in OF_THE_CLONE.findall(step.get("run", ""))]
    assert len(set(named)) > 6
    assert [name for name in named if not (root / name).is_file()] == []


def test_every_system_is_built_checked_and_seen() -> None:
    runs: dict[str, str] = {}
    for name, step, _ in steps():
        runs[name] = runs.get(name, "") + step.get("run", "")
    built = {name for name, run in runs.items() if "packaging/build.py" in run}
    assert built == {"release.linux", "release.windows", "release.macos"}
    assert {name for name, run in runs.items() if "check_built.sh" in run} == built
    runners = {job["runs-on"] for _, job in jobs()}
    matrix = read(FOLDER / "release.yml")["jobs"]["macos"]["strategy"]["matrix"]["include"]
    assert {"ubuntu-latest", "windows-latest"} <= runners
    assert {row["processor"] for row in matrix} == {"arm64", "x64"}


@pytest.mark.parametrize(("tag", "status"), [("v1.2.3", 0), ("v1.2", 1), ("1.2.3", 1), ("v2", 1)])
def test_no_release_is_drafted_under_another_version(tmp_path: Path, tag: str, status: int) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text('"""It."""\n\n__version__ = "1.2.3"\n')
    [step] = [step for _, step, _ in steps() if step.get("name", "").startswith("The tag says")]
    assert step["if"] == "github.ref_type == 'tag'"
    told = subprocess.run(  # noqa: S603 - the step as it stands
        ["/bin/sh", "-e", "-c", step["run"]],
        cwd=tmp_path,
        env={"TAG": tag, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == status, told.stderr
    assert bool(told.stderr) == bool(status)


def test_shellcheck_has_nothing_to_say() -> None:
    shellcheck = Path(sys.executable).with_name("shellcheck")
    scripts = [(shell, step["run"]) for _, step, shell in steps() if "run" in step]
    for shell in ("sh", "bash"):
        text = "\n".join(EXPRESSION.sub("word", run) for of, run in scripts if of == shell)
        assert text
        command = [str(shellcheck), "--shell", shell, "--exclude", "SC2103,SC2164", "-"]
        told = subprocess.run(  # noqa: S603 - the program that the environment has
            command, input=text, capture_output=True, text=True, check=False
        )
        assert told.stdout == ""
    root = FOLDER.parents[1]
    files = [root / "packaging" / "check_built.sh"]
    told = subprocess.run([shellcheck, *files], capture_output=True, text=True, check=False)  # noqa: S603
    assert told.stdout == ""
