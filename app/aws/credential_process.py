"""Running a profile's ``credential_process`` from a program that the desktop started.

Source: AWS SDKs and Tools Reference Guide, "Process credential provider". botocore starts it
with this program's own PATH, console and patience.
"""

import contextlib
import functools
import json
import os
import subprocess
import sys
from typing import Final

from botocore.credentials import CredentialResolver, ProcessProvider, ProfileProviderBuilder
from botocore.exceptions import CredentialRetrievalError

from app.aws.program_path import wide_path
from app.core.pasted.without_secrets import without_secrets
from app.flow.own_command import NO_CONSOLE

PATIENCE: Final = 300.0
"""Seconds: the program may open a browser and wait for the person."""

_GRACE: Final = 0.2
"""Seconds for what a program that was ended had said before."""


class CredentialProcess(subprocess.Popen[bytes]):
    """The other program: with a terminal's PATH, no console, no standard input, and an end."""

    def __init__(self, command: list[str], stdout: int, stderr: int) -> None:
        try:
            super().__init__(
                command,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                # Its PATH also finds the program itself, but on Windows, where ours is whole.
                env={**os.environ, "PATH": wide_path(os.environ)},
                creationflags=NO_CONSOLE,
            )
        except (ValueError, IndexError) as error:  # a null character, or no word at all
            raise _failed("it cannot be started") from error

    def communicate(
        self,
        input: bytes | None = None,  # noqa: A002 - Popen's own name
        timeout: float | None = None,
    ) -> tuple[bytes, bytes]:
        """Wait for the end, but not for ever; of what was said secrets are left out."""
        try:
            out, messages = super().communicate(input, timeout or PATIENCE)
        except subprocess.TimeoutExpired as error:
            self._give_up()
            raise _failed(f"no answer within {PATIENCE:.0f} seconds") from error
        if self.returncode == 0 and not _is_object(out):
            raise _failed(_printed(out, messages))
        # botocore decodes both strictly, and would raise what is no failure of AWS. It also logs
        # what was said where a renewal fails.
        return _as_utf8(out), without_secrets(messages.decode(errors="replace")).encode()

    def _give_up(self) -> None:
        """End the program. What it has started itself may live on and hold its output open."""
        self.kill()
        self.wait()
        with contextlib.suppress(subprocess.TimeoutExpired):
            super().communicate(timeout=_GRACE)
            return
        if sys.platform != "win32":  # there a thread reads yet, which closing would wait for
            for pipe in filter(None, (self.stdout, self.stderr)):
                pipe.close()


def _failed(why: str) -> CredentialRetrievalError:
    return CredentialRetrievalError(provider=ProcessProvider.METHOD, error_msg=why)


def _is_object(printed: bytes) -> bool:
    try:
        return isinstance(json.loads(printed.decode(errors="replace")), dict)
    except (ValueError, RecursionError):
        return False


def _printed(out: bytes, messages: bytes) -> str:
    """Return what a program said that printed no credentials; half a credential is not shown."""
    text = out.decode(errors="replace").strip()
    if text and not text.startswith(("{", "[", '"')):
        return without_secrets(text)
    said = without_secrets(messages.decode(errors="replace"))
    return said or ("it printed nothing" if not text else "it printed no JSON object")


def _as_utf8(text: bytes) -> bytes:
    return text.decode(errors="replace").encode()


def run_processes_widely(resolver: CredentialResolver) -> None:
    """Let every profile that ``resolver`` knows, source profiles included, start its process so."""
    # botocore has no public way to either.
    for provider in resolver.providers:
        if isinstance(provider, ProcessProvider):
            vars(provider)["_popen"] = CredentialProcess
        builder = vars(provider).get("_profile_provider_builder")
        if isinstance(builder, ProfileProviderBuilder):
            vars(builder)["_create_process_provider"] = functools.partial(_provider, builder)


def _provider(builder: ProfileProviderBuilder, profile_name: str) -> ProcessProvider:
    session = vars(builder)["_session"]
    return ProcessProvider(
        profile_name=profile_name,
        load_config=lambda: session.full_config,
        popen=CredentialProcess,
    )
