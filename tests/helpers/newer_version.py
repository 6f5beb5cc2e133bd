"""What looks for a newer version, in memory, and somebody who signs what it is answered."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from awscrt.crypto import EC, ECExportFormat, ECType

from app.aws.transport.signatures import is_signed
from app.core.formats.update_json import Signed, dump_signed, dump_statement, signed_bytes
from app.core.newer_version import Look, LookProblem, UpdateSource, VersionStatement
from app.flow.newer_version import Asking, NewerVersion

NOW: Final = datetime(2026, 11, 29, 12, tzinfo=UTC)
ADDRESS: Final = "https://updates.example/s3-setup/newest.json"
PAGE: Final = "https://updates.example/s3-setup/1.2"
INSTALLED: Final = "1.1.0"


def statement(version: str = "1.2.0", page: str = PAGE, days: int = 30) -> VersionStatement:
    """Return a statement of yesterday that counts for so many days."""
    return VersionStatement(version, NOW - timedelta(days=1), NOW + timedelta(days=days), page)


class Maker:
    """Whoever makes the program: signs, and is known by a public key."""

    def __init__(self) -> None:
        self._key = EC.new_generate(ECType.P_256)
        self.public_key: bytes = self._key.export_key(ECExportFormat.SPKI)
        self.source = UpdateSource(ADDRESS, self.public_key)

    def answer(self, told: VersionStatement) -> bytes:
        """Return what an address answers that tells of ``told``."""
        return self.signed(dump_statement(told))

    def signed(self, text: str) -> bytes:
        """Return the answer with a statement of any text."""
        signature = self._key.sign(sha256(signed_bytes(text)).digest())
        return dump_signed(Signed(text, signature)).encode()


class InMemory:
    """Keeps the last look."""

    def __init__(self) -> None:
        self.look: Look | None = None

    def load(self) -> Look | None:
        return self.look

    def save(self, look: Look) -> None:
        self.look = look


class Allowed:
    """Keeps whether it is allowed."""

    def __init__(self, *, on: bool) -> None:
        self.on = on

    def load(self) -> bool:
        return self.on

    def save(self, allowed: bool, /) -> None:
        self.on = allowed


@dataclass
class Looking:
    """One that looks, with all that it reaches."""

    maker: Maker
    answers: list[bytes | LookProblem] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    kept: InMemory = field(default_factory=InMemory)
    permission: Allowed = field(default_factory=lambda: Allowed(on=True))
    now: datetime = NOW

    def ask(self, address: str) -> bytes | LookProblem:
        """Give the next answer; the last one again and again."""
        self.asked.append(address)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]

    def looker(self) -> NewerVersion:
        """Return what looks, by this one's clock."""
        asking = Asking(self.maker.source, self.ask, is_signed)
        return NewerVersion(asking, self.permission, self.kept, INSTALLED, lambda: self.now)


def nobody_to_ask() -> NewerVersion:
    """Return what looks in a build without an address."""
    return NewerVersion(None, Allowed(on=False), InMemory(), INSTALLED)
