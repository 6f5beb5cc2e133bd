"""The message for the AWS administrator: all that is needed, and nothing left to fill in."""

import json
import re
from typing import Final

import pytest

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.documents.document_text import document_text
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.guide import role_arn
from app.core.needs.least_policy import Doing, least_policy
from app.core.report import Evidence, Finding
from app.core.wording.admin_message import admin_message
from app.core.wording.findings import words
from tests.core.wording.finding_samples import SAMPLES
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, ENCRYPTED, PLAIN

TRUST: Final = trust_policy(DATABASE_ID)
PERMISSIONS: Final = permissions_policy(ENCRYPTED.buckets)
STATEMENT: Final = kms_statement(ACCOUNT)
WRITING: Final = {**STATEMENT, "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]}

EVERY = pytest.mark.parametrize("finding", SAMPLES, ids=lambda finding: finding.code)


def _documents_in(message: str) -> list[object]:
    """Return the JSON documents that stand in ``message``, brace under brace."""
    texts = re.findall(r"^\{$.*?^\}$", message, re.MULTILINE | re.DOTALL)
    return [json.loads(text) for text in texts]


@EVERY
def test_everything_that_is_needed(finding: Finding) -> None:
    message, text = admin_message(ENCRYPTED, finding), words(finding)
    assert f"AWS account {ACCOUNT}" in message
    assert role_arn(ACCOUNT) in message
    assert f"is: {finding.code}\n" in message
    assert text.title.text in message
    assert text.detail.text in message
    places = [message.index(f"{n}. {step.text}") for n, step in enumerate(text.fix, start=1)]
    assert places == sorted(places)
    assert message.startswith("Hello,\n")
    assert message.endswith("Thank you.\n")
    assert "\n\n\n" not in message


@pytest.mark.parametrize("code", CATALOGUE)
def test_nothing_is_left_to_fill_in(code: str) -> None:
    # A finding without values, so that no placeholder is in it that someone else left.
    message = admin_message(ENCRYPTED, Finding(code, Evidence.PREDICTED))
    prose = re.sub(r"^\{$.*?^\}$", "", message, flags=re.MULTILINE | re.DOTALL)
    assert "{" not in prose
    assert "None" not in prose
    assert "YOUR_" not in message.replace("YOUR_UBIQUITY_ACCOUNT_ID", "") or "placeholder" in code
    assert all("YOUR_" not in json.dumps(document) for document in _documents_in(message))


@pytest.mark.parametrize(
    ("codes", "documents"),
    [
        (("role.missing", "role.misnamed", "role.path"), [TRUST]),
        (("trust.principal-wrong", "trust.external-id-mismatch", "trust.too-open"), [TRUST]),
        (("role.boundary", "policy.missing", "policy.prefix-mismatch"), [PERMISSIONS]),
        (("policy.too-broad", "policy.condition-blocks"), [PERMISSIONS]),
        (("kms.decrypt-denied", "kms.describe-denied", "kms.principal-orphaned"), [STATEMENT]),
        (("kms.write-denied",), [WRITING]),
        (("trust.explicit-deny", "policy.explicit-deny", "kms.explicit-deny"), []),
        (("bucket.direct-grant", "kms.direct-grant"), []),
        (("policy.not-attached", "kms.key-disabled", "kms.key-differs"), []),
        (("bucket.explicit-deny", "organization.denies", "env.offline", "signin.expired"), []),
    ],
)
def test_the_document_that_the_steps_need(codes: tuple[str, ...], documents: list[object]) -> None:
    for code in codes:
        assert (
            _documents_in(admin_message(ENCRYPTED, Finding(code, Evidence.PREDICTED))) == documents
        )


@EVERY
def test_steps_that_speak_of_a_document_have_it_beside_them(finding: Finding) -> None:
    steps = " ".join(step.text for step in words(finding).fix)
    message = admin_message(ENCRYPTED, finding)
    for named, document in (
        ("trust policy that this program shows", TRUST),
        ("permissions policy that this program shows", PERMISSIONS),
        ("key statement that this program shows", STATEMENT),
    ):
        assert named not in steps or document in _documents_in(message)


@EVERY
def test_a_statement_that_the_steps_speak_of_is_quoted(finding: Finding) -> None:
    steps = " ".join(step.text for step in words(finding).fix)
    quoted = finding.params.get("statement")
    is_quoted = quoted in _documents_in(admin_message(ENCRYPTED, finding))
    assert is_quoted is (quoted is not None)
    assert quoted is not None or "quoted with this finding" not in steps


@EVERY
def test_what_is_too_open_is_not_called_broken(finding: Finding) -> None:
    message = admin_message(ENCRYPTED, finding)
    is_too_open = finding.code.endswith((".direct-grant", ".too-open", ".too-broad"))
    is_too_open = is_too_open or finding.code == "trust.external-id-not-required"
    assert ("may do more in our AWS account than it needs" in message) is is_too_open
    assert ("can’t use our Amazon S3 bucket" in message) is not is_too_open


@pytest.mark.parametrize(
    ("code", "doing"),
    [("check.unreadable", Doing.CHECK), ("signin.not-allowed", Doing.CREATE)],
)
def test_for_want_of_permission_the_least_policy_is_sent(code: str, doing: Doing) -> None:
    params = {"actions": ["iam:GetRole"], "what": "role", "permission": "iam:GetRole"}
    finding = Finding(code, Evidence.OBSERVED, params={**params, "uncertain": []})
    assert document_text(least_policy(PLAIN, doing)) in admin_message(PLAIN, finding)
