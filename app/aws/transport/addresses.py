"""The addresses of a host, looked up within a time.

The system's own look-up (``getaddrinfo``) takes as long as it likes, half a minute and more where
no name server answers, and nothing can call it off: so it is left to a thread of its own.
"""

import ipaddress
import socket
import threading
from concurrent.futures import Future

_NO_ANSWER = "No name server answered within {seconds:.0f} seconds"


def addresses_of(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of ``host``, the best first, without any twice.

    Blocks for ``seconds`` at most. Raises socket.gaierror where there is none or nobody answers in
    time, and OSError as the system's look-up does.
    """
    if _is_address(host):
        return [host]
    outcome: Future[list[str]] = Future()
    threading.Thread(target=_look_up, args=(outcome, host, port), daemon=True).start()
    try:
        return outcome.result(seconds)
    except TimeoutError:
        # The system says the same once it gives up itself.
        raise socket.gaierror(socket.EAI_AGAIN, _NO_ANSWER.format(seconds=seconds)) from None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _look_up(outcome: "Future[list[str]]", host: str, port: int) -> None:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        outcome.set_result(list(dict.fromkeys(str(row[4][0]) for row in rows)))
    except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
        outcome.set_exception(error)
