"""The AWS CLI, loaded once: a program that forks itself for each call that comes by its socket.

It runs with the system's Python, where Debian's ``awscli`` is; nothing of it is changed but that
its data files are read once. A call costs a tenth of what it does alone.

Usage: ``/usr/bin/python3 -I aws_cli_server.py SOCKET``; it ends with its standard input.
"""

import functools
import gc
import io
import os
import select
import signal
import socket
import sys
from contextlib import redirect_stderr, redirect_stdout

import awscli.clidriver  # type: ignore[import-not-found]
from botocore import session  # awscli's own, which it puts there

_PATH = sys.argv[1]
_NOBODY = "--endpoint-url http://127.0.0.1:9 --region us-east-1"
"""Port 9 is closed."""

_WARMING = (
    "iam attach-role-policy --generate-cli-skeleton",
    f"{_NOBODY} iam get-role --role-name aa",
    f"{_NOBODY} kms get-key-policy --key-id aa --policy-name default",
    f"{_NOBODY} s3api head-bucket --bucket a-a",
    f"{_NOBODY} sts get-caller-identity",
)


def main() -> None:
    # Its thread is not there in a fork, which would wait for it.
    awscli.clidriver.disable_crt_logging = lambda: None
    session.create_loader = functools.lru_cache(None)(session.create_loader)
    os.environ.update(
        AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_MAX_ATTEMPTS="1", AWS_PAGER=""
    )
    for call in _WARMING:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            awscli.clidriver.create_clidriver().main(call.split())
    # A collection in a fork would touch, and so copy, all that is loaded.
    gc.collect()
    gc.freeze()
    gc.disable()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(_PATH)
        listening.listen(16)
        while True:
            ready, _, _ = select.select([listening, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            connection, _ = listening.accept()
            if os.fork() == 0:
                _answer(connection)
            connection.close()


def _answer(connection: socket.socket) -> None:
    """Make the call in this fork, with the caller's own files, folder and environment."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    status = 255
    try:
        head, files, _, _ = socket.recv_fds(connection, 16, 3)
        text = b""
        while len(text) < int(head):
            text += connection.recv(65536)
        for place, file in enumerate(files):
            os.dup2(file, place)
        folder, count, *rest = os.fsdecode(text).split("\0")
        os.chdir(folder)
        data = os.environ["AWS_DATA_PATH"]  # where the AWS CLI said that its data are
        os.environ.clear()
        os.environ["AWS_DATA_PATH"] = data
        arguments, pairs = rest[: int(count)], rest[int(count) :]
        for pair in pairs:
            name, _, value = pair.partition("=")
            os.environ[name] = value
        sys.argv = ["aws", *arguments]
        status = awscli.clidriver.main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        connection.sendall(str(status).encode())
        os._exit(0)


main()
