"""The same error from a mail, a log, the AWS CLI, CloudTrail or S3's XML is the same error."""

import html
import json
import textwrap
from collections.abc import Callable

import pytest

from app.core.explain.explain import explain
from tests.core.explain.answer_samples import ANSWERS
from tests.core.explain.client_samples import CLIENT
from tests.core.explain.denial_samples import DENIALS


def codes(text: str) -> tuple[str, ...]:
    return tuple(explanation.code for explanation in explain(text))


def cli(text: str) -> str:
    return f"An error occurred (AccessDenied) when calling the AssumeRole operation: {text}"


def wrapped(text: str) -> str:
    return "\n> ".join(textwrap.wrap(text, 60, break_long_words=False, break_on_hyphens=False))


def smart(text: str) -> str:
    return text.replace('"', "”").replace("'", "’")


def cloudtrail(text: str) -> str:
    event = {"eventSource": "sts.amazonaws.com", "errorCode": "AccessDenied", "errorMessage": text}
    return json.dumps({"eventName": "AssumeRole", **event}, indent=2)


def lookup(text: str) -> str:
    """Give what "aws cloudtrail lookup-events" prints: JSON inside of JSON."""
    return json.dumps(
        {"Events": [{"EventName": "AssumeRole", "CloudTrailEvent": cloudtrail(text)}]}
    )


WAYS: tuple[Callable[[str], str], ...] = (
    str.lower,
    str.upper,
    cli,
    wrapped,
    smart,
    html.escape,
    json.dumps,
    cloudtrail,
    lookup,
    lambda text: f"  2026-11-23T01:02:03Z ERROR [worker-4] {text}\n",
    lambda text: f"<Error><Code>AccessDenied</Code><Message>{html.escape(text)}</Message></Error>",
    lambda text: f"{text} (Service: Sts, Status Code: 403, Request ID: 1b-2c, Proxy: null)",
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: "\u200b".join(text.partition(" ")),
    lambda text: text.replace('"', '\\"').replace("'", "\\u0027"),
)

IN_EVERY_WAY = tuple(text for text, causes in {**DENIALS, **CLIENT}.items() if causes) + tuple(
    message for _, message, _ in ANSWERS
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", IN_EVERY_WAY)
def test_the_way_of_pasting_makes_no_difference(text: str, way: Callable[[str], str]) -> None:
    assert codes(way(text))[: len(codes(text))] == codes(text)
