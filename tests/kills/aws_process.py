"""The practice AWS in a process of its own, so that whoever calls it can be killed."""

import asyncio
import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.core.formats.journal_json import read_journal
from app.core.formats.reading import InputProblem
from app.practice.account import Keys
from app.practice.people import Person
from app.practice.server import PracticeAws
from tests.helpers.journal_truth import lies_in
from tests.helpers.practice_account import Json, everything
from tests.helpers.practice_starts import STARTS


class AwsProcess:
    """The practice AWS, running until ``stop``; a context manager too."""

    def __init__(self) -> None:
        spawned = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawned.Pipe()
        self._process = spawned.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.endpoint_url: str
        self.admin: Keys
        self.endpoint_url, self.admin = self._pipe.recv()

    def begin(self, start: str) -> Json:
        """Set the account up anew; return all that is in it."""
        account: Json = self._asked("begin", start)
        return account

    def everything(self) -> Json:
        """Return all that is in the account now."""
        account: Json = self._asked("everything")
        return account

    def lies(self, journal: Path) -> list[str]:
        """Return what the journal says of its steps that is not so."""
        lies: list[str] = self._asked("lies", str(journal))
        return lies

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _asked(self, *question: str) -> Any:  # noqa: ANN401 - each question has its answer
        self._pipe.send(question)
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def _serve(pipe: Connection) -> None:
    with PracticeAws() as aws:
        keys = aws.admin
        admin = Person(aws.endpoint_url, keys)
        access = GivenKeys(aws.endpoint_url, keys.access_key_id, keys.secret_access_key)
        account = CustomerAccount(access)
        pipe.send((aws.endpoint_url, keys))
        while True:
            question, *more = pipe.recv()
            try:
                if question == "begin":
                    aws.reset()
                    STARTS[more[0]](admin)
                if question == "lies":
                    pipe.send(_lies_of(account, Path(more[0])))
                else:
                    pipe.send(everything(aws))
            except Exception as error:  # noqa: BLE001 - raised where it was asked
                pipe.send(error)


def _lies_of(account: CustomerAccount, path: Path) -> list[str]:
    journal = read_journal(path.read_text(encoding="utf-8"), path.name)
    if isinstance(journal, InputProblem):
        return [journal.text]
    return asyncio.run(lies_in(journal, account))
