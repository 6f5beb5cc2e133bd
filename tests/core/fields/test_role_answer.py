"""The ARN that an administrator sends back: exactly what is wrong with it, and what to ask for."""

import re
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.fields.role_answer import check_role_answer
from app.core.guide import ROLE_NAME, role_arn
from app.core.wording.problems import problem_text
from app.core.wording.sent_back.answer_message import answer_message, answer_sentence

ACCOUNT: Final = "123456789012"
OTHER: Final = "210987654321"
ARN: Final = role_arn(ACCOUNT)
ANSWERS: Final = (
    (ARN, None),
    (f"  {ARN}\n", None),
    (f"Hi, it is done: {ARN}. Cheers, Jo", None),
    (f'"Arn": "{ARN}",', None),
    (f"role {ARN} with policy arn:aws:iam::{ACCOUNT}:policy/ubiquity-s3-access-policy", None),
    (ARN.replace("6789", "6789 "), None),
    (ARN.replace("s3-", "s3-\n> "), None),
    (ARN.replace(":", ": "), None),
    (ARN.replace("-", "\u2011"), None),
    (ARN.replace("/", "/\u200b"), None),
    (f"{ARN}-2", "answer.letter"),
    (ARN.replace("6789", "6788 "), "answer.account"),
    (ARN.replace(ACCOUNT, "1234-5678-9012"), None),
    (role_arn(OTHER), "answer.account"),
    (f"arn:aws:iam::{ACCOUNT}:root", "answer.other-arn"),
    (f"arn:aws:iam::{ACCOUNT}:role/service-role/{ROLE_NAME}", "answer.path"),
    (f"arn:aws:iam::{ACCOUNT}:role/a/b/{ROLE_NAME}.", "answer.path"),
    (ARN.replace("connectors", "connector"), "answer.letter"),
    (ARN.replace("ubiquity-connectors", "Ubiquity-Connectors"), "answer.letter"),
    (ARN.replace("-", "_"), "answer.letter"),
    (f"arn:aws:iam::{ACCOUNT}:role/ubiquity", "answer.name"),
    (f"arn:aws:iam::{ACCOUNT}:role/Admin", "answer.name"),
    (ARN.replace("arn:aws:", "arn:aws-cn:"), "answer.partition"),
    (f"arn:aws:iam::{ACCOUNT}:policy/ubiquity-s3-access-policy", "answer.policy"),
    (f"arn:aws:iam::{ACCOUNT}:user/jo", "answer.user"),
    (f"arn:aws:sts::{ACCOUNT}:assumed-role/{ROLE_NAME}/jo", "answer.session"),
    (f"arn:aws:iam::{ACCOUNT}:instance-profile/x", "answer.other-arn"),
    (f"{role_arn(OTHER)} arn:aws:iam::{ACCOUNT}:role/Admin", "answer.several"),
    (f"{role_arn(OTHER)} {role_arn(OTHER)}", "answer.account"),
    (
        f"https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/{ROLE_NAME}?section=a",
        "answer.console-role",
    ),
    ("https://console.aws.amazon.com/iam/home#/roles/Admin", "answer.console"),
    ("https://us-east-1.console.aws.amazon.com/iam/home#/home", "answer.console-page"),
    (f"the role {ROLE_NAME} is there now", "answer.name-alone"),
    ("It is done.", "answer.none"),
    ("", "answer.none"),
)
"""Texts, with the code of what is wrong; None where the right ARN stands in it."""


@pytest.mark.parametrize(("text", "code"), ANSWERS)
def test_what_is_wrong_with_an_answer(text: str, code: str | None) -> None:
    problem = check_role_answer(text, ACCOUNT)
    assert (problem.code if problem else None) == code
    if problem is not None:
        message = answer_message(problem, ACCOUNT)
        assert not re.search(r"\b[Aa]sk\b|your details", message), "it is for the administrator"
        sentence = answer_sentence(problem)
        told = sentence.template.format_map(sentence.values)
        assert told.startswith(problem_text(problem))
        assert "Ask" in told or "Leave" in told or problem.code == "answer.partition"
        assert problem_text(problem) in message
        assert ARN in message
        assert len([line for line in message.splitlines() if line.strip()]) == 6


@given(st.text(max_size=80))
@settings(max_examples=40)
def test_any_text_gets_an_answer(text: str) -> None:
    assert check_role_answer(text, ACCOUNT) is not None
    assert check_role_answer(f"{text} {ARN}", ACCOUNT) is None or text.endswith(("n", ":", "-"))
