"""The caller: this computer's way to AWS, and the sign-in.

All but the account follow from what was tried on this computer and still stands.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final

from app.core.diagnosis.deny_findings import denials_of
from app.core.diagnosis.observed.tried import Failure, standing
from app.core.diagnosis.view.connector import DECRYPT, S3_ACTIONS
from app.core.diagnosis.view.setup import Setup
from app.core.guide import LIST_ACTION
from app.core.i18n import tr
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.report import Evidence, Finding
from app.core.settings_mistake import told_mistake

Params = dict[str, object]

_HERE: Final = (Identity.CUSTOMER, Identity.UBIQUITY)
"""Those who use this computer; what UbiQuity's Test Connection told says nothing of it."""

_PROCESS_SAID: Final = "retrieving credentials from custom-process:"
"""What botocore writes before the answer of a profile's own program."""

_OF_A_PROCESS: Final = ("signin.invalid", "signin.expired")
_PARTITION: Final = re.compile(r"\barn:(aws-[a-z-]+):")
_NOT_ALLOWED: Final = "signin.not-allowed"
_WRONG_ACCOUNT: Final = "signin.wrong-account"


def caller_findings(setup: Setup) -> Iterator[Finding]:
    """Yield what is wrong before anything of the setup could be asked for."""
    params_by_code: dict[str, Params] = {}
    for failure in standing(setup.snapshot.observations):
        if failure.observation.identity in _HERE and failure.finding:
            params_by_code.setdefault(failure.finding, _params(failure, setup))
    refused_actions = [o.action for o in refused_here(setup)]
    if refused_actions:
        told_actions = params_by_code.get(_NOT_ALLOWED, {}).get("actions")
        actions = told_actions if isinstance(told_actions, list) else []
        params_by_code[_NOT_ALLOWED] = {
            "actions": list(dict.fromkeys([*actions, *refused_actions]))
        }
    partition = _partition(setup)
    if partition:
        params_by_code["signin.wrong-partition"] = {"partition": partition}
        params_by_code.pop(_WRONG_ACCOUNT, None)
    elif setup.foreign and setup.snapshot.caller:
        params_by_code[_WRONG_ACCOUNT] = _accounts(setup, setup.snapshot.caller.account)
    if setup.snapshot.endpoint:
        params_by_code["signin.other-endpoint"] = {"endpoint": setup.snapshot.endpoint}
    for code, params in params_by_code.items():
        yield Finding(code, Evidence.OBSERVED, params=params)


def refused_here(setup: Setup) -> tuple[Observation, ...]:
    """Return what AWS refused to the customer's sign-in for want of permission."""
    return tuple(
        failure.observation
        for failure in standing(setup.snapshot.observations)
        if failure.observation.identity is Identity.CUSTOMER
        and _is_refusal(failure)
        and not _by_organization(failure)
        and not _is_refused_to_all(setup, failure.observation)
        and not _is_named_as_unread(setup, failure.observation)
    )


def _is_refusal(failure: Failure) -> bool:
    """Tell whether AWS said no, and to this very sign-in."""
    observation = failure.observation
    said_no = observation.outcome is ObservedOutcome.DENIED or "AccessDenied" in (
        observation.code or ""
    )
    return said_no and failure.finding is None


def _by_organization(failure: Failure) -> bool:
    """Tell whether the organisation refuses what the connector needs: that is a finding then."""
    needed = failure.observation.action in (*S3_ACTIONS, DECRYPT)
    return needed and failure.by_organization is not None


def _is_refused_to_all(setup: Setup, observation: Observation) -> bool:
    """Tell whether the bucket's own policy stops the connector as well: that is the cause then."""
    return any(
        denial.certain and denial.source == f"{connection.connector.path}.policy"
        for connection in setup.connections
        for answer in connection.s3
        if (connection.bucket, answer.action) == (observation.bucket, observation.action)
        for denial in denials_of(answer.question)
    )


def _is_named_as_unread(setup: Setup, observation: Observation) -> bool:
    """Tell whether the same was refused while the account was read, which names it as not read.

    To list a bucket by hand is the same call as to take a sample of it. Whoever may not is as far
    as before, and the connector lists with another identity.
    """
    place = setup.snapshot.bucket_index(observation.bucket or "")
    is_listing = observation.action.lower() == LIST_ACTION.lower()
    return (
        is_listing and place is not None and not setup.snapshot.was_read(f"buckets[{place}].sample")
    )


def _params(failure: Failure, setup: Setup) -> Params:
    code, observation = failure.finding or "", failure.observation
    told_params = next((cause.params for cause in failure.causes if cause.code == code), None)
    if told_params is None:
        told_params = _values(code, observation)
    defaults = _DEFAULTS.get(code, _nothing)(observation, setup)
    return {**defaults, **told_params, **_settings(code, observation)}


def _values(code: str, observation: Observation) -> Params:
    """Return what the answer tells, whosever host was asked: it was this program that asked it."""
    # Late, as in ``tried``: most snapshots hold no failed answer.
    from app.core.explain.client_errors import values_told

    return values_told(code, observation.message or "")


def _settings(code: str, observation: Observation) -> Params:
    """Return what the message tells of the AWS settings that the failure comes from."""
    if not code.startswith("signin."):
        return {}
    said, mistake = told_mistake(observation.message or "")
    _, by_process, answer = said.partition(_PROCESS_SAID)
    if code in _OF_A_PROCESS:
        places = {name: mistake[name] for name in ("file", "line") if name in mistake}
        return {"answer": answer.strip() or tr("(nothing)"), **places} if by_process else {}
    if code != "signin.config-broken":
        return {}
    return {**({"said": said} if mistake else {}), **mistake}


def _nothing(_observation: Observation, _setup: Setup) -> Params:
    return {}


def _call(observation: Observation, _setup: Setup) -> Params:
    return {"action": observation.action}


def _actions(observation: Observation, _setup: Setup) -> Params:
    return {"actions": [observation.action]}


def _profile(_observation: Observation, _setup: Setup) -> Params:
    return {"profile": ""}


def _setting(observation: Observation, _setup: Setup) -> Params:
    """Return the setting of the profile that is wrong."""
    setting = re.match(r"(\w+): Invalid \w+ for parameter ", observation.message or "")
    return {"setting": setting[1]} if setting else {}


def _clock(observation: Observation, _setup: Setup) -> Params:
    """Return by how much the clock is off, where AWS's answer holds both times."""
    texts = re.findall(r"\b\d{8}T\d{6}Z", observation.message or "")
    times = [time for text in texts if (time := _moment(text)) is not None]
    return {"seconds": int(abs(times[0] - times[-1]).total_seconds())} if len(times) > 1 else {}


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _other_account(observation: Observation, setup: Setup) -> Params:
    accounts = re.findall(r"\b\d{12}\b", observation.message or "")
    others = [account for account in accounts if account != setup.draft.account_id]
    return _accounts(setup, others[0] if others else "")


def _accounts(setup: Setup, other_account: str) -> Params:
    return {"expected": setup.draft.account_id, "found": other_account}


_DEFAULTS: Final[Mapping[str, Callable[[Observation, Setup], Params]]] = {
    "env.clock-skew": _clock,
    "env.throttled": _call,
    "env.aws-fault": _call,
    "signin.profile-missing": _profile,
    "signin.config-broken": _setting,
    _WRONG_ACCOUNT: _other_account,
    _NOT_ALLOWED: _actions,
}


def _partition(setup: Setup) -> str | None:
    """Return the other part of AWS that the sign-in or the role belongs to, if any."""
    snapshot = setup.snapshot
    observations = (o for o in snapshot.observations if o.identity is Identity.CUSTOMER)
    texts = (
        snapshot.caller.arn if snapshot.caller else "",
        snapshot.role.arn or "",
        *(f"{o.resource or ''} {o.message or ''}" for o in observations),
    )
    match = next((match for text in texts if (match := _PARTITION.search(text))), None)
    return match[1] if match else None
