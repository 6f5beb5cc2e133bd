"""A pasted error explained: the causes in the catalogue that fit it."""

from collections.abc import Iterable
from typing import Final

from app.core.explain.bare_refusals import bare_refusals
from app.core.explain.client_errors import client_errors
from app.core.explain.console_denial import denials_told
from app.core.explain.explanation import Explanation
from app.core.explain.hosts import HostOwner, asked
from app.core.explain.origin import is_of_another
from app.core.explain.pasted import ErrorText, errors_in
from app.core.explain.refused import causes_of_denial
from app.core.explain.refused_call import answered_elsewhere, refused_calls
from app.core.explain.service_errors import service_errors
from app.core.explain.services import OURS, service_named
from app.core.explain.wrong_regions import is_no_region, wrong_regions
from app.core.frozen import replace

_OF_THE_NETWORK: Final = frozenset({"env.offline", "env.proxy", "env.tls-intercepted"})
"""What stands between this computer and any host, be it AWS's or another's."""

_ANSWERS: Final = frozenset({"env.throttled", "env.aws-fault", "signin.not-allowed"})
"""What is told of a service of AWS by its own answer."""

_OF_NO_HOST: Final = _OF_THE_NETWORK | {"env.timeout", "signin.invalid"}
"""What is said of a host, or of a key, where it is the region that is wrong."""


def explain(text: str, asked_for: str = "") -> tuple[Explanation, ...]:
    """Return the causes of the catalogue that fit ``text``, the best match first.

    ``asked_for`` is what was called (``s3:GetObject``), where that is known beside the text. Empty
    for a text that is empty or not known. Of several errors in one text each is explained.
    """
    errors = (_with_call(error, asked_for) for error in errors_in(text))
    return _each_once(cause for error in errors for cause in _causes(error))


def _with_call(error: ErrorText, asked_for: str) -> ErrorText:
    service, _, operation = asked_for.partition(":")
    if not operation or error.source or error.operation or service_named(service) not in OURS:
        return error
    return replace(error, source=f"{service}.amazonaws.com", operation=operation)


def _causes(error: ErrorText) -> tuple[Explanation, ...]:
    regions = tuple(wrong_regions(error))
    if not regions and not _has_no_answer(error):
        if is_of_another(error):
            return ()
        if answered_elsewhere(error):
            # Who signs in, and how the network is, is the same for every service of AWS.
            return tuple(cause for cause in client_errors(error) if cause.code not in _ANSWERS)
    denials = denials_told(error.text)
    beside = _OF_NO_HOST if is_no_region(error) else frozenset[str]()
    causes = (
        *(cause for denial in denials for cause in causes_of_denial(denial)),
        *regions,
        *service_errors(error),
        *(cause for cause in client_errors(error) if cause.code not in beside),
    )
    # A log may hold a mere no beside a denial that tells nothing: an SDK then names both calls.
    tells_all = bool(causes) or (bool(denials) and len(refused_calls(error)) == 1)
    return causes if tells_all else bare_refusals(error)


def _has_no_answer(error: ErrorText) -> bool:
    """Tell whether an SDK speaks for itself: of a machine's own sign-in, of a bucket's region.

    The ids of requests are then empty, and the address of the sign-in is none of AWS's names.
    """
    return asked(error) is HostOwner.METADATA or "BucketRegionError" in error.codes


def _each_once(causes: Iterable[Explanation]) -> tuple[Explanation, ...]:
    """Keep the first explanation of each code: it stands where the best match is."""
    first: dict[str, Explanation] = {}
    for cause in causes:
        first.setdefault(cause.code, cause)
    return tuple(first.values())
