"""How long ``check`` on a snapshot file takes, against ``python3 -c pass``, side by side.

    .venv/bin/python tests/benchmarks/check_start.py [ROUNDS]

Both run in turn, in the same minute on the same machine; the medians' ratio may be 6 at most
(issue 3). The bytecode is compiled before, as the set-up does it. Exit status 1 above the bound.
"""

import compileall
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
GOLDEN: Final = ROOT / "tests" / "golden"
BOUND: Final = 6.0


def main() -> int:
    """Measure, print the medians and their ratio, and return the exit status."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    compileall.compile_dir(ROOT / "app", quiet=1)
    python = sys.executable
    check = [
        *program(python),
        "check",
        "--json",
        "--draft",
        str(GOLDEN / "formats-draft.json"),
        "--snapshot",
        str(GOLDEN / "formats-snapshot.json"),
    ]
    # A program that falls over is quick: what is measured has to be a report.
    json.loads(subprocess.run(check, stdout=subprocess.PIPE, check=False).stdout)
    with tempfile.TemporaryDirectory() as elsewhere:
        pairs = [
            (seconds([python, "-c", "pass"], elsewhere), seconds(check, elsewhere))
            for _ in range(rounds)
        ]
    nothing = statistics.median(pair[0] for pair in pairs)
    whole = statistics.median(pair[1] for pair in pairs)
    ratio = whole / nothing
    print(f"python -c pass {nothing * 1000:6.1f} ms")
    print(f"check          {whole * 1000:6.1f} ms")
    print(f"ratio          {ratio:6.2f}  (at most {BOUND})")
    return 0 if ratio <= BOUND else 1


def program(python: str) -> list[str]:
    """Return the installed command, or what it does where it is not installed."""
    installed = Path(python).with_name("ubiquity-s3-setup")
    if installed.exists():
        return [str(installed)]
    start = (
        f"import sys; sys.path[0] = {str(ROOT)!r}; from app.__main__ import main; sys.exit(main())"
    )
    return [python, "-c", start]


def seconds(command: list[str], folder: str) -> float:
    """Return how long ``command`` takes from process start to end."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: PLW1510 - a report that is not ready exits with 1
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
