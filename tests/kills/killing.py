"""Episodes of kills: each begins with an account set up anew, and ends as it would unkilled."""

import contextlib
import gc
import io
import os
import random
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from app.aws.transport.deadlines import DEADLINES
from app.commands import revoke
from app.commands.exit_status import FAILED, OWN_FAULT
from app.core.formats.journal_json import read_journal
from app.core.frozen import replace
from app.core.journal import Journal, RunState, Step
from app.flow.run import one_change, patience
from app.practice.account import ACCOUNT_ID
from app.system.own_folders import data_folder
from app.wiring.kept_runs import kept_journals
from tests.helpers.practice_account import Json, as_undone
from tests.kills.aws_process import AwsProcess
from tests.kills.mortal import GROUPS, AtLine, AtTime, Command, Ended, call
from tests.kills.scenarios import Scenario, made_as_by_the_window, scenarios

_SHORT: Final = (0.02,) * 3
"""Seconds to wait for what may be on its way: here it never takes long."""

_TOLD_EVERY: Final = 100

_MOST_KILLS: Final = 3
"""How often one run is killed before it may end."""

_BY_WINDOW, _INSTEAD, _ONWARD, _AT_ANY_TIME = 0.75, 0.3, 0.5, 0.3
"""How often the window's way is gone, something else is called, the run is gone on with, and
killed by time, not by line."""


@dataclass(frozen=True)
class Unkilled:
    """What comes of a scenario where nobody kills: the account, the statuses, how long it takes."""

    before: Json
    made: Json
    planned: Journal
    forth: Ended
    back: Ended
    longest: float
    """Seconds that its run takes at most."""


class WrongEndError(Exception):
    """Something is not as it should be after a kill."""


class Killing:
    """Kills, and counts what came of it; ``wrong`` tells of each wrong end."""

    def __init__(self, seed: int, only: int | None = None) -> None:
        """``only`` so many of the scenarios, chosen by the seed, which take a while to try out."""
        self.kills = 0
        self.wrong: list[str] = []
        self._random = random.Random(seed)
        self._only = only
        self._counted: Counter[str] = Counter()
        self._began = time.monotonic()
        self._folder = Path(tempfile.mkdtemp(prefix="kills-"))
        self._aws: AwsProcess
        self._unkilled: dict[Scenario, Unkilled] = {}
        self._told: list[str] = []

    def __enter__(self) -> Self:
        self._aws = AwsProcess()
        self._settle_in()
        every = scenarios(self._folder)
        chosen = self._random.sample(every, self._only) if self._only else every
        for scenario in chosen:
            self._unkilled[scenario] = self._left_alone(scenario)
        gc.collect()
        gc.freeze()  # no process that is forked looks through all of this one's again
        return self

    def __exit__(self, *_: object) -> None:
        self._aws.stop()
        shutil.rmtree(self._folder)

    def until(self, kills: int) -> None:
        """Go through episodes until so many kills are done."""
        told = 0
        while self.kills < kills:
            scenario = self._random.choice(list(self._unkilled))
            self._told = [f"{scenario.start}: {' '.join(scenario.arguments)}"]
            try:
                self._episode(scenario, self._unkilled[scenario])
            except WrongEndError as end:
                self.wrong.append("\n  ".join([*self._told, f"WRONG: {end}"]))
                print(self.wrong[-1], flush=True)
            if self.kills // _TOLD_EVERY > told:
                told = self.kills // _TOLD_EVERY
                print(f"{self.kills} kills, {len(self.wrong)} wrong ends", flush=True)

    def figures(self) -> list[str]:
        """Return what was done, and how much of it ended wrongly."""
        seconds = time.monotonic() - self._began
        return [
            *(f"{number:6} {what}" for what, number in sorted(self._counted.items())),
            f"{self.kills:6} kills in {seconds:.0f} s",
            f"{len(self.wrong):6} wrong ends",
        ]

    # The surroundings

    def _settle_in(self) -> None:
        """Give this process, and all that it forks, a home and a sign-in."""
        for name in [name for name in os.environ if name.startswith(("AWS_", "XDG_"))]:
            del os.environ[name]
        os.environ |= {
            "HOME": str(self._folder),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL": self._aws.endpoint_url,
            "AWS_ACCESS_KEY_ID": self._aws.admin.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self._aws.admin.secret_access_key,
        }
        vars(one_change).update(LOST_WAITS=_SHORT, LOOK_AGAIN_WAITS=_SHORT)
        vars(revoke)["PROOF_WAITS"] = _SHORT
        patience.WAITS = {why: (0.02,) * len(long) for why, long in patience.WAITS.items()}  # type: ignore[misc]

    def _begin(self, scenario: Scenario) -> Json:
        shutil.rmtree(data_folder(), ignore_errors=True)
        return self._aws.begin(scenario.start)

    def _left_alone(self, scenario: Scenario) -> Unkilled:
        """Do and undo it in peace; the first time here, so that all that it needs is loaded."""
        self._begin(scenario)
        nowhere = io.StringIO()
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            scenario.forth()
            scenario.back()
        _end_waiting()
        assert threading.active_count() == 1, threading.enumerate()
        before = self._begin(scenario)
        forth = call(scenario.forth, self._folder, counted=True)
        made, planned = self._aws.everything(), _as_planned()
        back = call(scenario.back, self._folder, counted=True)
        undone = self._aws.everything()
        self._begin(scenario)
        longest = call(scenario.forth, self._folder).seconds
        if as_undone(undone) != as_undone(before) or made == before:
            raise WrongEndError(f"{scenario} is no scenario: {forth.printed}{back.printed}")
        return Unkilled(before, made, planned, forth, back, longest)

    # One episode

    def _episode(self, scenario: Scenario, unkilled: Unkilled) -> None:
        if self._begin(scenario) != unkilled.before:
            raise WrongEndError("the start is another")
        forth = scenario.forth
        # A grant's id is another each time: a plan made before knows it not.
        if not unkilled.before["grants"] and self._random.random() < _BY_WINDOW:
            forth = made_as_by_the_window(unkilled.planned)
        self._killed(forth, unkilled.forth, unkilled.longest)
        if scenario.instead and self._random.random() < _INSTEAD:
            self._goes_another_way(scenario, unkilled)
            return
        if self._random.random() < _ONWARD:
            self._goes_on(forth, unkilled)
            self._killed(scenario.back, unkilled.back, unkilled.longest)
        self._goes_back(scenario, unkilled)

    def _killed(self, command: Command, unkilled: Ended, longest: float) -> None:
        """Kill ``command`` once or a few times, and see that the journal tells no lie of it."""
        for number in range(self._random.randint(1, _MOST_KILLS)):
            moment = self._moment(unkilled, longest / (number + 1))
            ended = call(command, self._folder, moment)
            self._told.append(f"{moment}: {ended.status}")
            self._look_at(ended)
            if ended.status is not None:
                self._counted["over before it was killed"] += 1
                return
            self.kills += 1
            where = moment.group if isinstance(moment, AtLine) else "any time"
            self._counted[f"killed: {where}"] += 1
            self._look_at_journals()

    def _moment(self, unkilled: Ended, longest: float) -> AtLine | AtTime:
        if self._random.random() < _AT_ANY_TIME:
            return AtTime(self._random.uniform(0, longest))
        group = self._random.choice(list(GROUPS))
        return AtLine(group, self._random.randint(1, unkilled.lines[group]))

    def _goes_on(self, forth: Command, unkilled: Unkilled) -> None:
        ended = self._alive(forth, "gone on with")
        self._compare(ended, unkilled.forth.status, unkilled.made, lambda account: account)

    def _goes_another_way(self, scenario: Scenario, unkilled: Unkilled) -> None:
        """Call something else, kill that too, and let it come to its end."""
        self._killed(scenario.other, unkilled.forth, unkilled.longest)
        ended = self._alive(scenario.other, "revoked")
        self._compare(ended, 0, unkilled.before, lambda account: account)

    def _goes_back(self, scenario: Scenario, unkilled: Unkilled) -> None:
        command, status = scenario.back, unkilled.back.status
        left = kept_journals().unfinished(ACCOUNT_ID)
        if left and left.state is RunState.OPEN and self._random.random() < 0.5:
            # A revocation that was taken back has not ended access.
            command, status = scenario.back_when_asked, 0 if scenario.applies else FAILED
        ended = self._alive(command, "taken back")
        self._compare(ended, status, unkilled.before, as_undone)

    def _alive(self, command: Command, what: str) -> Ended:
        ended = call(command, self._folder)
        self._counted[what] += 1
        self._told.append(f"{what}: {ended.status}")
        self._look_at(ended)
        return ended

    def _compare(
        self, ended: Ended, status: int | None, wanted: Json, form: Callable[[Json], Json]
    ) -> None:
        if ended.status != status:
            raise WrongEndError(f"exit status {ended.status} and not {status}: {ended.printed}")
        found, wanted = form(self._aws.everything()), form(wanted)
        if found != wanted:
            other = {
                name: (found[name], wanted[name]) for name in wanted if found[name] != wanted[name]
            }
            raise WrongEndError(f"the account is another: {other}\n{ended.printed}")

    def _look_at(self, ended: Ended) -> None:
        """See that nothing raw and no secret was printed."""
        if ended.status == OWN_FAULT or "Traceback" in ended.printed:
            raise WrongEndError(ended.printed)
        if self._aws.admin.secret_access_key in ended.printed:
            raise WrongEndError("the secret access key was printed")

    def _look_at_journals(self) -> None:
        """See that each can be read, and that the last one tells the truth of AWS."""
        journals = kept_journals()
        problems = journals.problems()
        if problems:
            raise WrongEndError(problems[0].text)
        files = sorted(data_folder().rglob("*.json"), key=_number_of)
        lies = self._aws.lies(files[-1]) if files else []
        if lies:
            raise WrongEndError("; ".join(lies))
        secret = self._aws.admin.secret_access_key.encode()
        if any(secret in path.read_bytes() for path in data_folder().rglob("*") if path.is_file()):
            raise WrongEndError("the secret access key was kept")


def _as_planned() -> Journal:
    """Return the journal of the only run as it was when nothing was done yet."""
    (path,) = (data_folder() / "journals").glob("*.json")
    journal = read_journal(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(journal, Journal)
    steps = tuple(Step(step.change) for step in journal.steps)
    return replace(journal, steps=steps, state=RunState.OPEN, number=None)


def _number_of(path: Path) -> int:
    journal = read_journal(path.read_text(encoding="utf-8"), path.name)
    return (journal.number or 0) if isinstance(journal, Journal) else 0


def _end_waiting() -> None:
    """Let the thread that waits for deadlines end, as it does once they have passed: all is done.

    What forks may have no other thread.
    """
    with DEADLINES._changed:
        DEADLINES._waiting.clear()
        DEADLINES._changed.notify()
    for thread in threading.enumerate():
        if thread.name == "deadlines":
            thread.join()
