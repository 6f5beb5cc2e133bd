"""What is wrong with an AWS administrator's answer, as it is told and as it is written back."""

from app.core.conventions import paragraph
from app.core.guide import role_arn
from app.core.i18n import tr
from app.core.problem import Problem
from app.core.wording.characters import escaped
from app.core.wording.problem_words.answer import ANSWER_REQUESTS
from app.core.wording.problems import problem_template, problem_text, problem_values
from app.core.wording.sent_back.asked_arn import ASKED_ONCE_MORE
from app.core.wording.value_sentence import ValueSentence


def answer_sentence(problem: Problem) -> ValueSentence:
    """Return what is wrong, and what to ask for, as it is told to whoever got the answer."""
    request = ANSWER_REQUESTS.get(problem.code)
    words = paragraph(problem_template(problem), tr(request) if request else "")
    return ValueSentence(words, problem_values(problem))


def answer_message(problem: Problem, account_id: str) -> str:
    """Return what to write back to the administrator: what is wrong, and the ARN that is needed."""
    parts = [
        tr("Hello,"),
        tr("Thank you for your answer about UbiQuity’s access to Amazon S3. It is not complete:"),
        escaped(problem_text(problem)),
        tr(ASKED_ONCE_MORE).format(arn=role_arn(account_id)),
        tr("Thank you."),
    ]
    return "\n\n".join(parts) + "\n"
