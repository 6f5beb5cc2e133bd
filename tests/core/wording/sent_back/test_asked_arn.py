"""The ARN that we ask for is no answer, wherever our own texts are quoted."""

from collections.abc import Callable
from typing import Final

import pytest

from app.core.fields.role_answer import check_role_answer
from app.core.guide import role_arn
from app.core.wording.handoff.forms import FORMS, letter
from app.core.wording.sent_back.answer_message import answer_message
from app.core.wording.sent_back.asked_arn import without_asked_arn
from app.exports.by_format import EXPORTS
from tests.helpers.drafts import ACCOUNT, ENCRYPTED

ARN: Final = role_arn(ACCOUNT)
NO_ARN: Final = check_role_answer("Not yet, sorry.", ACCOUNT)
assert NO_ARN is not None
ASKING: Final = {
    **{f"letter for {form}": letter(ENCRYPTED, form, ["a.txt"]) for form in FORMS},
    "message": answer_message(NO_ARN, ACCOUNT),
    **{
        file.name: file.text
        for form in ("bash", "powershell", "cloudformation", "terraform")
        for file in EXPORTS[form](ENCRYPTED)
        if file.name.startswith("how-to")
    },
}


def quoted(text: str) -> str:
    return "".join(f"> {line}\r\n" for line in text.splitlines())


def rewrapped(text: str) -> str:
    return text.replace(" should be:\n", " should\n> be: ")


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.parametrize("as_sent", [str, quoted, rewrapped])
def test_what_we_ask_for_is_no_answer(name: str, as_sent: Callable[[str], str]) -> None:
    asked = f"Sorry, not this week.\n\n{as_sent(ASKING[name])}"
    assert ARN in asked
    assert check_role_answer(without_asked_arn(asked), ACCOUNT) is not None
    for answer in (f"{ARN}\n{asked}", f"{asked}\nDone. It should be: {ARN}"):
        assert check_role_answer(without_asked_arn(answer), ACCOUNT) is None
