"""Kills a process that changes the practice AWS, many times, and looks at what comes of it.

    nice .venv/bin/python -m tests.kills [KILLS] [--seed NUMBER]

Each is a real SIGKILL of ``apply``, ``revoke`` or an undo at a random moment: at any line of the
journal's writing, of the run, of a call or of the network below it, or simply at any time. After
it the journal must tell the truth about each change; then the run is gone on with or taken back,
maybe killed at that too, and the account must end as where nothing happened. Exit status 1 where
it does not once. The same seed makes the same choices.
"""

import argparse
import secrets
import sys

from tests.kills.killing import Killing


def main() -> int:
    """Kill as often as is asked for, print the figures, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("kills", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--only", type=int, help="how many of the scenarios")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    with Killing(asked.seed, asked.only) as killing:
        killing.until(asked.kills)
    print("\n".join(killing.figures()))
    return 1 if killing.wrong or killing.kills < asked.kills else 0


if __name__ == "__main__":
    sys.exit(main())
