"""Whether AWS can be reached from this computer, asked without any sign-in.

Nothing is signed, and nothing told of anybody: STS refuses the call, and its refusal is the answer.
Proxy, certificates, address and region are those that each AWS tool on this computer uses.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from botocore import UNSIGNED
from botocore.config import Config

from app.aws.caller import ASK_CALLER
from app.aws.transport.aws_clock import AwsClock
from app.aws.transport.core_sessions import deaf_session, settings_only
from app.aws.transport.failures import attempt
from app.core.failure import AwsFailure
from app.flow.clocks import Clock
from app.flow.ports.aws import Reached

if TYPE_CHECKING:
    from mypy_boto3_sts import STSClient

_BY_NOBODY: Final = Config(signature_version=UNSIGNED)


def reach_aws(
    address: str | None = None, now: Clock = lambda: datetime.now(UTC)
) -> Reached | AwsFailure:
    """Return that AWS answered, with its time beside that of ``now``; else what stopped the call.

    ``address`` is asked in the place of AWS's own, deaf to this computer's settings. Blocks.
    """
    clock = AwsClock(now)

    def asked() -> None:
        session = settings_only() if address is None else deaf_session()
        clock.listen(session.get_component("event_emitter"))
        client = session.create_client("sts", config=_BY_NOBODY, endpoint_url=address)
        cast("STSClient", client).get_caller_identity()

    answer = attempt(ASK_CALLER, asked)
    if isinstance(answer, AwsFailure) and not _is_refusal(answer):
        return answer
    return Reached(clock.ahead)


def _is_refusal(failure: AwsFailure) -> bool:
    """Tell whether AWS itself said no: whoever signs nothing is refused."""
    is_of_sign_in = failure.finding is None or failure.finding.startswith("signin.")
    return failure.http_status is not None and is_of_sign_in
