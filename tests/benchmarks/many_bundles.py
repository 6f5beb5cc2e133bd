"""How many support bundles ``check`` lists in a second, on one core and on several.

    .venv/bin/python tests/benchmarks/many_bundles.py [BUNDLES] [PROCESSES]

The bundles are of every kind of set-up that the practice tests break, masked as customers send
them, some of them damaged. What is measured is the whole list, from the files to the lines, in the
time that a core worked on it: what else runs on the machine counts only for the other number, that
by the clock. The goal is 100 and more a second of a core: exit status 1 below that. With PROCESSES
the same list is made once more by so many, which has to say the same.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from app.commands.check_files import bundles_in, checked_files, lines_of  # noqa: E402
from app.commands.loading import loading  # noqa: E402
from app.core.formats.checks_json import by_cause  # noqa: E402
from app.core.formats.reading import InputProblem  # noqa: E402
from tests.helpers.bundles import write_world  # noqa: E402
from tests.helpers.snapshots import (  # noqa: E402
    UBIQUITY_ROOT,
    World,
    asks_for,
    good,
    good_encrypted,
    good_two,
    trusting,
)

GOAL: Final = 100.0
DAMAGED: Final = 50
"""Each so many-th bundle is cut short."""


def _another_id(world: World) -> None:
    world.set_trust(trusting({"AWS": UBIQUITY_ROOT}, asks_for("aBqJBlwfjUOUcQjd5gt7vZ")))


def _no_role(world: World) -> None:
    world.snapshot["role"] = {"state": "missing"}


def _detached(world: World) -> None:
    world.detach()


def _unread(world: World) -> None:
    world.lose("buckets[0].policy", "buckets[0].sample")


def _elsewhere(world: World) -> None:
    world.bucket["region"] = "us-east-1"


def _as_it_is(_world: World) -> None:
    pass


BREAKS: Final[tuple[Callable[[World], None], ...]] = (
    _as_it_is,
    _another_id,
    _no_role,
    _detached,
    _unread,
    _elsewhere,
)
MADE: Final = (good, good_encrypted, good_two)


def main() -> int:
    """Make the bundles, list them, and print how many a second that was."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        _make(Path(folder), count)
        with loading():
            pass  # as the command has it: what is there by now is looked through no more
        rate, by_clock, lines = _listed(folder, 1)
        print(f"{count} bundles in one process: {rate:.0f} a second of a core (goal {GOAL:g})")
        print(f"by the clock, beside what else runs here: {by_clock:.0f} a second")
        print(f"of these {sum('Not usable' in line for line in lines)} damaged, each in its line")
        if processes > 1:
            _, faster, others = _listed(folder, processes)
            print(f"by {processes} processes: {faster:.0f} a second by the clock, start included")
            if others != lines:
                print("… which say something else")
                return 1
    return 0 if rate >= GOAL else 1


def _make(folder: Path, count: int) -> None:
    """Write as many different bundles as there are kinds, and copies of them under other names."""
    kinds = []
    for number, (make, break_it) in enumerate((m, b) for m in MADE for b in BREAKS):
        world = make()
        break_it(world)
        kinds.append(write_world(world, folder / f"kind-{number:02}.zip").read_bytes())
        (folder / f"kind-{number:02}.zip").unlink()
    for number in range(count):
        content = kinds[number % len(kinds)]
        is_damaged = number % DAMAGED == DAMAGED - 1
        path = folder / f"{number:05}.zip"
        path.write_bytes(content[:-40] if is_damaged else content)


def _listed(folder: str, processes: int) -> tuple[float, float, Sequence[str]]:
    """Return how many a second of this process's core, and by the clock, and the lines."""
    worked, start = time.process_time(), time.perf_counter()
    files = bundles_in([folder])
    if isinstance(files, InputProblem):
        raise SystemExit(files.text)
    lines = list(lines_of(by_cause(checked_files(files, None, processes))))
    worked, passed = time.process_time() - worked, time.perf_counter() - start
    return len(files) / worked, len(files) / passed, lines


if __name__ == "__main__":
    sys.exit(main())
