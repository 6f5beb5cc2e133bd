"""The real AWS CLI, version 2, for scripts that tests run; loaded once for all of them."""

import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_PYTHON: Final = "/usr/bin/python3"
"""The system's own, which Debian's package ``awscli`` is for."""

_PACKAGE: Final = Path("/usr/lib/python3/dist-packages/awscli/botocore")
"""What only version 2 has: its own botocore."""

_HERE: Final = Path(__file__).parent


def is_here() -> bool:
    """Tell whether the AWS CLI is where a Debian has it."""
    return sys.platform.startswith("linux") and _PACKAGE.is_dir() and Path("/usr/bin/aws").exists()


@contextmanager
def aws_cli() -> Iterator[str]:
    """Yield the beginning of a shell's command line that is the AWS CLI: its arguments follow."""
    with tempfile.TemporaryDirectory(prefix="aws-cli") as folder:
        address = Path(folder, "socket")
        command = [_PYTHON, "-I", str(_HERE / "aws_cli_server.py"), str(address)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as server:  # noqa: S603 - ours
            while not address.exists() and server.poll() is None:
                time.sleep(0.02)
            call = [_PYTHON, "-IS", str(_HERE / "aws_cli_call.py"), str(address)]
            yield shlex.join(call)
            if server.stdin is not None:
                server.stdin.close()
