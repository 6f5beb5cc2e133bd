"""A shell in which the two scripts are run: real bash, the real AWS CLI, the practice AWS."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.core.draft import Draft
from app.exports.cloudshell.way import cloudshell_way
from app.exports.scripts.bash import bash_script
from app.practice.account import Keys
from tests.helpers.workplace import Workplace

CLOUDSHELL: Final = "cloudshell"
BASH: Final = "bash"
SCRIPTS: Final = (CLOUDSHELL, BASH)

_MADE: Final = {
    "the role": "create-role",
    "the policy": "create-policy",
    "the attachment": "attach-role-policy",
    "the statement for the key": "put-key-policy",
}
"""The bash script's words for its calls, which the CloudShell program names by themselves."""

_READING: Final = ("get-", "list-", "describe-", "head-")
_SECONDS: Final = 240


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit status, what it printed, and its calls."""

    status: int
    out: str
    error: str
    calls: tuple[str, ...]

    @property
    def said(self) -> str:
        """Return the line that tells how it ended."""
        lines = re.findall(
            r"^Stopped.*|^All that .*|^To do: nothing|^One thing .*", self.text, re.M
        )
        return lines[-1].strip() if lines else "done" if self.made else "nothing"

    @property
    def text(self) -> str:
        """Return all that it printed."""
        return f"{self.out}\n{self.error}"

    @property
    def stopped(self) -> bool:
        """Whether it said that it stopped, or left something to a person."""
        return self.said.startswith(("Stopped", "One thing"))

    @property
    def made(self) -> list[str]:
        """Return what it said that it made, as the AWS CLI's operations."""
        # The first stands behind the question, whose answer nobody typed.
        words = re.findall(r"(?:Done|Made): (.+)$", self.out, re.M)
        return [_MADE.get(word.strip(), word.strip()) for word in words]

    def around_its_changes(self) -> range:
        """Return the numbers of its calls, from 1, from one before its first change to its last."""
        changing = [n for n, call in enumerate(self.calls, 1) if not call.startswith(_READING)]
        return range(changing[0] - 1, changing[-1] + 1) if changing else range(0)


class Shell(Workplace):
    """A workplace in which a script can be killed after any of its calls."""

    def __init__(self, script: str, cli: str, endpoint_url: str, home: Path) -> None:
        super().__init__(cli, endpoint_url, home)
        self.script = script
        (home / "sitecustomize.py").write_text("import time\ntime.sleep = lambda _seconds: None\n")
        self.program("sleep", "exit 0")

    def run(self, draft: Draft, keys: Keys, *, check: bool = False, killed_after: int = 0) -> Ended:
        """Run the script; 0 for ``killed_after``: to its end, else to that call of its own."""
        self.forget_calls()
        # Whoever calls is killed once the call is made, and hears nothing of it.
        turn = f'[ "$(grep -c . {self.folder / "calls"})" = {killed_after} ] && kill -9 $PPID'
        self.aws_cli(after=turn if killed_after else "")
        done = subprocess.run(
            self._command(draft, check=check),
            env=self.environment(keys),
            cwd=self.folder,
            input="y\n",
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
        calls = tuple(call.split()[1] for call in self.calls())
        return Ended(done.returncode, done.stdout, done.stderr, calls)

    def _command(self, draft: Draft, *, check: bool) -> list[str]:
        if self.script == BASH:
            path = self.folder / "set-up-ubiquity.sh"
            path.write_text(bash_script(draft))
            return ["/bin/bash", str(path), "--check" if check else "--yes"]
        way = cloudshell_way(draft)
        option = " --check" if check else ""
        if way.command is not None:
            return ["/bin/bash", "-c", way.command + option]
        path = self.folder / way.program.name
        path.write_text(way.program.text)
        return ["/bin/bash", "-c", f"python3 {path}{option}"]

    def environment(self, keys: Keys) -> dict[str, str]:
        """Return the usual one, with the computer's own programs and a library without pauses."""
        values = super().environment(keys) | {
            "PATH": f"{self.bin}:/usr/bin:/bin",
            "PYTHONPATH": str(self.folder),
            "AWS_REGION": "ap-southeast-2",
            "AWS_MAX_ATTEMPTS": "1",
        }
        if keys.session_token:
            values["AWS_SESSION_TOKEN"] = keys.session_token
        return values
