"""``aws`` for tests: hands its call to ``aws_cli_server``, with its files, folder, environment.

Usage: ``/usr/bin/python3 -IS aws_cli_call.py SOCKET ARGUMENTS…``.
"""

import os
import socket
import sys

text = os.fsencode(
    "\0".join(
        [
            os.getcwd(),  # noqa: PTH109 - pathlib takes longer to load than all the rest
            str(len(sys.argv) - 2),
            *sys.argv[2:],
            *(f"{name}={value}" for name, value in os.environ.items()),
        ]
    )
)
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect(sys.argv[1])
    socket.send_fds(connection, [str(len(text)).ljust(16).encode()], [0, 1, 2])
    connection.sendall(text)
    status = connection.recv(16)
os._exit(int(status or 255))
