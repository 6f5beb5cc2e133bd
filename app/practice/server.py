"""The embedded practice AWS: an account to try everything in, inside the program.

Real boto3 reaches it over real HTTP on 127.0.0.1; nothing of it is real AWS and nothing leaves
this computer. Importing this module is quick; starting it is not, see ``PracticeAws.start``.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from app.practice.account import (
    ACCOUNT_ID,
    DATABASE_ID,
    SEEDED_BUCKETS,
    Keys,
    PracticeBucket,
)
from app.practice.ledger import Ledger
from app.practice.pace import AT_ONCE, Pace

if TYPE_CHECKING:
    from app.practice.faults import Faults
    from app.practice.gate import Gate
    from app.practice.past_visits import PastVisit
    from app.practice.seed import Fixtures
    from app.practice.web_server import WebServer


class PracticeAws:
    """The practice AWS, ready from when ``start`` returns until ``stop``; a context manager too.

    One at a time in a process: moto keeps its accounts in module-level tables. Its sign-ins are
    kept over ``reset``, and are others at each ``start``.
    """

    account_id: str = ACCOUNT_ID
    database_id: str = DATABASE_ID

    def __init__(self, pace: Pace = AT_ONCE) -> None:
        """Make it, not started yet; ``pace`` is how long what happens takes to show."""
        self._ledger = Ledger(pace=pace)
        self._web: WebServer | None = None
        self._gate: Gate | None = None
        self._fixtures: Fixtures | None = None

    def start(self) -> None:
        """Start serving, with everything seeded.

        Blocks for about half a second (two on a slow computer): nearly all of it is the import
        of moto, once in a process. Call it in a thread, never in the window's own. Does nothing
        where it already runs.
        """
        if self._web is not None:
            return
        from app.practice.isolation import load_moto

        moto = load_moto()
        from app.practice.gate import Gate
        from app.practice.seed import new_fixtures
        from app.practice.web_server import WebServer

        self._gate = Gate(moto, self._ledger)
        self._fixtures = new_fixtures()
        self.reset()
        self._web = WebServer(self._gate)

    def stop(self) -> None:
        """Hang up, forget everything, and leave no thread behind. Does nothing when stopped."""
        if self._web is None:
            return
        self._web.close()
        self._web = None
        self._empty()

    def reset(self) -> None:
        """Go back to the seeded state; every session of a role ends.

        The sign-ins, the buckets' names and the key's ARN stay what they were.
        """
        from app.practice.seed import fill

        gate, fixtures = self._started()
        with gate.lock:
            self._empty()
            fill(fixtures, self._ledger)

    def remember(self, *visits: "PastVisit") -> None:
        """Let somebody have assumed roles of the practice account before now."""
        from app.practice.past_visits import remember

        gate, _ = self._started()
        with gate.lock:
            remember(visits, self._ledger)

    def let_pass(self, time: timedelta) -> None:
        """Let everything done in the practice account so far have been done ``time`` earlier."""
        from app.practice.past_visits import let_pass

        gate, _ = self._started()
        with gate.lock:
            let_pass(time, self._ledger)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def endpoint_url(self) -> str:
        """The address for boto3's ``endpoint_url``, for every service and region."""
        if self._web is None:
            raise RuntimeError("The practice AWS has not been started.")
        return self._web.url

    @property
    def admin(self) -> Keys:
        """The sign-in of an administrator of the practice account."""
        return self._started()[1].admin

    @property
    def ubiquity(self) -> Keys:
        """The sign-in of UbiQuity's connectors, in UbiQuity's own account."""
        return self._started()[1].ubiquity

    @property
    def support(self) -> Keys:
        """The sign-in of UbiQuity's support, in UbiQuity's own account."""
        return self._started()[1].support

    @property
    def partner(self) -> Keys:
        """The sign-in of an administrator of the partner's account, which owns a bucket too."""
        return self._started()[1].partner

    @property
    def faults(self) -> "Faults":
        """What goes wrong in front of the practice AWS: nothing, unless it is set."""
        return self._ledger.faults

    @property
    def buckets(self) -> tuple[PracticeBucket, ...]:
        """The buckets: one with files, an empty one in another region, one under SSE-KMS."""
        key_arn = self._started()[1].key_arn
        return tuple(
            PracticeBucket(
                bucket.name, bucket.region, bucket.prefix, key_arn if bucket.encrypted else None
            )
            for bucket in SEEDED_BUCKETS
        )

    def _started(self) -> "tuple[Gate, Fixtures]":
        if self._gate is None or self._fixtures is None:
            raise RuntimeError("The practice AWS has not been started.")
        return self._gate, self._fixtures

    def _empty(self) -> None:
        from app.practice.seed import empty

        empty(self._ledger)
