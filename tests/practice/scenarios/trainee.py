"""The trainee: signs in as a rehearsal says, reads the account, makes changes, tests, and looks."""

import asyncio
import os
from dataclasses import dataclass

import pytest
from botocore.config import Config

import app.aws.transport.core_sessions
from app.aws.access import Access, DefaultChain, GivenKeys, NamedProfile
from app.aws.account import CustomerAccount
from app.aws.ubiquity import UbiquityAccount
from app.core.change import Change
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.snapshot import Snapshot
from app.flow.connection.checks import CheckState, ConnectionResult
from app.flow.connection.ubiquity_test import ConnectionTest
from app.practice.account import Keys
from app.practice.scenarios.scenario import Rehearsal
from app.practice.scenarios.sign_ins import TraineeSignIn, WithKeys
from app.practice.server import PracticeAws

_TIMES = app.aws.transport.core_sessions._TIMES
_SHORT = 0.2


async def _no_pause(_seconds: float) -> None:
    """Wait for nothing."""


@dataclass(frozen=True)
class Trainee:
    aws: PracticeAws
    patch: pytest.MonkeyPatch

    def account(self, way: TraineeSignIn) -> CustomerAccount:
        """Sign in as ``way`` says."""
        return CustomerAccount(self._access(way))

    def read(self, rehearsal: Rehearsal) -> Snapshot:
        """Read the account with the rehearsal's own sign-in."""
        account = self.account(rehearsal.sign_in)
        return asyncio.run(account.read_snapshot(rehearsal.draft))

    def read_as_admin(self, draft: Draft) -> Snapshot:
        """Read the account with the administrator's sign-in, whatever the rehearsal's was."""
        account = self.account(WithKeys(self.aws.endpoint_url, self.aws.admin))
        return asyncio.run(account.read_snapshot(draft))

    def apply(self, rehearsal: Rehearsal, change: Change) -> AwsFailure | None:
        """Make one change with the rehearsal's own sign-in; return why it was not made."""
        answer = asyncio.run(self.account(rehearsal.sign_in).apply(change))
        return answer if isinstance(answer, AwsFailure) else None

    def connect(
        self, draft: Draft, *, just_created: bool = False
    ) -> tuple[ConnectionResult, frozenset[CheckState]]:
        """Run the connection test as UbiQuity; return how it ended, and all states on the way."""
        states: set[CheckState] = set()

        def note(result: ConnectionResult) -> None:
            states.update(check.state for check in result.checks)

        ubiquity = UbiquityAccount(self._keyed(self.aws.endpoint_url, self.aws.ubiquity))
        test = ConnectionTest(draft, ubiquity, note, just_created=just_created, sleep=_no_pause)
        return asyncio.run(test.run()), frozenset(states)

    def _access(self, way: TraineeSignIn) -> Access:
        if isinstance(way, WithKeys):
            patient = _TIMES if way.patience is None else _TIMES.merge(Config(read_timeout=_SHORT))
            self.patch.setattr(app.aws.transport.core_sessions, "_TIMES", patient)
            return self._keyed(way.endpoint_url, way.keys)
        way.put_into(os.environ)
        return DefaultChain() if way.profile is None else NamedProfile(way.profile)

    @staticmethod
    def _keyed(endpoint_url: str, keys: Keys) -> GivenKeys:
        return GivenKeys(
            endpoint_url, keys.access_key_id, keys.secret_access_key, keys.session_token
        )
