"""What to write back to an AWS administrator whose answer is not what is needed."""

from app.core.guide import role_arn
from app.core.i18n import tr
from app.core.problem import Problem
from app.core.wording.characters import escaped
from app.core.wording.problems import problem_text


def answer_message(problem: Problem, account_id: str) -> str:
    """Return the whole text: what is wrong with the answer, and the ARN that is needed."""
    parts = [
        tr("Hello,"),
        tr("Thank you for your answer about UbiQuity’s access to Amazon S3. It is not complete:"),
        escaped(problem_text(problem)),
        tr("The role’s ARN should be:\n   {arn}").format(arn=role_arn(account_id)),
        tr("Thank you."),
    ]
    return "\n\n".join(parts) + "\n"
