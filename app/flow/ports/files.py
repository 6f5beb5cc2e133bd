"""What is made for others to use, and sent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.iam.work import Work
    from app.core.problem import Problem
    from app.core.support_case import SupportCase


class NamedText(Protocol):
    """A file that is still to be saved or sent."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def text(self) -> str:
        """Its whole text."""


class SupportBundles(Protocol):
    """What is sent to support (``app.exports.support_bundle``)."""

    def bundle_files(
        self, case: "SupportCase", seed: bytes | None, work: "Work | None" = None
    ) -> Sequence[NamedText]:
        """Return the files; with a random ``seed`` External IDs are masked in all of them."""


class CloudshellWay(Protocol):
    """What to take to AWS CloudShell (``app.exports.cloudshell.way``)."""

    @property
    def command(self) -> str | None:
        """One line to paste; None where the details are too many for one: upload then."""

    @property
    def program(self) -> NamedText:
        """The program, readable, to be uploaded."""

    @property
    def sha256(self) -> str:
        """The program's SHA-256, in hexadecimal digits, which the command prints too."""


class Handoff(Protocol):
    """What to send to the person who looks after the AWS account (``app.exports.handoff``)."""

    def handoff_forms(self) -> tuple[str, ...]:
        """Return the names of the exports that can be sent, in the order to offer them in."""

    def handoff_files(self, draft: "Draft", form: str) -> tuple[NamedText, ...]:
        """Return what is sent in the form of an export: its files, and last the hand-off file."""

    def template_link(self, draft: "Draft", template_address: str) -> "str | Problem":
        """Return the link that opens the template at an address in S3; else what is wrong."""
