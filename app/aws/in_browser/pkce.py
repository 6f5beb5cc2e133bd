"""What only this program knows until the end of one sign-in (RFC 7636, PKCE; RFC 6749, state)."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SignInSecrets:
    """The secrets of one sign-in: ``verifier`` has 64 characters, of the 43 to 128 allowed."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    @property
    def challenge(self) -> str:
        """What is shown of the verifier: its SHA-256, base64url without padding."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")
