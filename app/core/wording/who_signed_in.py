"""Who is signed in, and in which account, in one sentence."""

from app.core.i18n import tr
from app.core.sign_in import console_session
from app.core.wording.value_sentence import ValueSentence


def who_signed_in(arn: str, account_id: str) -> ValueSentence:
    """Return the sentence for the identity ``arn`` of an account; its values are to be masked.

    A user or a session is called by its name alone, as the AWS console does.
    """
    account = in_fours(account_id)
    session = console_session(arn)
    if session is None:
        values = {"arn": arn, "account": account}
        return ValueSentence(tr("Signed in as {arn} in {account}."), values)
    if not session.name:
        words = tr("Signed in as the root user of {account}.")
        return ValueSentence(words, {"account": account})
    values = {"name": session.name, "account": account}
    return ValueSentence(tr("Signed in as {name} in {account}."), values)


def in_fours(account_id: str) -> str:
    """Return an account number as it is easiest to compare: 1234 5678 9012."""
    return " ".join(account_id[start : start + 4] for start in range(0, len(account_id), 4))
