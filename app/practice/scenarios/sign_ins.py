"""The two ways in which a trainee signs in for a rehearsal."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass

from app.practice.account import Keys


@dataclass(frozen=True, slots=True)
class WithKeys:
    """Sign in with these keys at one address, deaf to the AWS settings of this computer.

    ``patience`` is how many seconds to wait for an answer, where that has to be short.
    """

    endpoint_url: str
    keys: Keys
    patience: float | None = None


@dataclass(frozen=True, slots=True)
class WithSettings:
    """Sign in as the AWS tools of this computer would, with other settings than it has.

    ``profile`` is the profile to name, None for the default. ``environment`` are the variables
    to set, None for those that must not be set.
    """

    profile: str | None
    environment: Mapping[str, str | None]

    def put_into(self, environ: MutableMapping[str, str]) -> None:
        """Change ``environ`` so that the AWS tools find these settings and no others."""
        # First all that must go: on Windows a variable has one name in upper and lower case.
        for name in self.environment:
            environ.pop(name, None)
        environ.update({name: text for name, text in self.environment.items() if text is not None})


TraineeSignIn = WithKeys | WithSettings
"""How to sign in for a rehearsal."""
