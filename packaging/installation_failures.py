"""Why setting up failed, in a sentence that an administrator can act on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Cause(NamedTuple):
    """One cause: what its output looks like, and what to say."""

    pattern: str
    sentence: str


# In order: the first that fits is said. A proxy's refusal also looks like a missing connection,
# and a missing connection ends in "no matching distribution".
CAUSES = (
    Cause(
        r"No space left on device|Errno 28\b|WinError 112\b",
        "The disk is full. Setting up needs about 1 GB; make room and run the same command again.",
    ),
    Cause(
        r"Read-only file system|Errno 30\b|Permission denied|Errno 13\b|WinError 5\b",
        "{root} can't be written to. Copy the project into a folder of your own, and run the"
        " command there.",
    ),
    Cause(
        r"ProxyError|Cannot connect to proxy|Tunnel connection failed|\b407 ",
        "The network's proxy refuses the download or can't be reached. Ask your IT team for the"
        " proxy's address, set HTTPS_PROXY to it, and run the same command again.",
    ),
    Cause(
        r"CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|SSLError",
        "The certificate of the download server is not trusted here: many companies inspect their"
        " network's traffic. Ask your IT team for their certificate file, set PIP_CERT to its path,"
        " and run the same command again.",
    ),
    Cause(
        r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|Read timed out"
        r"|Network is unreachable|getaddrinfo failed|[Nn]ame resolution|Connection refused"
        r"|Connection aborted|Connection reset",
        "The components could not be downloaded: there is no connection to the download server."
        " Check the network and run the same command again. Behind a proxy, set HTTPS_PROXY to its"
        " address first.",
    ),
    Cause(
        r"DO NOT MATCH THE HASHES",
        "A downloaded file is not the one that this version of the program was tested with, so"
        " nothing of it was installed. Run the same command again; if this comes back, tell your"
        " IT team: something on the way changes downloads.",
    ),
    Cause(
        r"No matching distribution found for|is not a supported wheel",
        "A component is not made for this computer{component}. The program runs on 64-bit"
        " Windows 10 or later, macOS 13 or later, and Linux of 2022 or later.",
    ),
    Cause(
        r"ensurepip is not available|No module named '?(venv|ensurepip)",
        "This Python lacks the part that makes virtual environments. Install Python 3.11, 3.12 or"
        " 3.13 from python.org, and run the command with that.",
    ),
)
OTHER = "Setting up failed: {last}"


def explain(output: str, root: Path, log: Path | None) -> str:
    """Return what went wrong and what to do.

    ``output`` is what the step that failed said, ``root`` the folder being set up, and ``log`` the
    file that has the whole output, if any.
    """
    component = re.search(r"No matching distribution found for ([\w.-]+)", output)
    places = {
        "root": root,
        "component": f": {component[1]}" if component else "",
        "last": last_error(output),
    }
    sentences = [cause.sentence for cause in CAUSES if re.search(cause.pattern, output)]
    sentence = (sentences or [OTHER])[0].format(**places)
    return f"{sentence}\nThe whole output is in {log}" if log else sentence


def last_error(output: str) -> str:
    """Return the last line that pip calls an error, else the last line that says anything."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error:")]
    return (errors or lines or ["no reason was given"])[-1]
