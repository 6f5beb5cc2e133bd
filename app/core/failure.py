"""An expected failure of AWS, the network or the sign-in, as a value."""

from collections.abc import Mapping

from app.core.frozen import field, frozen


@frozen
class AwsFailure:
    """Why a call did not do what it should.

    ``code`` and ``message`` are AWS's own (or botocore's exception name and text), ``action``
    is what was called (``iam:CreateRole``). ``finding`` is the code of the catalogue that fits
    a failure on this side of AWS (network, sign-in), or None where AWS refused the call itself.
    """

    action: str
    code: str
    message: str
    http_status: int | None = None
    request_id: str | None = None
    finding: str | None = None
    took_effect_unknown: bool = False
    """True where the answer was lost after the request was sent."""
    params: Mapping[str, object] = field(default_factory=dict)
    """The values that the finding's words are made from, as far as the failure tells them."""
