"""The start URL of an AWS access portal (IAM Identity Center), in each form in which it is copied.

Sources: IAM Identity Center User Guide, "Signing in to the AWS access portal" (``d-…`` or the
company's name before ``.awsapps.com/start``), "Workforce access through an additional Region" and
"Configure the AWS access portal" (addresses that begin with ``ssoins-`` and name their region),
"Using IAM Identity Center with the AWS CLI" (the issuer URL serves as start URL as well).
"""

import re
from collections.abc import Mapping
from typing import Final

from app.core.fields.region import check_region
from app.core.frozen import frozen
from app.core.pasted.cleaning import GAPS, clean
from app.core.problem import Checked, Correction, Problem, Severity, error, note, settle, warning

_ADDRESS: Final = (
    r"(?:https?:/*)?(?P<host>[a-z0-9_-]+(?:\.[a-z0-9_-]+)+(?::[0-9]+)?)(?P<path>[/#?].*)?"
)
_LINE: Final = r"[\[{(]?[\"']?(?:sso_?|start_?|issuer_?|portal_?)*url[\"']?[=:]"
_INSTANCE: Final = r"ssoins-[0-9a-f]{16}"
_DIRECTORY: Final = r"d-[0-9a-f]{10}"
_REGION: Final = r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}"

_APPS_HOST: Final = r"(?P<name>[a-z0-9][a-z0-9_-]*)\.awsapps\.com"
_REGIONAL_HOSTS: Final = (
    rf"{_INSTANCE}\.portal\.(?P<region>{_REGION})\.app\.aws",
    rf"{_INSTANCE}\.(?P<region>{_REGION})\.portal\.amazonaws\.com",
)
_ISSUER_HOST: Final = "identitycenter.amazonaws.com"
_OTHER_CLOUD_HOST: Final = (
    r"(?:.*\.)?(?:us-gov-home\.awsapps\.com|awsapps\.cn|amazonaws\.cn|amazonaws\.com\.cn|"
    r"amazonaws-us-gov\.com|amazonaws\.eu|amazonaws-eusc\.eu)|.*\.us-gov-[a-z]+-[0-9]\..*"
)
_CONSOLE_HOST: Final = (
    r"(?:.*\.)?(?:signin|console)\.aws(?:\.amazon\.com)?|(?:.*\.)?aws\.amazon\.com"
)
_PLACEHOLDERS: Final = re.compile(
    r"d-x{4,}|x{4,}|your[_-]?(?:sub-?domain|company|sso-?portal|portal)|my-sso-portal|"
    r"(?:any|example)[_-]?company|subdomain"
)

_OF_A_PORTAL: Final[Mapping[str, str]] = {
    "region.empty": "portal.region-empty",
    "region.ambiguous": "portal.region-ambiguous",
    "region.several": "portal.region-several",
}
"""What is said of a bucket's region, in the words for that of Identity Center."""


@frozen
class _Reading:
    url: str = ""
    problems: tuple[Problem, ...] = ()
    region: str = ""
    offer: Correction | None = None


def check_start_url(text: str, *, field: str = "start_url") -> Checked:
    """Return the start URL in ``text`` as the AWS tools write it, or what is wrong with it.

    With or without ``https://``, with ``/start``, ``/start/#/`` or nothing at its end, inside a
    line of a config file, and the addresses that begin with ``ssoins-``. ``other_fields`` holds the
    ``region`` where the address names it. An unknown address is a warning: AWS makes new forms.
    """
    cleaned = clean(text, inside=GAPS)
    bare = re.sub(_LINE, "", cleaned.text, count=1, flags=re.IGNORECASE).strip("<>()[]{}\"',;")
    reading = _read(bare, field)
    remarks = [*cleaned.notes(field), *reading.problems]
    usable = all(problem.severity is not Severity.ERROR for problem in remarks)
    if usable and reading.url != cleaned.text:
        remarks.append(note(field, "portal.taken"))
    other_fields = {"region": reading.region} if reading.region else {}
    return settle(reading.url, remarks, other_fields=other_fields, offer=reading.offer)


def check_portal_region(
    text: str, regions: Mapping[str, str], *, field: str = "sso_region"
) -> Checked:
    """Return the code of the region where Identity Center is, or what is wrong with ``text``.

    ``regions`` maps region codes to names, as for a bucket's region.
    """
    checked = check_region(text, regions, field=field)
    problems = tuple(
        Problem(
            field, _OF_A_PORTAL.get(problem.code, problem.code), problem.severity, problem.params
        )
        for problem in checked.problems
        if problem.code != "region.opt-in"
    )
    return Checked(checked.value, problems, checked.other_fields, checked.offer)


def same_portal(one: str, other: str) -> bool:
    """Tell whether two start URLs, as written in config files or typed, are the same portal's."""
    return _plain(one) == _plain(other)


def _plain(url: str) -> str:
    return check_start_url(url).value or url.strip().rstrip("/#").lower()


def _read(text: str, field: str) -> _Reading:
    if not text:
        return _Reading(problems=(error(field, "portal.empty"),))
    lowered = text.lower()
    if re.fullmatch(_DIRECTORY, lowered):
        url = f"https://{lowered}.awsapps.com/start"
        return _Reading(problems=(error(field, "portal.id-only"),), offer=Correction(url))
    if re.fullmatch(_INSTANCE, lowered):
        url = f"https://{_ISSUER_HOST}/{lowered}"
        return _Reading(problems=(error(field, "portal.id-only"),), offer=Correction(url))
    address = re.fullmatch(_ADDRESS, text, re.IGNORECASE)
    if address is None or "@" in text:
        return _Reading(problems=(error(field, "portal.malformed"),))
    return _from_address(address["host"].lower(), address["path"] or "", lowered, field)


def _from_address(host: str, path: str, lowered: str, field: str) -> _Reading:
    if re.fullmatch(_OTHER_CLOUD_HOST, host):
        return _Reading(problems=(error(field, "portal.other-cloud"),))
    if apps := re.fullmatch(_APPS_HOST, host):
        return _of_apps(apps["name"], field)
    for pattern in _REGIONAL_HOSTS:
        if regional := re.fullmatch(pattern, host):
            return _Reading(f"https://{host}", region=regional["region"])
    if host == _ISSUER_HOST:
        return _of_issuer(path.lower(), field)
    if re.fullmatch(_CONSOLE_HOST, host):
        return _Reading(problems=(error(field, "portal.console"),))
    scheme = "http" if lowered.startswith("http:") else "https"
    url = f"{scheme}://{host}{path.partition('#')[0].rstrip('/')}"
    return _Reading(url, (warning(field, "portal.unusual"),))


def _of_apps(name: str, field: str) -> _Reading:
    if _PLACEHOLDERS.fullmatch(name):
        return _Reading(problems=(error(field, "portal.placeholder"),))
    return _Reading(f"https://{name}.awsapps.com/start")


def _of_issuer(path: str, field: str) -> _Reading:
    instance = re.match(rf"/({_INSTANCE})(?![0-9a-z])", path)
    if instance is None:
        return _Reading(problems=(error(field, "portal.malformed"),))
    return _Reading(f"https://{_ISSUER_HOST}/{instance[1]}")
