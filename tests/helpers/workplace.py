"""A folder where a script is run: the programs that it finds, and the calls it makes of AWS."""

from pathlib import Path
from typing import Final

from app.practice.account import Keys

_READING: Final = ("get-", "list-", "describe-", "head-")


class Workplace:
    """``folder`` with a folder of programs in it, the real AWS CLI among them.

    ``cli`` is its command, which is sent to ``endpoint_url``.
    """

    def __init__(self, cli: str, endpoint_url: str, folder: Path) -> None:
        self.folder, self.bin, self._log = folder, folder / "bin", folder / "calls"
        self._aws = f'{cli} --endpoint-url {endpoint_url} "$@"'
        self.bin.mkdir()
        self.forget_calls()
        self.aws_cli()

    def program(self, name: str, text: str) -> None:
        """Put a program of the shell there."""
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def aws_cli(self, before: str = "", after: str = "") -> None:
        """Put the AWS CLI there, with what happens before each call, and after it."""
        end = f"{self._aws}\nstatus=$?\n{after}\nexit $status" if after else f"exec {self._aws}"
        self.program("aws", f'echo "$1 $2" >>{self._log}\n{before}\n{end}')

    def calls(self) -> list[str]:
        """Return the calls since they were last forgotten, each as ``service operation``."""
        return self._log.read_text().splitlines()

    def changes(self) -> list[str]:
        """Return those of the calls that change something."""
        return [call for call in self.calls() if not call.split()[1].startswith(_READING)]

    def forget_calls(self) -> None:
        """Begin the list of calls anew."""
        self._log.write_text("")

    def environment(self, keys: Keys) -> dict[str, str]:
        """Return what a script finds there in its environment, with ``keys`` to sign in."""
        return {
            "PATH": str(self.bin),
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
            "AWS_ACCESS_KEY_ID": keys.access_key_id,
            "AWS_SECRET_ACCESS_KEY": keys.secret_access_key,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
