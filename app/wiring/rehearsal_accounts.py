"""The practice AWS in a rehearsed state (``practice --scenario``)."""

import asyncio
import os
from typing import TYPE_CHECKING, Final

from app.aws.access import Access, GivenKeys
from app.core.failure import AwsFailure
from app.core.fields.form import form_of
from app.core.frozen import replace
from app.core.i18n import tr
from app.core.sign_in import PRACTISED_SUPPORT, SignInWay
from app.flow.ports.accounts import PracticeExample, SignedIn
from app.flow.threads import in_thread
from app.practice.pace import AT_ONCE, Pace
from app.wiring.practice_accounts import PracticeAccounts, keyed
from app.wiring.signing_in import profile_access, signed_in

if TYPE_CHECKING:
    from app.practice.scenarios.scenario import Rehearsal
    from app.practice.scenarios.sign_ins import WithKeys, WithSettings
    from app.wiring.tried_account import TriedAccount

_OF_SPREADING: Final = "connect.propagating"


class RehearsalAccounts(PracticeAccounts):
    """The practice AWS with one scenario set up in it; everything else is as usual."""

    def __init__(self, code: str, pace: Pace = AT_ONCE) -> None:
        """``code`` is the scenario's; ``pace`` as for ``PracticeAccounts``."""
        super().__init__(pace)
        self._code = code
        self._rehearsal: Rehearsal | None = None
        self._settings_before: dict[str, str | None] = {}

    @property
    def practice_examples(self) -> tuple[PracticeExample, ...]:
        """The details of the rehearsal, once it is set up."""
        if self._rehearsal is None:
            return ()
        words = tr("The details of this rehearsal")
        return (PracticeExample("rehearsal", words, form_of(self._rehearsal.draft)),)

    @property
    def practice_spreads(self) -> bool:
        """Whether the rehearsal is of that."""
        return self._code == _OF_SPREADING

    async def rehearse(self) -> "Rehearsal":
        """Set the scenario up and return it; once."""
        from app.practice.scenarios.scenario import set_up
        from app.practice.scenarios.scenario_list import scenario_of

        scenario = scenario_of(self._code)
        if scenario is None:
            raise LookupError(self._code)
        aws = await self.started()
        if self._rehearsal is None:
            self._rehearsal = await asyncio.to_thread(set_up, scenario, aws)
        return self._rehearsal

    async def sign_in(self, way: SignInWay) -> SignedIn | AwsFailure:
        """Sign in as the scenario wants it, or as UbiQuity's support."""
        if way == PRACTISED_SUPPORT:
            await self.rehearse()
            return await super().sign_in(way)
        rehearsal, aws = await self.rehearse(), await self.started()
        access = self._access(rehearsal)
        ubiquity = keyed(aws, aws.ubiquity)
        answer = await signed_in(access, ubiquity)
        if isinstance(answer, AwsFailure) or not _is_tried(rehearsal):
            return answer
        return replace(answer, aws=await in_thread(lambda: _tried(access, rehearsal, ubiquity)))

    async def reset(self) -> None:
        """Set the scenario up once more."""
        await asyncio.to_thread(self._take_down)
        await self.rehearse()

    def close(self) -> None:
        """Take the scenario down, and stop the practice AWS."""
        self._take_down()
        super().close()

    def _access(self, rehearsal: "Rehearsal") -> Access:
        from app.practice.scenarios.sign_ins import WithKeys

        way = rehearsal.sign_in
        return _with_keys(way) if isinstance(way, WithKeys) else self._with_settings(way)

    def _with_settings(self, way: "WithSettings") -> Access:
        if not self._settings_before:
            self._settings_before = {name: os.environ.get(name) for name in way.environment}
        way.put_into(os.environ)
        return profile_access(way.profile)

    def _take_down(self) -> None:
        """Take the scenario down, and give this program its own AWS settings back."""
        from app.practice.scenarios.sign_ins import WithSettings

        before, self._settings_before = self._settings_before, {}
        WithSettings(None, before).put_into(os.environ)
        rehearsal, self._rehearsal = self._rehearsal, None
        if rehearsal is not None:
            rehearsal.close()


def _is_tried(rehearsal: "Rehearsal") -> bool:
    """Tell whether the failure shows only once something is tried."""
    from app.practice.scenarios.scenario import Seen

    return rehearsal.scenario.seen is not Seen.CHECK


def _tried(access: Access, rehearsal: "Rehearsal", ubiquity: Access) -> "TriedAccount":
    from app.aws.ubiquity import UbiquityAccount
    from app.wiring.tried_account import TriedAccount

    return TriedAccount(access, rehearsal, UbiquityAccount(ubiquity))


def _with_keys(way: "WithKeys") -> Access:
    keys = way.keys
    return GivenKeys(
        way.endpoint_url,
        keys.access_key_id,
        keys.secret_access_key,
        keys.session_token,
        read_timeout=way.patience,
    )
