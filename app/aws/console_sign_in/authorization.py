"""The page of AWS Sign-In on which a person allows this program in, and the code it gives.

The parameters of its address are those of the AWS CLI (``awscli/customizations/login/utils.py``).
"""

import binascii
from base64 import b64decode
from typing import Final
from urllib.parse import parse_qs, quote, urlencode

from app.aws.in_browser.pkce import SignInSecrets

SAME_DEVICE: Final = "arn:aws:signin:::devtools/same-device"
OTHER_DEVICE: Final = "arn:aws:signin:::devtools/cross-device"
"""What AWS calls a program of this computer, and one whose person uses another device."""


def link(address: str, secrets: SignInSecrets, client_id: str, redirect: str) -> str:
    """Return where the person signs in; ``address`` is that of AWS Sign-In."""
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect,
        "state": secrets.state,
        # So the service calls it, unlike RFC 7636.
        "code_challenge_method": "SHA-256",
        "scope": "openid",
        "code_challenge": secrets.challenge,
    }
    return f"{address}/v1/authorize?{urlencode(asked, quote_via=quote)}"


def confirmation_page(address: str) -> str:
    """Return the page that shows the code to whoever signed in on another device."""
    return f"{address}/v1/sessions/confirmation"


def code_in(pasted: str) -> tuple[str, str] | None:
    """Return state and code of what AWS shows to be copied; None where it is not that.

    It is base64 of ``state=…&code=…``; white space and quotes that came along are left out.
    """
    text = "".join(pasted.split()).strip("\"'`“”‘’")
    text = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        told = b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    fields = parse_qs(told)
    states, codes = fields.get("state", []), fields.get("code", [])
    return (states[0], codes[0]) if len(states) == 1 and len(codes) == 1 else None
