"""Every request of the program belongs to a call: bounded, heard, and ended in a value."""

import ast
import asyncio
import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

import app.aws
from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.aws.bucket_region import bucket_region
from app.aws.reach import reach_aws
from app.aws.transport import bounds
from app.aws.transport.connections import BoundedSession
from app.aws.ubiquity import UbiquityAccount
from app.core.change import Change, ChangeKind
from app.core.changes.needed_actions import NeededAction
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.guide import role_arn
from app.flow.call_log import CallLog, calls_heard
from app.flow.ports.aws import CustomerAws, UbiquityAws, UbiquitySession
from tests.aws.doubles import ACCOUNT, BUCKET, REGION, draft

_LONGEST: Final = 60
"""Seconds that a client may wait for one connection or one read."""

GIVEN: Final[dict[str, object]] = {
    "draft": draft(),
    "region": REGION,
    "bucket": BUCKET,
    "prefix": "in/",
    "token": None,
    "since": datetime(2026, 11, 23, tzinfo=UTC),
    "needed": (NeededAction("iam:GetRole", role_arn(ACCOUNT)),),
    "change": Change(ChangeKind.CREATE_ROLE, role_arn(ACCOUNT), None, trust_policy("x"), True),
    "key": "in/a.csv",
    "body": b"a",
    "source": "in/a.csv",
    "target": "in/b.csv",
    "role_arn": role_arn(ACCOUNT),
    "external_id": "12345",
    "on_progress": lambda *_: None,
}
"""What each argument of a port is given; a new one has to be named here."""


def _asked_of(port: type) -> list[str]:
    """Return the methods of a port that ask AWS: all that have to be waited for."""
    return [
        name for name, method in inspect.getmembers(port) if inspect.iscoroutinefunction(method)
    ]


CUSTOMERS: Final = _asked_of(CustomerAws)
SESSIONS: Final = _asked_of(UbiquitySession)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """See that each request is sent within a call, and that its client waits for no longer."""
    urls: list[str] = []
    outside: list[str] = []
    send = BoundedSession.send

    def seen(session: BoundedSession, request: AWSPreparedRequest) -> AWSResponse:
        urls.append(request.url)
        times = vars(session)["_timeout"]
        is_bounded = all(
            0 < time <= _LONGEST for time in (times.connect_timeout, times.read_timeout)
        )
        if getattr(bounds._OPEN, "call", None) is None or not is_bounded:
            outside.append(request.url)
        return send(session, request)

    monkeypatch.setattr(BoundedSession, "send", seen)
    yield urls
    assert urls
    assert outside == []


def _call(of: object, name: str) -> object:
    method = getattr(of, name)
    needed = [
        parameter.name
        for parameter in inspect.signature(method).parameters.values()
        if parameter.default is inspect.Parameter.empty
    ]
    log = CallLog()

    async def made() -> object:
        with calls_heard(log.take):
            return await method(**{each: GIVEN[each] for each in needed})

    answer = asyncio.run(made())
    assert log.records
    if isinstance(answer, AwsFailure):
        assert answer.code in {record.code for record in log.records}
    return answer


@pytest.mark.parametrize("name", CUSTOMERS)
@pytest.mark.usefixtures("sent")
def test_all_that_is_asked_with_the_customers_sign_in(url: str, name: str) -> None:
    _call(CustomerAccount(GivenKeys(url, "AKIAADMIN", "secret")), name)


@pytest.mark.parametrize("name", SESSIONS)
@pytest.mark.usefixtures("sent")
def test_all_that_is_asked_with_the_role(url: str, name: str) -> None:
    account = UbiquityAccount(GivenKeys(url, "AKIAUBIQUITY", "secret"))
    assert _asked_of(UbiquityAws) == ["assume_role"]
    _call(_call(account, "assume_role"), name)


@pytest.mark.usefixtures("sent")
def test_all_that_is_asked_without_a_sign_in(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    log = CallLog()
    with calls_heard(log.take):
        reach_aws()
        bucket_region(BUCKET)
    assert len(log.records) == 2


# No client but of a session whose clients have their times, and none that lifts them


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Yield each call in the code of ``app.aws``: its module, the function around it, and it."""
    top = Path(app.aws.__file__).parent
    for path in sorted(top.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            body = function if isinstance(function, ast.FunctionDef) else None
            for node in ast.walk(body) if body else ():
                if isinstance(node, ast.Call):
                    yield path.relative_to(top).as_posix(), body.name if body else "", node


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_a_session_is_guarded_where_it_is_made() -> None:
    calls = list(_calls())
    makers = {(module, f) for module, f, call in calls if _name(call.func) == "CoreSession"}
    guards = {(module, f) for module, f, call in calls if _name(call.func) in ("guard", "settle")}
    assert makers
    assert makers <= guards
    # Whoever only reads settings makes a session as well, and no client of it.
    readers = {module for module, _, call in calls if _name(call.func) == "Session"}
    askers = {m for m, _, call in calls if _name(call.func) in ("client", "create_client")}
    assert not readers & askers


def test_no_setting_lifts_the_times() -> None:
    for module, _, call in _calls():
        for keyword in call.keywords:
            if keyword.arg in ("connect_timeout", "read_timeout"):
                lifted = isinstance(keyword.value, ast.Constant) and keyword.value.value is None
                assert not lifted, module
